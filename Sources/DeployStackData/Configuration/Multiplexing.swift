/// How calls share connections, and how many long ones run at once. The defaults need no thought.
///
/// Short calls outside of transactions go over a few connections together, several under way at once on each, which is several times faster than
/// a connection for each call. Which calls are short is measured while they run. Transactions, streams and everything that takes long have a
/// connection for themselves. No call's failure or cancellation reaches another one.
public struct Multiplexing: Sendable, Hashable {
    /// The most connections that are shared, never more than half of the pool; `nil` for one for each processor of this machine, between two and eight.
    /// With 0 nothing is shared, and every call outside of a transaction counts as a long one (``maxSlowCalls``); ``off`` lifts that limit, too.
    public var lanes: Int?
    /// The time on the server up to which a call counts as short.
    public var shortCall: Duration
    /// The most reads that are sent together. When one fails, the server skips those behind it, and they are sent again unseen.
    public var readsPerBatch: Int
    /// The most calls that are under way on one shared connection; further ones wait.
    public var laneDepth: Int
    /// The most long or unknown calls outside of transactions that run at once; `nil` for twice the number of this machine's processors, at least four. A
    /// call that has waited for half of ``PoolOptions/acquireTimeout`` runs all the same.
    public var maxSlowCalls: Int?
    /// After how long without an answer nothing more is sent on a shared connection, and the reads that wait there are sent elsewhere. A call that waits
    /// for a lock leaves a shared connection after half of that time.
    public var stallTimeout: Duration

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - lanes: The most connections that are shared.
    ///   - shortCall: The time on the server up to which a call counts as short.
    ///   - readsPerBatch: The most reads that are sent together.
    ///   - laneDepth: The most calls that are under way on one shared connection.
    ///   - maxSlowCalls: The most long or unknown calls that run at once.
    ///   - stallTimeout: After how long without an answer a shared connection is left alone.
    public init(
        lanes: Int? = nil, shortCall: Duration = .milliseconds(1), readsPerBatch: Int = 32, laneDepth: Int = 128, maxSlowCalls: Int? = nil,
        stallTimeout: Duration = .milliseconds(100)
    ) {
        self.lanes = lanes
        self.shortCall = shortCall
        self.readsPerBatch = readsPerBatch
        self.laneDepth = laneDepth
        self.maxSlowCalls = maxSlowCalls
        self.stallTimeout = stallTimeout
    }

    /// Nothing is shared: every call has a connection for itself, and as many run at once as there are connections.
    public static let off = Multiplexing(lanes: 0, maxSlowCalls: 10_000)
}
