// The types that most columns have, each read by code of its own: `read()` for any type leaves this module uncompiled for the type that a decoder of
// another module asks for, and looks everything about it up in each cell.

extension RowReader {
    /// Reads the next column as text.
    package mutating func read() throws(PostgresError) -> String { try readValue() }

    /// Reads the next column as text, or NULL.
    package mutating func read() throws(PostgresError) -> String? { try readValue() }

    /// Reads the next column as a number.
    package mutating func read() throws(PostgresError) -> Int { try readValue() }

    /// Reads the next column as a number, or NULL.
    package mutating func read() throws(PostgresError) -> Int? { try readValue() }

    /// Reads the next column as a truth value.
    package mutating func read() throws(PostgresError) -> Bool { try readValue() }

    /// Reads the next column as a moment.
    package mutating func read() throws(PostgresError) -> PostgresTimestamp { try readValue() }

    /// Reads the next column as a moment, or NULL.
    package mutating func read() throws(PostgresError) -> PostgresTimestamp? { try readValue() }

    /// Reads the next column as JSON.
    package mutating func read() throws(PostgresError) -> PostgresJSON { try readValue() }

    /// Reads the next column as JSON, or NULL.
    package mutating func read() throws(PostgresError) -> PostgresJSON? { try readValue() }

    /// Reads the next column as a JSON array of strings.
    package mutating func read() throws(PostgresError) -> PostgresStringArrayJSON { try readValue() }

    /// Reads the next column as a JSON array of strings, or NULL.
    package mutating func read() throws(PostgresError) -> PostgresStringArrayJSON? { try readValue() }
}
