import DeployStackModels
import PostgresDriver

// The types of the domain that most columns have, each read as what stands for it in the database by code of this module. A probe is asked for the type
// itself, whose name the check of a schema needs.

extension RowReader {
    /// Reads the next column as an identifier.
    mutating func read<Tag>() throws(PostgresError) -> Identifier<Tag> {
        isProbe ? try readValue() : Identifier(rawValue: try read())
    }

    /// Reads the next column as an identifier, or NULL.
    mutating func read<Tag>() throws(PostgresError) -> Identifier<Tag>? {
        guard !isProbe else { return try readValue() }
        let text: String? = try read()
        return text.map(Identifier.init(rawValue:))
    }

    /// Reads the next column as the case of an enumeration.
    mutating func read<Case: OpenEnumeration & PostgresRepresentable>() throws(PostgresError) -> Case where Case.Representation == String {
        isProbe ? try readValue() : Case(rawValue: try read())
    }

    /// Reads the next column as a moment.
    mutating func read() throws(PostgresError) -> Timestamp {
        isProbe ? try readValue() : try value(of: read())
    }

    /// Reads the next column as a moment, or NULL.
    mutating func read() throws(PostgresError) -> Timestamp? {
        guard !isProbe else { return try readValue() }
        guard let time: PostgresTimestamp = try read() else { return nil }
        return try value(of: time)
    }

    /// Reads the next column as JSON.
    mutating func read() throws(PostgresError) -> JSONValue {
        isProbe ? try readValue() : try value(of: read())
    }

    /// Reads the next column as JSON, or NULL.
    mutating func read() throws(PostgresError) -> JSONValue? {
        guard !isProbe else { return try readValue() }
        guard let json: PostgresJSON = try read() else { return nil }
        return try value(of: json)
    }

    private func value<Value: PostgresRepresentable>(of stored: Value.Representation) throws(PostgresError) -> Value {
        do {
            return try Value(postgresRepresentation: stored)
        } catch {
            throw invalidValue(Value.self)
        }
    }
}
