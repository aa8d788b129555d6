/// A loop on plain libpq that calls over and over. It belongs to one thread.
protocol RawLoop {
    /// Calls until the time has come, waits for what is under way, and returns the latency of every call.
    mutating func run(until deadline: UInt64) throws -> LatencyHistogram
}
