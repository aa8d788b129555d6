import Logging
import Synchronization

/// What a reactor is given when it starts.
struct ReactorSettings: Sendable {
    let connection: ConnectionConfiguration
    let pool: PoolConfiguration
    /// The time that a connection gets to become clean after a caller has gone.
    let cleaningTimeout: Duration
    let logger: Logger
    /// The number of processors, which decides how many lanes there are unless the pool's settings do.
    let processors: Int
    /// Decides the jitter.
    let seed: UInt64
}

/// What a reactor shows to other threads.
final class ReactorGauges: Sendable {
    let snapshot = Lock(PoolSnapshot())
    let statementsSent = Atomic<Int>(0)
    let connectionsAsked = Atomic<Int>(0)
}
