/// Reads a statement's rows in a transaction by a cursor on the server.
///
/// Between two chunks the connection is free, so the transaction's other statements can run while the rows are being read, and a stream that is
/// given up cancels nothing: its cursor is closed before the transaction's next statement, or with the transaction.
final class TransactionCursor<Output: Sendable>: RowChunkSource {
    private enum State {
        case new
        case open(OpenCursors.Cursor, ChunkSize)
        case ended
    }

    private let transaction: PostgresTransaction
    private let statement: Statement<Output>
    private let state = Lock(State.new)

    init(_ statement: Statement<Output>, in transaction: PostgresTransaction) {
        self.transaction = transaction
        self.statement = statement
    }

    deinit {
        if case .open(let cursor, _) = state.withLock({ $0 }) { transaction.abandon(cursor) }
    }

    func next() async throws(PostgresError) -> RowSource? {
        let cursor: OpenCursors.Cursor
        var size = ChunkSize()
        switch state.withLock({ $0 }) {
        case .new:
            cursor = try await transaction.openCursor(for: statement)
            state.withLock { $0 = .open(cursor, ChunkSize()) }
        case .open(let open, let current):
            (cursor, size) = (open, current)
        case .ended:
            return nil
        }
        let chunk = try await transaction.fetch(size.rows, from: cursor)
        if chunk.rowCount < size.rows {
            state.withLock { $0 = .ended }
            try await transaction.close(cursor)
        } else {
            size.note(rows: chunk.rowCount, memory: chunk.memorySize)
            state.withLock { $0 = .open(cursor, size) }
        }
        return .result(chunk)
    }
}

extension PostgresTransaction {
    /// Reads the rows of a statement as they are asked for; see ``RowStream``. The rows are those that the statement sees when the first one is asked for.
    ///
    /// The transaction's other statements can run meanwhile, and the stream is valid as long as the transaction. As with every statement, an error of
    /// the server aborts the transaction or the savepoint that it happened in.
    package func stream<Output>(_ statement: Statement<Output>) -> RowStream<Output> {
        RowStream(statement) { TransactionCursor(statement, in: self) }
    }
}

extension Statement {
    /// The statement that opens a cursor for this one's rows. There is one shape for each cursor's number.
    func declaring(_ cursor: OpenCursors.Cursor) -> Statement<Void> {
        let sql = "DECLARE \(cursor.name) NO SCROLL CURSOR WITHOUT HOLD FOR \(shape.sql)"
        return Statement<Void>(shape: StatementRegistry.shape(sql: sql, parameterTypes: shape.parameterTypes), parameters: parameters)
    }
}
