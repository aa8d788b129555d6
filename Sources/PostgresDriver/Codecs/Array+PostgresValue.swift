/// One-dimensional arrays, also as parameters of `unnest` for writing many rows at once. Elements may be `Optional` where NULLs are allowed.
extension Array: PostgresValue where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.arrayType }

    package static var probe: [Element] {
        get throws(PostgresError) { [try Element.probe] }
    }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        guard let length = Int32(exactly: count) else { throw writer.refusal("the array has too many elements") }
        writer.writeInteger(Int32(1))
        writer.writeInteger(Int32(Element.isNullable ? 1 : 0))
        writer.writeInteger(ArrayHeader.elementOID(ofArray: Self.postgresType))
        writer.writeInteger(length)
        writer.writeInteger(Int32(1))
        for element in self { try writer.writeField(element) }
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> [Element] {
        if cell.isNull { throw cell.unexpectedNull(Element.arrayType.name) }
        guard accepts(ColumnType(oid: cell.typeOID)) else { throw cell.mismatch(Element.arrayType.name) }
        let header = try ArrayHeader(of: cell)
        var elements: [Element] = []
        elements.reserveCapacity(header.count)
        var offset = header.firstElement
        for _ in 0..<header.count {
            guard offset + 4 <= cell.count else { throw cell.malformed(Element.arrayType.name) }
            let length = Int(cell.integer(at: offset, as: Int32.self))
            offset += 4
            if length == -1 {
                elements.append(try Element.decode(from: cell.element(nil, type: header.elementOID)))
            } else {
                guard length >= 0 && length <= cell.count - offset else { throw cell.malformed(Element.arrayType.name) }
                elements.append(try Element.decode(from: cell.element(offset..<offset + length, type: header.elementOID)))
                offset += length
            }
        }
        guard offset == cell.count else { throw cell.malformed(Element.arrayType.name) }
        return elements
    }

    /// Accepts the array type itself, the arrays of types that the element reads as well, and arrays that the schema defines.
    package static func accepts(_ type: ColumnType) -> Bool {
        if let name = type.name, Element.postgresType.oid == 0 { return name == Element.arrayType.name }
        guard let element = ArrayHeader.elementOIDs[type.oid] else { return type.oid >= PostgresType.firstUserDefinedOID && Element.accepts(type) }
        return Element.accepts(ColumnType(oid: element))
    }
}

/// The head of an array in binary format: dimensions, a flag for NULLs, the element type, then length and lower bound of each dimension.
struct ArrayHeader {
    let elementOID: UInt32
    let count: Int
    let firstElement: Int

    init(of cell: borrowing PostgresCell) throws(PostgresError) {
        guard cell.count >= 12 else { throw cell.malformed("array") }
        let dimensions = cell.integer(at: 0, as: Int32.self)
        elementOID = cell.integer(at: 8, as: UInt32.self)
        if dimensions == 0 {
            count = 0
            firstElement = 12
            return
        }
        guard dimensions == 1 else { throw cell.failure("expected an array of one dimension, found \(dimensions) dimensions") }
        guard cell.count >= 20 else { throw cell.malformed("array") }
        let length = Int(cell.integer(at: 12, as: Int32.self))
        firstElement = 20
        // Every element has at least its length word, so a larger count is a lie and must not reserve memory.
        guard length >= 0 && length <= (cell.count - 20) / 4 else { throw cell.malformed("array") }
        count = length
    }

    /// The element type of each built-in array type that the driver reads or writes.
    static let elementOIDs: [UInt32: UInt32] = [
        PostgresType.boolArray.oid: PostgresType.bool.oid,
        PostgresType.nameArray.oid: PostgresType.name.oid,
        PostgresType.int2Array.oid: PostgresType.int2.oid,
        PostgresType.int4Array.oid: PostgresType.int4.oid,
        PostgresType.textArray.oid: PostgresType.text.oid,
        PostgresType.varcharArray.oid: PostgresType.varchar.oid,
        PostgresType.int8Array.oid: PostgresType.int8.oid,
        PostgresType.float8Array.oid: PostgresType.float8.oid,
        PostgresType.timestamptzArray.oid: PostgresType.timestamptz.oid,
        PostgresType.jsonbArray.oid: PostgresType.jsonb.oid,
    ]

    /// The element type to declare in an array that is sent; arrays of a schema's enums travel as `text[]`.
    static func elementOID(ofArray type: PostgresType) -> UInt32 {
        elementOIDs[type.oid] ?? PostgresType.text.oid
    }
}
