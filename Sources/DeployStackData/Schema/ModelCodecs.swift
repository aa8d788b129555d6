package import DeployStackModels
package import PostgresDriver

// How the values of the domain travel to and from PostgreSQL.

extension Identifier: PostgresValue, PostgresRepresentable, PostgresArrayElement {
    package init(postgresRepresentation text: String) { self.init(rawValue: text) }
    package var postgresRepresentation: String { rawValue }
}

extension Timestamp: PostgresValue, PostgresRepresentable, PostgresArrayElement {
    /// The moment that PostgreSQL counts microseconds from, 2000-01-01, in microseconds since the Unix epoch.
    private static let postgresEpoch: Int64 = 946_684_800_000_000

    package init(postgresRepresentation time: PostgresTimestamp) throws(PostgresError) {
        let (microseconds, overflow) = time.microseconds.addingReportingOverflow(Self.postgresEpoch)
        guard !overflow, let timestamp = Timestamp(microsecondsSinceEpoch: microseconds) else {
            throw .decoding(column: nil, "the time is outside the range of Timestamp")
        }
        self = timestamp
    }

    package var postgresRepresentation: PostgresTimestamp {
        // No overflow: the earliest Timestamp lies far above Int64.min plus the distance of the epochs.
        PostgresTimestamp(microseconds: microsecondsSinceEpoch - Self.postgresEpoch)
    }
}

extension JSONValue: PostgresValue, PostgresRepresentable, PostgresArrayElement {
    package init(postgresRepresentation json: PostgresJSON) throws(PostgresError) {
        do {
            try self.init(stored: json.bytes)
        } catch {
            throw .decoding(column: nil, "the value is not JSON")
        }
    }

    package var postgresRepresentation: PostgresJSON { PostgresJSON(bytes: utf8) }
}

/// An open enumeration that the database keeps as text with a check, or as a native enum.
extension OpenEnumeration where Self: PostgresRepresentable, Representation == String {
    package init(postgresRepresentation text: String) { self.init(rawValue: text) }
    package var postgresRepresentation: String { rawValue }
}

extension AuthenticationType: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension McpInstallationType: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension McpInstanceStatus: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension McpServerHealth: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension TeamRole: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("teamRole", cast: "\"teamRole\"")
}

extension McpTransport: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("mcpTransport", cast: "\"mcpTransport\"")
}

extension McpVisibility: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("mcpVisibility", cast: "\"mcpVisibility\"")
}

extension McpServerStatus: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("mcpServerStatus", cast: "\"mcpServerStatus\"")
}

extension McpServerSource: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("mcpServerSource", cast: "\"mcpServerSource\"")
}

extension SatelliteType: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("satelliteType", cast: "\"satelliteType\"")
}

extension SatelliteStatus: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
    package static let postgresType = PostgresType.enumeration("satelliteStatus", cast: "\"satelliteStatus\"")
}

extension SatelliteHealth: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension SatelliteCommandType: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension SatelliteCommandStatus: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension SatelliteCommandPriority: PostgresValue, PostgresRepresentable {
    /// A number that this version does not know is less urgent than those that it knows.
    package init(postgresRepresentation number: Int) { self = SatelliteCommandPriority(rawValue: number) ?? .low }
    package var postgresRepresentation: Int { rawValue }
}
