/// How many connections a store keeps, for how long, and how long calls wait for one.
public struct PoolOptions: Sendable, Hashable {
    /// The most connections, 1 to 10 000.
    public var maxConnections: Int
    /// The connections that are kept open even when nothing happens.
    public var minConnections: Int
    /// After how long without use a connection is closed.
    public var idleTimeout: Duration
    /// How long establishing one connection may take, from looking up the host's name to authentication.
    public var connectTimeout: Duration
    /// How long a call waits for a connection.
    public var acquireTimeout: Duration
    /// How long a connection is used before it is replaced; each gets up to a tenth less, so that they are not replaced all at once.
    public var maxLifetime: Duration
    /// How many calls may wait for a connection; further ones are refused at once.
    public var maxWaiters: Int
    /// How calls share connections.
    public var multiplexing: Multiplexing

    /// Creates options.
    ///
    /// - Parameters:
    ///   - maxConnections: The most connections, 1 to 10 000.
    ///   - minConnections: The connections that are kept open even when nothing happens.
    ///   - idleTimeout: After how long without use a connection is closed.
    ///   - connectTimeout: How long establishing one connection may take.
    ///   - acquireTimeout: How long a call waits for a connection.
    ///   - maxLifetime: How long a connection is used before it is replaced.
    ///   - maxWaiters: How many calls may wait for a connection.
    ///   - multiplexing: How calls share connections.
    public init(
        maxConnections: Int = 20,
        minConnections: Int = 0,
        idleTimeout: Duration = .seconds(30),
        connectTimeout: Duration = .seconds(2),
        acquireTimeout: Duration = .seconds(2),
        maxLifetime: Duration = .seconds(3_600),
        maxWaiters: Int = 10_000,
        multiplexing: Multiplexing = Multiplexing()
    ) {
        self.maxConnections = maxConnections
        self.minConnections = minConnections
        self.idleTimeout = idleTimeout
        self.connectTimeout = connectTimeout
        self.acquireTimeout = acquireTimeout
        self.maxLifetime = maxLifetime
        self.maxWaiters = maxWaiters
        self.multiplexing = multiplexing
    }
}
