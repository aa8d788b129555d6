/// What a statement answered: its rows, decoded, and what it did.
package struct StatementResult<Output: Sendable>: Sendable {
    /// The rows in the server's order; empty for statements without rows.
    package let rows: [Output]

    /// The number of rows that were inserted, changed, deleted or returned.
    package let affectedRows: Int

    /// The command that ran, such as `UPDATE`.
    package let command: String

    /// Makes a result of its parts, for tests and fakes.
    package init(rows: [Output], affectedRows: Int, command: String) {
        self.rows = rows
        self.affectedRows = affectedRows
        self.command = command
    }

    /// Decodes a result that libpq returned. This runs in the task that awaits the answer, never on the thread that owns the connection.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` if the rows are not what the statement's decoder expects.
    package init(decoding handle: ResultHandle, with statement: Statement<Output>) throws(PostgresError) {
        let tag = handle.commandTag
        self.affectedRows = tag.affectedRows
        self.command = tag.command
        self.rows = try statement.decodeRows(of: .result(handle))
    }
}
