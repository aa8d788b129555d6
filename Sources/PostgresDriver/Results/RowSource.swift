import CLibpq

/// Where rows come from: a result of the server, or nowhere, when a decoder is only asked what it reads.
enum RowSource {
    case result(ResultHandle)
    case probe(ProbeRecorder)

    /// Reads every row to its end and returns what was made of them, in order.
    func map<Value>(_ read: (inout RowReader) throws(PostgresError) -> Value) throws(PostgresError) -> [Value] {
        switch self {
        case .probe(let recorder):
            var reader = RowReader(recorder: recorder)
            return [try read(&reader)]
        case .result(let handle):
            guard handle.status == PGRES_TUPLES_OK || handle.status == PGRES_SINGLE_TUPLE else {
                throw .decoding(column: nil, "the statement returns no rows, but rows are expected of it")
            }
            return try unsafe handle.withResult { result throws(PostgresError) in
                let rowCount = unsafe PQntuples(result)
                let columnCount = unsafe PQnfields(result)
                // Asked once for each column and not for each cell, which pays from the second row on.
                let types: [UInt32] = rowCount > 1 ? (0..<columnCount).map { unsafe PQftype(result, $0) } : []
                return try unsafe types.withUnsafeBufferPointer { types throws(PostgresError) in
                    var values: [Value] = []
                    values.reserveCapacity(Int(rowCount))
                    for row in 0..<rowCount {
                        var reader = unsafe RowReader(
                            result: result, columnTypes: rowCount > 1 ? types.baseAddress : nil, row: row, columnCount: columnCount)
                        values.append(try read(&reader))
                        try reader.finish()
                    }
                    return values
                }
            }
        }
    }
}

extension Statement {
    /// Reads all rows of a source as the statement says.
    func decodeRows(of source: RowSource) throws(PostgresError) -> [Output] {
        if let decode {
            return try source.map { row throws(PostgresError) in
                do {
                    return try decode(&row)
                } catch let error as PostgresError {
                    throw error
                } catch {
                    throw .decoding(column: nil, "the row is not a valid \(Output.self)")
                }
            }
        }
        switch Output.self {
        case is Void.Type: return []
        case let type as any RowDecodable.Type: return try decodeRows(as: type, of: source)
        case let type as any PostgresValue.Type: return try decodeValues(as: type, of: source)
        default: throw Self.cannotRead()
        }
    }

    /// `Row` is `Output`, under a name that says how it is read. As a whole the rows are cast at once, and as an array one by one.
    private func decodeRows<Row: RowDecodable>(as type: Row.Type, of source: RowSource) throws(PostgresError) -> [Output] {
        let rows: [Row] = try source.map { row throws(PostgresError) in try row.read() }
        guard let rows = (rows as Any) as? [Output] else { throw Self.cannotRead() }
        return rows
    }

    /// `Value` is `Output`, under a name that says how it is read.
    private func decodeValues<Value: PostgresValue>(as type: Value.Type, of source: RowSource) throws(PostgresError) -> [Output] {
        let values: [Value] = try source.map { row throws(PostgresError) in try row.read() }
        guard let values = (values as Any) as? [Output] else { throw Self.cannotRead() }
        return values
    }

    private static func cannotRead() -> PostgresError {
        .decoding(column: nil, "nothing says how \(Output.self) is read from a row; the statement needs a closure")
    }
}
