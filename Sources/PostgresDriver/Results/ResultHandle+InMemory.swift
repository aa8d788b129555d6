import CLibpq

extension ResultHandle {
    /// A column of a result that is made in memory.
    package struct Column: Sendable {
        package var name: String
        package var typeOID: UInt32

        /// Describes a column by its name and the identifier of its type.
        package init(_ name: String, _ type: UInt32) {
            self.name = name
            self.typeOID = type
        }
    }

    /// Makes a result as the server could have sent it, so that decoding can be tested without one.
    ///
    /// - Parameters:
    ///   - columns: The columns of every row.
    ///   - rows: The cells in binary format, `nil` for NULL, as many in each row as there are columns.
    /// - Throws: ``PostgresError`` if libpq has no memory for it.
    package convenience init(columns: [Column], rows: [[[UInt8]?]]) throws(PostgresError) {
        guard let result = unsafe PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else {
            throw .protocolViolation("libpq could not make a result", outcome: .notSent)
        }
        unsafe self.init(owning: result)

        // libpq copies the names; they only have to live until the call returns.
        let names = unsafe columns.map { unsafe Self.cString($0.name) }
        defer { unsafe names.forEach { unsafe $0.deallocate() } }
        var attributes = unsafe zip(columns, names).map { column, name in
            unsafe PGresAttDesc(
                name: name.baseAddress, tableid: 0, columnid: 0, format: 1, typid: column.typeOID, typlen: -1, atttypmod: -1)
        }
        guard unsafe PQsetResultAttrs(result, Int32(attributes.count), &attributes) != 0 else {
            throw .protocolViolation("libpq could not describe a result", outcome: .notSent)
        }
        for (rowIndex, row) in rows.enumerated() {
            precondition(row.count == columns.count, "Every row needs a cell for each column.")
            for (columnIndex, cell) in row.enumerated() {
                var bytes = (cell ?? []).map { CChar(bitPattern: $0) }
                let length = cell == nil ? -1 : Int32(bytes.count)
                guard unsafe PQsetvalue(result, Int32(rowIndex), Int32(columnIndex), &bytes, length) != 0 else {
                    throw .protocolViolation("libpq could not store a cell", outcome: .notSent)
                }
            }
        }
    }

    private static func cString(_ text: String) -> UnsafeMutableBufferPointer<CChar> {
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.utf8.count + 1)
        _ = unsafe buffer.initialize(from: text.utf8.map { CChar(bitPattern: $0) } + [0])
        return unsafe buffer
    }
}
