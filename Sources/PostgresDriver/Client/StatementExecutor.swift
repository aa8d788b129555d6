/// Something that runs statements: a client, a transaction or a session. Whoever is given one cannot tell which, and need not.
package protocol StatementExecutor: Sendable {
    /// Runs one statement and decodes its rows.
    ///
    /// - Throws: ``PostgresError``; its outcome says whether the statement may have taken effect.
    func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output>

    /// What statements are explained with.
    var explainOptions: String { get }
}

extension StatementExecutor {
    package var explainOptions: String { "FORMAT JSON" }
}

extension Request {
    /// A request for a statement, after the checks that need no connection.
    convenience init<Output>(
        _ statement: Statement<Output>, loan: Loan, settings: TransactionSettings? = nil, deadline: MonotonicTime
    ) throws(PostgresError) {
        let parameters = statement.parameters
        if let failure = parameters.failure { throw failure }
        guard parameters.count <= 65_535 else { throw .invalidParameter(65_536, "A statement has at most 65535 parameters.") }
        try settings?.validate()
        self.init(.statement(statement.shape, parameters), loan: loan, isRead: statement.shape.isRead, settings: settings, deadline: deadline)
    }
}

extension Reply {
    /// Decodes the answer to a statement, in the task that awaits it.
    func decoded<Output>(for statement: Statement<Output>, isUndoneByFailure: Bool) throws(PostgresError) -> StatementResult<Output> {
        do throws(PostgresError) {
            guard let result else { throw .protocolViolation("The server did not answer a statement.", outcome: .outcomeUnknown) }
            return try StatementResult(decoding: result, with: statement)
        } catch {
            // The statement itself ran: outside of a transaction a write has happened although its answer cannot be read.
            throw error.with(outcome: isUndoneByFailure || statement.shape.isRead ? .failedCertain : .outcomeUnknown)
        }
    }
}
