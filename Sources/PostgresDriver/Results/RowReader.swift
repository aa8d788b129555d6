import CLibpq

/// Reads the columns of one row from left to right.
///
/// A reader is lent to a decoder for one row and cannot be kept. While a statement is only being checked against a database, the reader hands
/// out harmless values and notes what was asked for.
@safe
package struct RowReader: ~Copyable {
    /// The result that is being read; `nil` while a decoder is only probed.
    private let result: OpaquePointer?
    /// The types of the result's columns, lent like the result itself.
    private let columnTypes: UnsafePointer<UInt32>?
    private let row: Int32
    private let columnCount: Int32
    private let recorder: ProbeRecorder?

    /// The number of columns read so far.
    private(set) var position: Int32 = 0

    /// A reader of a row that exists, in a result that the caller keeps alive while the reader exists.
    @unsafe
    init(result: OpaquePointer, columnTypes: UnsafePointer<UInt32>?, row: Int32, columnCount: Int32) {
        unsafe self.result = result
        unsafe self.columnTypes = columnTypes
        self.row = row
        self.columnCount = columnCount
        self.recorder = nil
    }

    /// A reader that hands out harmless values and notes what is read.
    init(recorder: ProbeRecorder) {
        unsafe self.result = nil
        unsafe self.columnTypes = nil
        self.row = 0
        self.columnCount = .max
        self.recorder = recorder
    }

    /// Reads the next column.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` that names the column and the types, never the value.
    package mutating func read<Value: PostgresValue>() throws(PostgresError) -> Value {
        try readValue()
    }

    /// Whether a decoder is only asked what it reads.
    package var isProbe: Bool { unsafe result == nil }

    /// What ``read()`` does, under a name that no overload has.
    @inline(__always)
    package mutating func readValue<Value: PostgresValue>() throws(PostgresError) -> Value {
        guard let result = unsafe result else { return try probe() }
        guard position < columnCount else { throw missingColumn(Value.postgresType.name) }
        let type = unsafe columnTypes.map { unsafe $0[Int(position)] } ?? PQftype(result, position)
        let cell = unsafe PostgresCell(result: result, row: row, column: position, typeOID: type)
        position += 1
        return try Value.decode(from: cell)
    }

    /// Reads the next columns, as many as the type has, as one value.
    package mutating func read<Value: RowDecodable>() throws(PostgresError) -> Value {
        let start = position
        recorder?.expect(Value.columns.names)
        let value = try Value(row: &self)
        guard Int(position - start) == Value.columns.count else { throw wrongColumnCount(Value.self, read: position - start) }
        return value
    }

    /// Reads the next columns as one value, or skips them all if the first, the type's key, is NULL, as after an outer join without a match.
    package mutating func readIfPresent<Value: RowDecodable>() throws(PostgresError) -> Value? {
        guard let result = unsafe result else {
            recorder?.beginOptionalGroup()
            defer { recorder?.endOptionalGroup() }
            let value: Value = try read()
            return value
        }
        let next = position + Int32(Value.columns.count)
        guard next <= columnCount && next > position else { throw missingColumn("\(Value.self)") }
        if unsafe PQgetisnull(result, row, position) != 0 {
            position = next
            return nil
        }
        let value: Value = try read()
        return value
    }

    /// Checks that the decoder has read the whole row, so that a column too many cannot go unnoticed.
    func finish() throws(PostgresError) {
        guard position == columnCount else {
            throw .decoding(column: nil, "the row has \(columnCount) columns, but its decoder read \(position)")
        }
    }

    private mutating func probe<Value: PostgresValue>() throws(PostgresError) -> Value {
        recorder?.record(Value.self)
        position += 1
        return try Value.probe
    }

    /// An error about the column that was read last, whose value a type refuses.
    package func invalidValue<Value>(_ type: Value.Type) -> PostgresError {
        let name = unsafe result.flatMap { unsafe PQfname($0, position - 1) }
        return .invalidValue(type, column: unsafe name.map { unsafe String(cString: $0) })
    }

    private func missingColumn(_ expected: String) -> PostgresError {
        .decoding(column: nil, "expected a column for \(expected), but the row has only \(columnCount)")
    }

    private func wrongColumnCount(_ type: any RowDecodable.Type, read: Int32) -> PostgresError {
        .decoding(column: nil, "\(type) lists \(type.columns.count) columns, but its decoder read \(read)")
    }
}
