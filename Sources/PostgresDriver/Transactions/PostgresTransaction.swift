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
        var cursors = OpenCursors()
    }

    private let reactor: Reactor
    private let limits: ClientLimits
    private let lease: Lease
    private let progress = Lock(Progress())

    init(reactor: Reactor, limits: ClientLimits, lease: Lease) {
        self.reactor = reactor
        self.limits = limits
        self.lease = lease
    }

    package func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output> {
        try reactor.connection.route.check(statement.shape)
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
        let cursors = progress.withLock { $0.cursors }
        do {
            let value = try await body(self)
            // What the part did belongs to the transaction now; a cancellation that comes this late must not make it look undone.
            _ = try await performToTheEnd(control("RELEASE SAVEPOINT \(name)"))
            return value
        } catch {
            // The caller's cancellation must not keep the part from being undone; if the connection is gone, all of it is. A part that swallowed the
            // failure of a statement cannot be kept either: then the release has failed.
            if lostError == nil {
                let cause = retryableError
                _ = try await performToTheEnd(control("ROLLBACK TO SAVEPOINT \(name)", role: .rollback))
                _ = try await performToTheEnd(control("RELEASE SAVEPOINT \(name)", role: .rollback))
                // Undoing the part does not cure what makes the whole worth another run; the next statement that succeeds says that it goes on.
                progress.withLock { progress in
                    progress.lastError = cause
                    progress.cursors.undo(to: cursors)
                }
            }
            throw error
        }
    }

    // MARK: Copies

    /// Takes one step of a COPY; the calling task's cancellation may interrupt it.
    func perform(_ step: CopyStep) async throws(PostgresError) -> Reply {
        try await perform(Request(step, loan: .within(lease), deadline: limits.deadline))
    }

    /// Takes one step of a COPY that the calling task's cancellation cannot reach.
    func performToTheEnd(_ step: CopyStep) async throws(PostgresError) -> Reply {
        try await performToTheEnd(Request(step, loan: .within(lease), deadline: limits.deadline))
    }

    // MARK: Cursors

    /// Opens a cursor for a statement's rows.
    func openCursor<Output>(for statement: Statement<Output>) async throws(PostgresError) -> OpenCursors.Cursor {
        let cursor = progress.withLock { $0.cursors.open() }
        do throws(PostgresError) {
            _ = try await perform(Request(statement.declaring(cursor), loan: .within(lease), deadline: limits.deadline))
        } catch {
            progress.withLock { $0.cursors.close(cursor) }
            throw error
        }
        return cursor
    }

    /// Reads the next rows of a cursor; fewer than asked for at its end.
    func fetch(_ count: Int, from cursor: OpenCursors.Cursor) async throws(PostgresError) -> ResultHandle {
        guard progress.withLock({ $0.cursors.contains(cursor) }) else {
            throw PostgresError(.closed, outcome: .notSent, message: "The part of the transaction in which the stream began was undone.")
        }
        let reply = try await perform(
            Request(.text("FETCH FORWARD \(count) FROM \(cursor.name)"), loan: .within(lease), isRead: true, deadline: limits.deadline))
        guard let result = reply.result else { throw .protocolViolation("The server did not answer a statement.", outcome: .failedCertain) }
        return result
    }

    /// Closes a cursor whose rows were all read.
    func close(_ cursor: OpenCursors.Cursor) async throws(PostgresError) {
        progress.withLock { $0.cursors.close(cursor) }
        _ = try await perform(Request(.text("CLOSE \(cursor.name)"), loan: .within(lease), isRead: true, deadline: limits.deadline))
    }

    /// Notes that nobody reads a cursor any more. It is closed before the next statement.
    func abandon(_ cursor: OpenCursors.Cursor) {
        progress.withLock { $0.cursors.abandon(cursor) }
    }

    /// Closes the cursors that nobody reads any more. One that cannot be closed now, because a statement has failed, is tried again later.
    private func closeAbandonedCursors() async {
        for cursor in progress.withLock({ $0.lostWith == nil && !$0.isOver ? $0.cursors.takeAbandoned() : [] }) {
            do throws(PostgresError) {
                _ = try await reactor.perform(Request(.text("CLOSE \(cursor.name)"), loan: .within(lease), isRead: true, deadline: limits.deadline))
            } catch {
                progress.withLock { $0.cursors.returnAbandoned(cursor) }
            }
        }
    }

    /// Sets the server's own limit for statements where that cannot be done for the whole session: behind a pooler.
    func limitStatements() async throws(PostgresError) {
        guard reactor.connection.route == .transactionPooler, let limit = reactor.connection.statementTimeout else { return }
        _ = try await perform(control("SET LOCAL statement_timeout TO \(limit.asStatementTimeout)"))
    }

    /// Makes settings for the whole transaction.
    func apply(_ settings: TransactionSettings) async throws(PostgresError) {
        try settings.validate()
        _ = try await perform(
            Request(.statement(settings.shape, settings.parameters), loan: .within(lease), role: .begin, deadline: limits.deadline))
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
        await closeAbandonedCursors()
        return try await noting { () async throws(PostgresError) in try await reactor.perform(request) }
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
        return SQLState.isRetryable(sqlState) || isAboutStalePlan || sqlState == SQLState.invalidStatementName
    }

    /// Whether the connection on which it happened is no longer lent to the caller. A request that was refused before it was sent changes nothing.
    var endsTheLoan: Bool {
        switch kind {
        case .connectionLost, .closed: true
        case .cancelled, .deadlineExceeded, .protocolViolation: outcome != .notSent
        default: false
        }
    }
}
