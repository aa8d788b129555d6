/// Somebody who can do the workloads: the library on one of its backends, or a plain loop that it is held against.
protocol Peer: Sendable {
    /// The name in the report.
    var name: String { get }

    /// What this peer does with so many tasks, for the report.
    func manner(tasks: Int) -> String

    /// Does a workload over and over, always with so many calls under way.
    ///
    /// - Parameters:
    ///   - workload: What to do.
    ///   - tasks: How many calls are under way at once.
    ///   - timing: How long it warms up, which is not counted, and how long it is measured.
    /// - Returns: What was seen after the warm-up.
    func measure(_ workload: any Workload, tasks: Int, timing: Timing) async throws -> Sample
}

/// How long one peer is measured in one round.
struct Timing: Sendable {
    /// Seconds that are not counted.
    var warmUp: Double
    /// Seconds that are.
    var measured: Double

    /// The moment so many seconds from now, on the monotonic clock.
    static func deadline(in seconds: Double) -> UInt64 { SystemClocks.now() + UInt64(seconds * 1_000_000_000) }
}
