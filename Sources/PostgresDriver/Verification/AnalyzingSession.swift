/// A session whose statements are run when they are explained, so that plans have the real numbers of rows beside the expected ones.
///
/// Begin a transaction first and roll it back afterwards, or what writing statements change stays.
package struct AnalyzingSession: StatementExecutor {
    private let session: PostgresSession

    package init(_ session: PostgresSession) {
        self.session = session
    }

    package var explainOptions: String { "ANALYZE, FORMAT JSON" }

    package func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output> {
        try await session.run(statement)
    }
}
