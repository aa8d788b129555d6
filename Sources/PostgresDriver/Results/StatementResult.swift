/// What a statement answered: its rows, decoded, and what it did.
package struct StatementResult<Output: Sendable>: Sendable {
    /// The rows in the server's order; empty for statements without rows.
    package let rows: [Output]

    /// The number of rows that were inserted, changed, deleted or returned.
    package let affectedRows: Int

    /// Decodes a result that libpq returned. This runs in the task that awaits the answer, never on the thread that owns the connection.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` if the rows are not what the statement's decoder expects.
    package init(decoding handle: ResultHandle, with statement: Statement<Output>) throws(PostgresError) {
        self.affectedRows = handle.affectedRows
        self.rows = try statement.decodeRows(of: .result(handle))
    }
}
