import Synchronization

/// A transaction under way. It is valid until the closure that it was given to returns.
package final class PostgresTransaction: StatementExecutor {
    /// What has happened so far.
    struct Progress {
        /// The error of the last statement, if it failed; a later success forgets it.
        var lastError: PostgresError?
        /// Why the connection is no longer ours, if so. Nothing can be sent any more, and the server rolls back.
        var lostWith: PostgresError?
        /// Whether the closure that was given the transaction has returned.
        var isOver = false
        var savepoints = 0
    }

    private let reactor: Reactor
    private let limits: ClientLimits
    private let lease: Lease
    private let progress = Mutex(Progress())

    init(reactor: Reactor, limits: ClientLimits, lease: Lease) {
        self.reactor = reactor
        self.limits = limits
        self.lease = lease
    }

    package func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output> {
        let reply = try await perform(Request(statement, loan: .within(lease), deadline: limits.deadline))
        return try reply.decoded(for: statement, isUndoneByFailure: true)
    }

    /// Runs `body` in a part of the transaction that is undone alone if it throws.
    ///
    /// - Throws: Whatever `body` throws, after its work has been undone; ``PostgresError`` if the savepoint itself fails.
    package func withSavepoint<Value>(_ body: (PostgresTransaction) async throws -> Value) async throws -> Value {
        let name = progress.withLock { progress in
            progress.savepoints += 1
            return "\"savepoint_\(progress.savepoints)\""
        }
        _ = try await perform(control("SAVEPOINT \(name)"))
        let value: Value
        do {
            value = try await body(self)
        } catch {
            // The caller's cancellation must not keep the part from being undone; if the connection is gone, all of it is.
            if lostError == nil {
                let cause = retryableError
                _ = try await performToTheEnd(control("ROLLBACK TO SAVEPOINT \(name)", role: .rollback))
                _ = try await performToTheEnd(control("RELEASE SAVEPOINT \(name)", role: .rollback))
                // Undoing the part does not cure what makes the whole worth another run; the next statement that succeeds says that it goes on.
                progress.withLock { $0.lastError = cause }
            }
            throw error
        }
        // What the part did belongs to the transaction now; a cancellation that comes this late must not make it look undone.
        _ = try await performToTheEnd(control("RELEASE SAVEPOINT \(name)"))
        return value
    }

    /// The error that makes the transaction worth running again, if its last statement failed with one.
    var retryableError: PostgresError? {
        progress.withLock { $0.lastError }.flatMap { $0.isWorthAnotherTransaction ? $0 : nil }
    }

    /// Notes that the closure has returned: a transaction that was kept beyond it takes no more statements.
    func end() {
        progress.withLock { $0.isOver = true }
    }

    /// Why nothing can be sent any more, if so.
    var lostError: PostgresError? {
        progress.withLock { $0.lostWith }
    }

    private func control(_ sql: String, role: Request.Role = .begin) -> Request {
        Request(.text(sql), loan: .within(lease), role: role, deadline: limits.deadline)
    }

    private func perform(_ request: Request) async throws(PostgresError) -> Reply {
        try await noting { () async throws(PostgresError) in try await reactor.perform(request) }
    }

    private func performToTheEnd(_ request: Request) async throws(PostgresError) -> Reply {
        try await noting { () async throws(PostgresError) in try await reactor.performToTheEnd(request) }
    }

    private func noting(_ body: () async throws(PostgresError) -> Reply) async throws(PostgresError) -> Reply {
        let (isOver, lost) = progress.withLock { ($0.isOver, $0.lostWith) }
        guard !isOver else { throw PostgresError(.closed, outcome: .notSent, message: "The transaction has ended already.") }
        if let lost {
            throw PostgresError(
                .transactionRolledBack, outcome: .failedCertain, message: "The transaction has ended already, because of this: \(lost.message)")
        }
        do throws(PostgresError) {
            let reply = try await body()
            progress.withLock { $0.lastError = nil }
            return reply
        } catch {
            progress.withLock { progress in
                progress.lastError = error
                if error.endsTheLoan { progress.lostWith = progress.lostWith ?? error }
            }
            // With the connection goes the whole transaction, whether or not its last statement was sent.
            throw error.kind == .connectionLost ? error.with(outcome: .failedCertain) : error
        }
    }
}

extension PostgresError {
    /// Whether running the whole transaction again may succeed: it lost against another, or a prepared statement was out of date.
    var isWorthAnotherTransaction: Bool {
        guard kind == .server, let sqlState, outcome != .outcomeUnknown else { return false }
        return SQLState.isRetryable(sqlState) || sqlState == SQLState.featureNotSupported || sqlState == SQLState.invalidStatementName
    }

    /// Whether the connection on which it happened is no longer lent to the caller. A request that was refused before it was sent changes nothing.
    var endsTheLoan: Bool {
        switch kind {
        case .connectionLost, .closed, .protocolViolation: true
        case .cancelled, .deadlineExceeded: outcome != .notSent
        default: false
        }
    }
}
