/// What was seen of one peer in one round.
struct Sample: Sendable {
    /// The calls that were answered.
    var calls: Int
    /// How long that took, in seconds.
    var seconds: Double
    /// The processor time of this process in the same time, in seconds.
    var processorSeconds: Double
    /// The latency of every call.
    var latencies: LatencyHistogram

    /// Calls a second.
    var throughput: Double { Double(calls) / seconds }
}

/// Notes the time and the processor time when it is made, for the sample at the end.
struct Stopwatch: Sendable {
    private let processorStart = SystemClocks.processorSeconds()
    private let start = SystemClocks.now()

    /// The sample of what happened since the stopwatch was made.
    func sample(_ latencies: LatencyHistogram) -> Sample {
        let end = SystemClocks.now()
        return Sample(
            calls: latencies.count, seconds: Double(end - start) / 1_000_000_000, processorSeconds: SystemClocks.processorSeconds() - processorStart,
            latencies: latencies)
    }
}
