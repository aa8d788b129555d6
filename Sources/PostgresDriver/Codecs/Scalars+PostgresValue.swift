extension Bool: PostgresArrayElement {
    package static var postgresType: PostgresType { .bool }
    package static var arrayType: PostgresType { .boolArray }
    package static var probe: Bool { false }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(self ? UInt8(1) : 0)
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Bool {
        guard cell.typeOID == PostgresType.bool.oid else { throw cell.mismatch("bool") }
        try cell.requireLength(1, for: "bool")
        return cell.byte(at: 0) != 0
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.bool.oid }
}

extension Double: PostgresArrayElement {
    package static var postgresType: PostgresType { .float8 }
    package static var arrayType: PostgresType { .float8Array }
    package static var probe: Double { 1 }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(bitPattern)
    }

    /// Reads `float8`, and `float4` as the functions that rank search results return it.
    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Double {
        switch cell.typeOID {
        case PostgresType.float8.oid:
            try cell.requireLength(8, for: "float8")
            return Double(bitPattern: cell.integer(at: 0, as: UInt64.self))
        case PostgresType.float4.oid:
            try cell.requireLength(4, for: "float4")
            return Double(Float(bitPattern: cell.integer(at: 0, as: UInt32.self)))
        default:
            throw cell.mismatch("float8")
        }
    }

    package static func accepts(_ type: ColumnType) -> Bool {
        type.oid == PostgresType.float8.oid || type.oid == PostgresType.float4.oid
    }
}

extension Int16: PostgresArrayElement {
    package static var postgresType: PostgresType { .int2 }
    package static var arrayType: PostgresType { .int2Array }
    package static var probe: Int16 { 1 }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(self)
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Int16 {
        guard cell.typeOID == PostgresType.int2.oid else { throw cell.mismatch("int2") }
        try cell.requireLength(2, for: "int2")
        return cell.integer(at: 0, as: Int16.self)
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.int2.oid }
}

extension Int32: PostgresArrayElement {
    package static var postgresType: PostgresType { .int4 }
    package static var arrayType: PostgresType { .int4Array }
    package static var probe: Int32 { 1 }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(self)
    }

    /// Reads `int4`, and `int2` since every value of it fits.
    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Int32 {
        switch cell.typeOID {
        case PostgresType.int4.oid:
            try cell.requireLength(4, for: "int4")
            return cell.integer(at: 0, as: Int32.self)
        case PostgresType.int2.oid:
            return Int32(try Int16.decode(from: cell))
        default:
            throw cell.mismatch("int4")
        }
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.int4.oid || Int16.accepts(type) }
}

extension Int64: PostgresArrayElement {
    package static var postgresType: PostgresType { .int8 }
    package static var arrayType: PostgresType { .int8Array }
    package static var probe: Int64 { 1 }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(self)
    }

    /// Reads `int8`, and the narrower types since every value of them fits.
    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Int64 {
        guard cell.typeOID == PostgresType.int8.oid else {
            guard Int32.accepts(ColumnType(oid: cell.typeOID)) else { throw cell.mismatch("int8") }
            return Int64(try Int32.decode(from: cell))
        }
        try cell.requireLength(8, for: "int8")
        return cell.integer(at: 0, as: Int64.self)
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.int8.oid || Int32.accepts(type) }
}

/// `Int` is sent as `int8`; the server converts it where a narrower column takes it and refuses what does not fit.
extension Int: PostgresArrayElement {
    package static var postgresType: PostgresType { .int8 }
    package static var arrayType: PostgresType { .int8Array }
    package static var probe: Int { 1 }

    package func encode(into writer: inout ParameterWriter) {
        writer.writeInteger(Int64(self))
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Int {
        guard let value = Int(exactly: try Int64.decode(from: cell)) else { throw cell.failure("the number does not fit this platform's Int") }
        return value
    }

    package static func accepts(_ type: ColumnType) -> Bool { Int64.accepts(type) }
}

/// Text is compared, stored and returned byte for byte: nothing is normalised.
extension String: PostgresArrayElement {
    package static var postgresType: PostgresType { .text }
    package static var arrayType: PostgresType { .textArray }
    package static var probe: String { "probe" }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        try writer.writeText(self)
    }

    /// Reads every type whose binary form is its text: `text`, `varchar`, `char(n)`, `name`, and the labels of a schema's enums.
    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> String {
        guard accepts(ColumnType(oid: cell.typeOID)) else { throw cell.mismatch("text") }
        if cell.isNull { throw cell.unexpectedNull("text") }
        guard let text = cell.text else { throw cell.failure("the text is not valid UTF-8") }
        return text
    }

    package static func accepts(_ type: ColumnType) -> Bool {
        switch type.oid {
        case PostgresType.text.oid, PostgresType.varchar.oid, PostgresType.bpchar.oid, PostgresType.name.oid: true
        default: type.oid >= PostgresType.firstUserDefinedOID
        }
    }
}
