/// How many connections a pool keeps, for how long, and how long callers wait for one.
package struct PoolConfiguration: Sendable, Hashable {
    /// The most connections open at once, those being opened included.
    package var maxConnections: Int

    /// The number of connections kept open even when nobody needs them.
    package var minConnections: Int

    /// The time after which an unused connection is closed.
    package var idleTimeout: Duration

    /// The longest time that a caller waits for a connection.
    package var acquireTimeout: Duration

    /// The age at which a connection is replaced once it is free.
    package var maxLifetime: Duration

    /// The part of ``maxLifetime`` by which each connection's own limit may fall short of it, so that connections opened together do not end together.
    package var lifetimeJitter: Double

    /// The most callers that may wait at once; the next one is refused at once.
    package var maxWaiters: Int

    /// The pause after a first failed attempt to connect; it doubles with each further failure up to ``maxBackoff`` and varies by a quarter.
    package var initialBackoff: Duration

    /// The longest pause between two attempts to connect, give or take a quarter. It bounds how long a server is back before it is found.
    package var maxBackoff: Duration

    /// The pause after the server has refused the role, its password or the database, where trying often could lock an account.
    package var refusedBackoff: Duration

    /// The number of prepared statements kept on each connection.
    package var preparedStatements: Int

    /// How callers share connections.
    package var multiplexing: Multiplexing

    /// Describes a pool; the defaults are twenty connections, thirty seconds of idleness and two seconds of waiting.
    package init(
        maxConnections: Int = 20,
        minConnections: Int = 0,
        idleTimeout: Duration = .seconds(30),
        acquireTimeout: Duration = .seconds(2),
        maxLifetime: Duration = .seconds(3600),
        lifetimeJitter: Double = 0.1,
        maxWaiters: Int = 10_000,
        initialBackoff: Duration = .milliseconds(50),
        maxBackoff: Duration = .milliseconds(500),
        refusedBackoff: Duration = .seconds(1),
        preparedStatements: Int = 256,
        multiplexing: Multiplexing = Multiplexing()
    ) {
        self.maxConnections = maxConnections
        self.minConnections = minConnections
        self.idleTimeout = idleTimeout
        self.acquireTimeout = acquireTimeout
        self.maxLifetime = maxLifetime
        self.lifetimeJitter = lifetimeJitter
        self.maxWaiters = maxWaiters
        self.initialBackoff = initialBackoff
        self.maxBackoff = maxBackoff
        self.refusedBackoff = refusedBackoff
        self.preparedStatements = preparedStatements
        self.multiplexing = multiplexing
    }

    /// Refuses numbers that no pool can work with.
    func validated() throws(PostgresError) -> PoolConfiguration {
        guard (1...10_000).contains(maxConnections) else { throw .configuration("maxConnections is not between 1 and 10000.") }
        guard (0...maxConnections).contains(minConnections) else { throw .configuration("minConnections is not between 0 and maxConnections.") }
        guard idleTimeout > .zero, acquireTimeout > .zero, maxLifetime > .zero else {
            throw .configuration("A timeout of the pool is not positive.")
        }
        guard (0...0.9).contains(lifetimeJitter) else { throw .configuration("lifetimeJitter is not between 0 and 0.9.") }
        guard maxWaiters >= 0, preparedStatements >= 1, initialBackoff > .zero, maxBackoff >= initialBackoff, refusedBackoff > .zero else {
            throw .configuration("A limit of the pool is out of range.")
        }
        try multiplexing.validate()
        return self
    }
}
