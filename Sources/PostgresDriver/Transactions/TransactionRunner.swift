/// Begins, ends and repeats transactions.
///
/// What ends them cannot be reached by the calling task's cancellation, and behind a task that is cancelled while a transaction begins the reactor cleans
/// up. So a task that is cancelled at any point leaves neither an open transaction nor a commit whose answer nobody read.
struct TransactionRunner {
    let reactor: Reactor
    let limits: ClientLimits
    /// The session whose connection is used; nil: any connection of the pool.
    let session: Lease?
    /// What is set at the beginning of each transaction.
    var settings: TransactionSettings?

    /// How one run of the body ended.
    private enum Attempt<Value> {
        case committed(Value)
        case failed(any Error)
        case mayBeRepeated(any Error)
    }

    func run<Value>(_ options: TransactionOptions, retry: RetryPolicy, _ body: (PostgresTransaction) async throws -> Value) async throws -> Value {
        var repetitions = 0
        while true {
            switch try await attempt(options, body) {
            case .committed(let value):
                return value
            case .failed(let error):
                throw error
            case .mayBeRepeated(let error):
                guard repetitions < retry.maxRetries, !Task.isCancelled else { throw error }
                repetitions += 1
                do {
                    try await Task.sleep(for: retry.pause(before: repetitions))
                } catch {
                    throw PostgresError(.cancelled, outcome: .failedCertain, message: "The calling task was cancelled between two attempts.")
                }
            }
        }
    }

    private func attempt<Value>(
        _ options: TransactionOptions, _ body: (PostgresTransaction) async throws -> Value
    ) async throws -> Attempt<Value> {
        let lease = try await begin(options)
        let transaction = PostgresTransaction(reactor: reactor, limits: limits, lease: lease)
        let value: Value
        do {
            try await transaction.limitStatements()
            if let settings { try await transaction.apply(settings) }
            value = try await body(transaction)
            transaction.end()
        } catch {
            transaction.end()
            await rollBack(lease, transaction)
            return transaction.retryableError == nil ? .failed(error) : .mayBeRepeated(error)
        }
        if let lost = transaction.lostError {
            // The body swallowed it; nothing of the transaction remains.
            return .failed(
                PostgresError(
                    .transactionRolledBack, outcome: .failedCertain, message: "The transaction was rolled back, because of this: \(lost.message)"))
        }
        do throws(PostgresError) {
            try await commit(lease, transaction)
            return .committed(value)
        } catch {
            // The body may have swallowed a statement's failure; then the commit's answer says only that nothing was committed.
            let cause = error.kind == .transactionRolledBack ? transaction.retryableError : nil
            return error.isWorthAnotherTransaction || cause != nil ? .mayBeRepeated(error) : .failed(error)
        }
    }

    private func begin(_ options: TransactionOptions) async throws(PostgresError) -> Lease {
        let loan: Request.Loan
        if let session { loan = .within(session) } else { loan = .begin(.transaction) }
        let reply = try await reactor.perform(Request(.text(options.beginStatement), loan: loan, role: .begin, deadline: limits.deadline))
        guard let lease = reply.lease ?? session else { throw .protocolViolation("No connection was lent.", outcome: .notSent) }
        return lease
    }

    private func endingLoan(_ lease: Lease) -> Request.Loan {
        session == nil ? .end(lease) : .within(lease)
    }

    private func commit(_ lease: Lease, _ transaction: PostgresTransaction) async throws(PostgresError) {
        do throws(PostgresError) {
            _ = try await reactor.performToTheEnd(Request(.text("COMMIT"), loan: endingLoan(lease), role: .commit, deadline: limits.deadline))
        } catch {
            guard error.outcome == .notSent else { throw error }
            // What was not sent has not been committed. What went before it is undone with the connection, or here if that is still ours.
            await rollBack(lease, transaction)
            throw error.with(outcome: .failedCertain)
        }
    }

    /// Rolls back and waits for it, so that the locks are gone when the caller sees the error. If the connection is being cleaned or has gone, that
    /// happens without us. A failure is of no interest: the connection is closed then, and the server rolls back.
    private func rollBack(_ lease: Lease, _ transaction: PostgresTransaction) async {
        guard transaction.lostError == nil else { return }
        let deadline = MonotonicTime.now() + limits.cleaningTimeout
        do throws(PostgresError) {
            _ = try await reactor.performToTheEnd(Request(.text("ROLLBACK"), loan: endingLoan(lease), role: .rollback, deadline: deadline))
        } catch {}
    }
}

extension PostgresClient {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// If the server says that the whole may succeed at another try (40001, 40P01), `body` runs again after a short pause, so it must not do
    /// anything outside of the transaction that may not be done twice. Nothing is repeated whose outcome is unknown.
    ///
    /// - Throws: Whatever `body` throws; ``PostgresError`` if the transaction could not be begun or committed. A commit whose answer did not come is
    ///   `outcomeUnknown`.
    package func withTransaction<Value>(
        _ options: TransactionOptions = TransactionOptions(),
        retry: RetryPolicy = .default,
        _ body: (PostgresTransaction) async throws -> Value
    ) async throws -> Value {
        try await withTransaction(options, settings: nil, retry: retry, body)
    }

    /// Runs `body` in a transaction that begins with some settings; see ``withTransaction(_:retry:_:)``.
    package func withTransaction<Value>(
        _ options: TransactionOptions = TransactionOptions(),
        settings: TransactionSettings?,
        retry: RetryPolicy = .default,
        _ body: (PostgresTransaction) async throws -> Value
    ) async throws -> Value {
        try await TransactionRunner(reactor: reactor, limits: limits, session: nil, settings: settings).run(options, retry: retry, body)
    }
}
