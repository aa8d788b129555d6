/// How short statements of many callers share connections, and how many long ones run at once.
///
/// Short autocommit statements go over a few *lanes*: connections on which any number of them are under way, one behind the other. Everything
/// else has a connection for itself. Which statements are short is measured while they run.
package struct Multiplexing: Sendable, Hashable {
    /// The most lanes, at most half of the pool's connections. Nil: one for each processor, between two and eight. Zero: nothing is shared.
    package var lanes: Int?

    /// The service time up to which a statement counts as short.
    package var shortStatement: Duration

    /// The most reads that are sent with one Sync. If one of them fails, those behind it are sent again.
    package var readsPerSync: Int

    /// The most statements that are under way on one lane; further ones wait.
    package var laneDepth: Int

    /// The most autocommit statements that run at once on connections of their own: those that take long or were never seen. Nil: twice the number of
    /// processors, at least four. One that has waited for half of the pool's waiting time runs beyond the limit.
    package var maxSlowStatements: Int?

    /// After how long without an answer a lane takes no further statements, and the reads behind the one that is stuck are sent elsewhere.
    package var stallTimeout: Duration

    /// Describes how connections are shared; the defaults suit most services.
    package init(
        lanes: Int? = nil, shortStatement: Duration = .milliseconds(1), readsPerSync: Int = 32, laneDepth: Int = 128, maxSlowStatements: Int? = nil,
        stallTimeout: Duration = .milliseconds(100)
    ) {
        self.lanes = lanes
        self.shortStatement = shortStatement
        self.readsPerSync = readsPerSync
        self.laneDepth = laneDepth
        self.maxSlowStatements = maxSlowStatements
        self.stallTimeout = stallTimeout
    }

    /// Every statement has a connection for itself while it runs, and as many run as there are connections.
    package static let off = Multiplexing(lanes: 0, maxSlowStatements: 10_000)

    /// Refuses numbers that cannot be worked with.
    func validate() throws(PostgresError) {
        guard (0...1_000).contains(lanes ?? 0) else { throw .configuration("The number of lanes is not between 0 and 1000.") }
        guard shortStatement > .zero, stallTimeout > .zero else { throw .configuration("A time limit of the multiplexing is not positive.") }
        guard readsPerSync >= 1, laneDepth >= 1, maxSlowStatements ?? 1 >= 1 else {
            throw .configuration("A limit of the multiplexing is less than 1.")
        }
    }

    /// The most lanes of a pool with so many connections.
    func laneLimit(connections: Int, processors: Int) -> Int {
        min(lanes ?? min(max(processors, 2), 8), connections / 2)
    }

    /// The most slow statements at once.
    func slowLimit(processors: Int) -> Int {
        maxSlowStatements ?? max(4, 2 * processors)
    }
}
