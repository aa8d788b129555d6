import DeployStackModels

/// What the fields of a satellite may be.
enum SatelliteRules {
    /// Where a satellite is reached that does not say.
    static let defaultURL = "http://127.0.0.1:3001"
    /// The most capabilities that a satellite has.
    static let maximumCapabilities = 100
    /// How many random bytes an API key has; 24 are 32 characters of base64url.
    static let keyBytes = 24

    static let nameTaken = DataError.alreadyExists(.satellite, "name", constraint: "satellites_name_key")

    /// Every API key's first characters, by which people and scanners of leaked secrets know it.
    static func keyPrefix(_ type: SatelliteType) -> String { "deploystack_satellite_api_\(type.rawValue)_" }

    /// Whether a text can be an API key at all. Others are not looked up.
    static func canBeAPIKey(_ text: String) -> Bool {
        SatelliteType.known.contains { type in
            let prefix = keyPrefix(type)
            return text.utf8.count == prefix.utf8.count + 32 && text.hasPrefix(prefix)
        }
    }

    static func url(_ url: String?) throws(DataError) -> String? {
        try TextRule(field: "url", characters: 1...2_048).checked(url)
    }

    static func validate(type: SatelliteType?) throws(DataError) {
        if let type, !type.isKnown { throw .validation("type", "it must be global or team") }
    }

    static func validate(status: SatelliteStatus?) throws(DataError) {
        if let status, !status.isKnown { throw .validation("status", "it must be active, inactive, maintenance or error") }
    }

    /// Throws when an administrator cannot give a satellite this status.
    static func validate(newStatus status: SatelliteStatus) throws(DataError) {
        guard [.inactive, .maintenance, .error].contains(status) else {
            throw .validation("status", "it must be inactive, maintenance or error; only a heartbeat makes a satellite active")
        }
    }

    static func validate(config: JSONValue) throws(DataError) {
        try JSONRule(field: "config", shape: .object).validate(config)
    }

    /// The moment before which something is older than a duration.
    static func moment(before now: Timestamp, by duration: Duration) throws(DataError) -> Timestamp {
        guard duration >= .zero else { throw .validation("olderThan", "it must be 0 or more") }
        return now.subtracting(duration) ?? .earliest
    }

    static func validate(keepGlobal: Int, keepTeam: Int) throws(DataError) {
        guard keepGlobal >= 0 else { throw .validation("keepGlobal", "it must be 0 or more") }
        guard keepTeam >= 0 else { throw .validation("keepTeam", "it must be 0 or more") }
    }

    /// Whether a name matches `^[a-z0-9_-]{10,32}$`.
    static func isName(_ name: String) -> Bool {
        (10...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}

extension NewSatellite {
    /// The satellite as it is stored, or an error.
    func validated() throws(DataError) -> NewSatellite {
        guard SatelliteRules.isName(name) else { throw .validation("name", "it must be 10 to 32 of the characters a to z, 0 to 9, _ and -") }
        try SatelliteRules.validate(type: type)
        guard (type == .team) == (team != nil) else {
            throw .validation("team", "a satellite of type team has a team, and one of type global has none")
        }
        var satellite = self
        satellite.capabilities = try Self.stored(capabilities)
        satellite.url = try SatelliteRules.url(url)
        satellite.region = try TextRule(field: "region", characters: 1...100).checked(region)
        try JSONRule(field: "systemInfo", shape: .object).validate(systemInfo)
        if let team, !IdentifierRule.canExist(team) { throw .referenceMissing(.team, constraint: "satellites_team_id_fkey") }
        if let createdBy, !IdentifierRule.canExist(createdBy) { throw .referenceMissing(.user, constraint: "satellites_created_by_fkey") }
        return satellite
    }

    private static func stored(_ capabilities: [String]) throws(DataError) -> [String] {
        guard capabilities.count <= SatelliteRules.maximumCapabilities else {
            throw .validation("capabilities", "there may be at most \(SatelliteRules.maximumCapabilities)")
        }
        var (result, seen): ([String], Set<BytewiseString>) = ([], [])
        for capability in capabilities {
            let text = try TextRule(field: "capabilities", characters: 0...100, isTrimmed: true).checked(capability)
            if !text.isEmpty, seen.insert(text.bytewise).inserted { result.append(text) }
        }
        return result
    }
}

extension NewSatelliteHeartbeat {
    /// The heartbeat as it is stored, or a validation error.
    func validated() throws(DataError) -> NewSatelliteHeartbeat {
        guard health.isKnown else { throw .validation("health", "it must be active, degraded or error") }
        for (field, count) in [("processCount", processCount), ("healthyProcessCount", healthyProcessCount), ("errorCount", errorCount)] {
            guard (0...Int(Int32.max)).contains(count) else { throw .validation(field, "it must be 0 to \(Int32.max)") }
        }
        var heartbeat = self
        heartbeat.responseTime = try Self.checked(responseTime, .milliseconds(1), "responseTime").map { .milliseconds($0.wholeMilliseconds) }
        heartbeat.uptime = try Self.checked(uptime, .seconds(1), "uptime").map { .seconds($0.wholeSeconds) }
        heartbeat.version = try TextRule(field: "version", characters: 1...100).checked(version)
        heartbeat.url = try SatelliteRules.url(url)
        try JSONRule(field: "systemMetrics", shape: .object).validate(systemMetrics)
        try JSONRule(field: "mcpStatus", shape: .object).validate(mcpStatus)
        return heartbeat
    }

    /// A duration that its column can hold, counted in units.
    private static func checked(_ duration: Duration?, _ unit: Duration, _ field: String) throws(DataError) -> Duration? {
        guard let duration else { return nil }
        guard duration >= .zero, duration < unit * (Int(Int32.max) + 1) else {
            throw .validation(field, "it must be 0 or more, and less than \(Int(Int32.max) + 1) \(unit == .seconds(1) ? "seconds" : "milliseconds")")
        }
        return duration
    }
}

// Counted in whole numbers: the quotient of two durations is a `Double`, which cannot tell the last one below a limit from the limit.
extension Duration {
    /// How many seconds have passed in full.
    var wholeSeconds: Int { Int(components.seconds) }

    /// How many milliseconds have passed in full, of a duration that a column of 32 bits can hold.
    var wholeMilliseconds: Int { Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
