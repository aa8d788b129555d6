/// A `jsonb` value as the UTF-8 text of its JSON, neither parsed nor checked until somebody looks.
///
/// Two values are equal if their bytes are. What the server returns is its own spelling of the value, not the one that was sent.
package struct PostgresJSON: Sendable, Hashable {
    /// The JSON text in UTF-8.
    package let bytes: [UInt8]

    /// Takes JSON text in UTF-8 as it is; the server refuses what is not JSON.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The version that starts a `jsonb` value on the wire; there has never been another.
    static let version: UInt8 = 1
}

extension PostgresJSON: PostgresArrayElement {
    package static var postgresType: PostgresType { .jsonb }
    package static var arrayType: PostgresType { .jsonbArray }
    package static var probe: PostgresJSON { PostgresJSON(bytes: Array("{}".utf8)) }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        guard !bytes.contains(0) else { throw writer.refusal("JSON text contains a NUL byte, which PostgreSQL cannot store") }
        writer.writeInteger(Self.version)
        writer.writeBytes(bytes)
    }

    /// Reads `jsonb`, and `json` as `EXPLAIN` returns it.
    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> PostgresJSON {
        switch cell.typeOID {
        case PostgresType.jsonb.oid:
            try cell.requireJSONVersion()
            return isEmpty(cell, UInt8(ascii: "{"), UInt8(ascii: "}"))
                ? emptyObject
                : isEmpty(cell, UInt8(ascii: "["), UInt8(ascii: "]")) ? emptyArray : PostgresJSON(bytes: cell.bytes(from: 1))
        case PostgresType.json.oid:
            if cell.isNull { throw cell.unexpectedNull("json") }
            return PostgresJSON(bytes: cell.bytes(from: 0))
        default:
            throw cell.mismatch("jsonb")
        }
    }

    // Most JSON columns of most rows hold one of these two; nothing is copied for them.
    private static let emptyObject = PostgresJSON(bytes: Array("{}".utf8))
    private static let emptyArray = PostgresJSON(bytes: Array("[]".utf8))

    private static func isEmpty(_ cell: borrowing PostgresCell, _ opening: UInt8, _ closing: UInt8) -> Bool {
        cell.count == 3 && cell.byte(at: 1) == opening && cell.byte(at: 2) == closing
    }

    package static func accepts(_ type: ColumnType) -> Bool {
        type.oid == PostgresType.jsonb.oid || type.oid == PostgresType.json.oid
    }
}

extension PostgresCell {
    /// Checks that the cell holds a `jsonb` value in the format that this driver knows.
    func requireJSONVersion() throws(PostgresError) {
        if isNull { throw unexpectedNull("jsonb") }
        guard count > 1 else { throw malformed("jsonb") }
        guard byte(at: 0) == PostgresJSON.version else { throw failure("jsonb of an unknown version") }
    }
}
