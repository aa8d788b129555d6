import CLibpq

/// One cell of a result: its bytes, or NULL, with the type and the column that it came from.
///
/// The bytes belong to the result. A cell cannot be copied and is only ever lent to a decoder, so it cannot outlive them.
@safe
package struct PostgresCell: ~Copyable {
    /// The first byte, or `nil` for NULL.
    private let start: UnsafeRawPointer?

    /// The number of bytes.
    package let count: Int

    /// The object identifier of the cell's type.
    package let typeOID: UInt32

    /// The result that knows the column's name, which is only needed when something is wrong.
    private let result: OpaquePointer?
    private let column: Int32

    /// A cell of a result that the caller keeps alive while the cell exists, in a column of a known type.
    @unsafe
    @inline(__always)
    init(result: OpaquePointer, row: Int32, column: Int32, typeOID: UInt32) {
        unsafe self.result = result
        self.column = column
        self.typeOID = typeOID
        count = unsafe Int(PQgetlength(result, row, column))
        // Both NULL and an empty value have no length.
        let isNull = unsafe count == 0 && PQgetisnull(result, row, column) != 0
        unsafe start = isNull ? nil : UnsafeRawPointer(PQgetvalue(result, row, column))
    }

    @unsafe
    private init(start: UnsafeRawPointer?, count: Int, typeOID: UInt32, result: OpaquePointer?, column: Int32) {
        unsafe self.start = start
        self.count = count
        self.typeOID = typeOID
        unsafe self.result = result
        self.column = column
    }

    /// Whether the cell is NULL.
    package var isNull: Bool { unsafe start == nil }

    /// The column's name, if the cell belongs to a result.
    package var columnName: String? {
        guard let result = unsafe result, let name = unsafe PQfname(result, column) else { return nil }
        return unsafe String(cString: name)
    }

    /// Runs a closure with a cell made of bytes in memory, `nil` for NULL.
    package static func withBytes<Value>(
        _ bytes: [UInt8]?, type: UInt32, _ body: (borrowing PostgresCell) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        guard let bytes else {
            return try body(unsafe PostgresCell(start: nil, count: 0, typeOID: type, result: nil, column: 0))
        }
        // The array is lent to the closure for the duration of the call and the cell cannot be copied out of it.
        let outcome: Result<Value, PostgresError> = unsafe bytes.withUnsafeBytes { buffer in
            // An empty array may have no address at all, which a cell would take for NULL.
            let start = unsafe buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
            let cell = unsafe PostgresCell(start: start, count: buffer.count, typeOID: type, result: nil, column: 0)
            do throws(PostgresError) {
                return .success(try body(cell))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// An element of this cell, which holds an array, as a cell of its own.
    ///
    /// - Parameters:
    ///   - range: Where its bytes are, or `nil` for a NULL element.
    ///   - type: The array's element type.
    func element(_ range: Range<Int>?, type: UInt32) -> PostgresCell {
        guard let range, let start = unsafe start else {
            return unsafe PostgresCell(start: nil, count: 0, typeOID: type, result: result, column: column)
        }
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "An element lies outside of its array.")
        return unsafe PostgresCell(start: start + range.lowerBound, count: range.count, typeOID: type, result: result, column: column)
    }
}

// MARK: Reading bytes, always within bounds

extension PostgresCell {
    /// Checks that the cell is not NULL, is of one of a decoder's types, and has the expected number of bytes.
    @inline(__always)
    func requireLength(_ length: Int, for type: @autoclosure () -> String) throws(PostgresError) {
        if count != length || isNull { throw isNull ? unexpectedNull(type()) : malformed(type()) }
    }

    /// The big-endian integer at an offset.
    func integer<Integer: FixedWidthInteger>(at offset: Int, as type: Integer.Type) -> Integer {
        precondition(offset >= 0 && offset + MemoryLayout<Integer>.size <= count, "A read lies outside of its cell.")
        guard let start = unsafe start else { return 0 }
        return unsafe Integer(bigEndian: start.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    /// The byte at an offset.
    func byte(at offset: Int) -> UInt8 {
        integer(at: offset, as: UInt8.self)
    }

    /// A copy of the bytes from an offset on.
    func bytes(from offset: Int) -> [UInt8] {
        guard let start = unsafe start, offset <= count else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start + offset, count: count - offset))
    }

    /// The bytes as text; `nil` if they are not UTF-8, which only a database with the encoding `SQL_ASCII` can send.
    var text: String? {
        guard let start = unsafe start else { return nil }
        return unsafe String(exactly: UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Lends the bytes to a parser.
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        guard let start = unsafe start else { return unsafe body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return unsafe body(UnsafeRawBufferPointer(start: start, count: count))
    }
}

// MARK: Errors

extension PostgresCell {
    /// An error about this cell; the reason names types and never the value.
    package func failure(_ reason: String) -> PostgresError {
        .decoding(column: columnName, reason)
    }

    func unexpectedNull(_ type: String) -> PostgresError {
        failure("expected \(type), found NULL")
    }

    func mismatch(_ type: String) -> PostgresError {
        if isNull { return unexpectedNull(type) }
        return failure("expected \(type), found \(PostgresType(builtIn: typeOID).name)")
    }

    func malformed(_ type: String) -> PostgresError {
        failure("malformed \(type) of \(count) bytes")
    }
}
