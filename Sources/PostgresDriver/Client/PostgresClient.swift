package import Logging
import Synchronization

/// A pool of connections to one PostgreSQL server, for any number of tasks.
///
/// ```swift
/// let client = try PostgresClient(connection: .init(host: "localhost", database: "app", user: "app", tls: .disable))
/// let teams = try await client.run(.team(id)).rows
/// await client.close()
/// ```
///
/// Connections are opened when they are needed. Every call has a deadline, and a task that is cancelled returns at once without leaving a
/// dirty connection behind.
package final class PostgresClient: StatementExecutor {
    /// Where the server is.
    package let connection: ConnectionConfiguration

    /// The pool's limits.
    package let pool: PoolConfiguration

    /// The time limits of calls.
    package let limits: ClientLimits

    let reactor: Reactor
    let logger: Logger

    /// Makes a client. Nothing is connected yet, unless the pool keeps a minimum of connections.
    ///
    /// - Throws: ``PostgresError`` of kind `configuration` if a setting is out of range.
    package init(
        connection: ConnectionConfiguration,
        pool: PoolConfiguration = PoolConfiguration(),
        limits: ClientLimits = ClientLimits(),
        logger: Logger = Logger(label: "postgres")
    ) throws(PostgresError) {
        self.connection = try connection.validated()
        self.pool = try pool.validated()
        ProcessEnvironment.disarm()
        self.limits = limits
        self.logger = logger
        reactor = try Reactor(
            ReactorSettings(
                connection: connection, pool: pool, cleaningTimeout: limits.cleaningTimeout, logger: logger, processors: Platform.processors,
                seed: .random(in: .min ... .max)))
        for warning in connection.securityWarnings { logger.warning("\(warning)") }
    }

    package func run<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> StatementResult<Output> {
        try await run(statement, with: nil)
    }

    /// Runs one statement, which is a transaction by itself, with settings that hold for it alone. Both are one round trip.
    package func run<Output>(
        _ statement: Statement<Output>, with settings: TransactionSettings?
    ) async throws(PostgresError) -> StatementResult<Output> {
        try connection.route.check(statement.shape)
        let reply = try await reactor.perform(Request(statement, loan: .once, settings: settings, deadline: limits.deadline))
        return try reply.decoded(for: statement, isUndoneByFailure: false)
    }

    /// What the connections were doing a moment ago.
    package var poolSnapshot: PoolSnapshot { reactor.gauges.snapshot.withLock { $0 } }

    /// The number of statements sent so far, without those that begin and end transactions. Tests hold it against the number of calls.
    package var statementsSent: Int { reactor.gauges.statementsSent.load(ordering: .relaxed) }

    /// The number of times that a connection was asked for so far, whether it was lent, is waited for or was refused. Tests wait for it, to know who came first.
    package var connectionsAsked: Int { reactor.gauges.connectionsAsked.load(ordering: .relaxed) }

    /// Ends the client: callers that wait for a connection are told at once, work under way may finish within ``ClientLimits/closeTimeout``, then
    /// every connection is closed. What runs then is stopped on the server, and a server that does not say so is waited for half a second at most. Returns
    /// when nothing is left; further calls do nothing, and later statements fail with the kind `closed`.
    package func close() async {
        await reactor.close(by: .now() + limits.closeTimeout)
    }

    /// Ends the client at once: work under way fails, and every connection is closed soon after.
    package func closeNow() {
        reactor.closeNow()
    }
}
