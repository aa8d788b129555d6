/// Writes rows in the binary format of `COPY … FROM STDIN (FORMAT binary)`, in chunks of bounded size.
///
/// The format is a header, each row as its number of columns and its values with their lengths, and a trailer. Values have the same bytes as
/// parameters, but nothing converts them: an `Int` needs a column of type `int8`, an `Int32` one of type `int4`.
///
/// ```swift
/// var encoder = CopyEncoder(columns: AppNotification.columns)
/// for notification in notifications {
///     try encoder.append { row throws(PostgresError) in
///         try row.write(notification.id)
///         …
///     }
///     if let chunk = encoder.fullChunk() { send(chunk) }
/// }
/// send(encoder.finish())
/// ```
package struct CopyEncoder: Sendable {
    /// The size from which on a chunk is full. One row more may be in it, however large.
    package static let chunkSize = 65_536

    /// The number of rows that were written.
    package private(set) var rowCount = 0

    private let columns: ColumnList
    private var writer = ParameterWriter(expectedParameters: CopyEncoder.chunkSize / 32)

    /// Begins with the format's header.
    ///
    /// - Parameter columns: The columns that every row has, in order; at most 1 600, as in a table.
    package init(columns: ColumnList) {
        self.columns = columns
        writer.writeBytes(Self.signature)
        // No flags, and no extension of the header.
        writer.writeInteger(Int32(0))
        writer.writeInteger(Int32(0))
    }

    /// Writes one row.
    ///
    /// - Parameter write: Writes every column, from left to right.
    /// - Throws: ``PostgresError`` of kind `invalidParameter` if a value cannot be stored or the row has another number of columns, and whatever
    ///   `write` throws. The row is not written then.
    package mutating func append(_ write: (inout CopyRow) throws -> Void) throws {
        let start = writer.bytes.count
        writer.beginRow(columns: Int16(truncatingIfNeeded: columns.count))
        var row = CopyRow(writer: writer)
        // The buffer has one owner at a time; with two, every row would copy it.
        writer = ParameterWriter(expectedParameters: 0)
        defer { writer = row.writer }
        do {
            try write(&row)
            guard row.writer.count == columns.count else {
                throw PostgresError.invalidParameter(0, "the row has \(row.writer.count) values for \(columns.count) columns")
            }
            rowCount += 1
        } catch {
            let column = row.writer.count
            row.writer.truncate(to: start)
            throw (error as? PostgresError)?.inCopiedRow(rowCount + 1, column: name(ofColumn: column)) ?? error
        }
    }

    /// What has been written since the last chunk, once that is enough to be sent.
    package mutating func fullChunk() -> [UInt8]? {
        writer.bytes.count >= Self.chunkSize ? writer.takeBytes() : nil
    }

    /// The rest with the format's trailer. Nothing may be written afterwards.
    package mutating func finish() -> [UInt8] {
        writer.writeInteger(Int16(-1))
        return writer.takeBytes()
    }

    private func name(ofColumn number: Int) -> String? {
        columns.names.indices.contains(number - 1) ? columns.names[number - 1] : nil
    }

    /// Says "PGCOPY" and shows whether a transfer has changed line ends, the eighth bit or a NUL.
    private static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
}

/// Takes the columns of one row from left to right.
package struct CopyRow: Sendable {
    fileprivate var writer: ParameterWriter

    /// Writes the next column; `nil` is NULL.
    ///
    /// - Throws: ``PostgresError`` of kind `invalidParameter` for a value that PostgreSQL cannot hold.
    package mutating func write<Value: PostgresValue>(_ value: Value) throws(PostgresError) {
        try writer.writeColumn(value)
    }
}

extension PostgresError {
    /// The same refusal with the place of the value, which for a row is no parameter.
    fileprivate func inCopiedRow(_ number: Int, column: String?) -> PostgresError {
        guard kind == .invalidParameter else { return self }
        return PostgresError(.invalidParameter, outcome: outcome, message: "row \(number): \(message)", column: column)
    }
}
