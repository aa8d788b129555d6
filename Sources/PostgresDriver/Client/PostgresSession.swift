/// One connection for one borrower, for what needs the same session from statement to statement: advisory locks, settings, migrations.
///
/// It is closed afterwards, so nothing that was done to the session can reach anyone else.
package final class PostgresSession: StatementExecutor {
    /// The server's version as a number: 150018 is 15.18.
    package let serverVersion: Int

    let reactor: Reactor
    let limits: ClientLimits
    let lease: Lease

    init(reactor: Reactor, limits: ClientLimits, lease: Lease, serverVersion: Int32) {
        self.reactor = reactor
        self.limits = limits
        self.lease = lease
        self.serverVersion = Int(serverVersion)
    }

    package func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output> {
        let reply = try await reactor.perform(Request(statement, loan: .within(lease), deadline: limits.deadline))
        return try reply.decoded(for: statement, isUndoneByFailure: false)
    }

    /// Runs one statement that is only known as text, from a migration or an administrator. It has no parameters; rows are not read.
    ///
    /// - Returns: What the server says that it did.
    @discardableResult
    package func runScript(_ sql: String) async throws(PostgresError) -> CommandTag {
        guard !sql.utf8.contains(0) else { throw .invalidParameter(0, "The statement contains a NUL character.") }
        let reply = try await reactor.perform(Request(.text(sql), loan: .within(lease), deadline: limits.deadline))
        return reply.result?.commandTag ?? CommandTag("")
    }

    /// Asks the server what a statement's parameters and columns are, without running it.
    package func describe(_ shape: StatementShape) async throws(PostgresError) -> StatementDescription {
        let work = Request.Work.describe(sql: shape.sql, parameterOIDs: shape.parameterOIDs)
        let reply = try await reactor.perform(Request(work, loan: .within(lease), isRead: true, deadline: limits.deadline))
        guard let result = reply.result else { throw .protocolViolation("The server did not describe a statement.", outcome: .failedCertain) }
        return StatementDescription(reading: result)
    }

    /// Runs `body` in a transaction of this session; see ``PostgresClient/withTransaction(_:retry:_:)``.
    package func withTransaction<Value>(
        _ options: TransactionOptions = TransactionOptions(),
        retry: RetryPolicy = .default,
        _ body: (PostgresTransaction) async throws -> Value
    ) async throws -> Value {
        try await TransactionRunner(reactor: reactor, limits: limits, session: lease).run(options, retry: retry, body)
    }
}

extension PostgresClient {
    /// Lends one connection to `body` alone and closes it afterwards.
    ///
    /// - Throws: ``PostgresError`` if no connection could be had, of kind `configuration` behind a pooler in transaction mode, which lends none beyond one
    ///   transaction; and whatever `body` throws.
    package func withConnection<Value>(_ body: (PostgresSession) async throws -> Value) async throws -> Value {
        guard connection.route == .direct else {
            throw PostgresError.configuration(
                "A connection for several transactions cannot be lent behind a pooler in transaction mode: connect to the server directly for that.")
        }
        let reply = try await reactor.perform(Request(.nothing, loan: .begin(.session), deadline: limits.deadline))
        guard let lease = reply.lease else { throw PostgresError.protocolViolation("No connection was lent.", outcome: .notSent) }
        defer { reactor.end(lease) }
        return try await body(PostgresSession(reactor: reactor, limits: limits, lease: lease, serverVersion: reply.serverVersion))
    }
}
