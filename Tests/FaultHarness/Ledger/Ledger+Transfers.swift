package import PostgresDriver

/// What begins transactions: a client, on any of its connections, or a session, on its own.
package protocol TransactionBeginner: Sendable {
    func withTransaction<Value>(
        _ options: TransactionOptions, retry: RetryPolicy, _ body: (PostgresTransaction) async throws -> Value
    ) async throws -> Value
}

extension PostgresClient: TransactionBeginner {}
extension PostgresSession: TransactionBeginner {}

extension Ledger {
    /// Makes a transfer in a transaction of six statements and notes in the journal what came of it.
    ///
    /// - Parameters:
    ///   - allowed: What may be said about it after what is done to it; nil if the test does not know. A transfer that fails before its commit may only be
    ///     called failed, whatever the test knows.
    ///   - beforeStatement: Called with 0 to 5 before each statement, and with 6 before the commit.
    /// - Returns: The error, if it failed.
    @discardableResult
    package func transfer(
        _ transfer: Transfer,
        with client: some TransactionBeginner,
        options: TransactionOptions = TransactionOptions(),
        retry: RetryPolicy = .default,
        allowed: Set<Journal.Verdict>? = nil,
        beforeStatement: (Int, PostgresTransaction) async throws -> Void = { _, _ in }
    ) async -> (any Error)? {
        let operation = journal.intend()
        var isCommitting = false
        do {
            try await client.withTransaction(options, retry: retry) { transaction in
                isCommitting = false
                for (index, statement) in transfer.statements(for: operation).enumerated() {
                    try await beforeStatement(index, transaction)
                    _ = try await transaction.run(statement)
                }
                try await beforeStatement(Transfer.statementCount, transaction)
                isCommitting = true
            }
            journal.settle(operation, .ok, allowed: allowed)
            return nil
        } catch {
            // Whatever the closure throws that is no error of the driver has rolled the transaction back.
            let verdict = (error as? PostgresError).map { Journal.Verdict($0) } ?? .failed
            journal.settle(operation, verdict, allowed: isCommitting ? allowed : [.failed])
            return error
        }
    }

    /// Makes a transfer as one statement without a transaction and notes in the journal what came of it.
    ///
    /// - Returns: The error, if it failed.
    @discardableResult
    package func transferAtOnce(
        _ transfer: Transfer, with executor: some StatementExecutor, allowed: Set<Journal.Verdict>? = nil
    ) async -> PostgresError? {
        let operation = journal.intend()
        do throws(PostgresError) {
            _ = try await executor.run(transfer.singleStatement(for: operation))
            journal.settle(operation, .ok, allowed: allowed)
            return nil
        } catch {
            journal.settle(operation, Journal.Verdict(error), allowed: allowed)
            return error
        }
    }
}
