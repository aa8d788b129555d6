/// What one peer has seen of itself in one turn.
struct Sample: Sendable, Codable {
    /// What came out of each load, in their order.
    var parts: [Part]
    /// The processor time of the peer's process in the same time, in seconds.
    var processorSeconds: Double
    /// The most memory that the process had in the same time, in bytes; nil where that cannot be asked for a stretch of time.
    var peakMemory: Int?

    /// What was seen of one load.
    struct Part: Sendable, Codable {
        /// How many calls were answered.
        var calls: Int
        /// How long it took until the last call was answered, in seconds.
        var seconds: Double
        /// The latencies: of every call, or of some that were drawn at random.
        var latencies: LatencyHistogram

        /// Calls a second.
        var throughput: Double { Double(calls) / seconds }
    }
}

extension Sample.Part {
    /// The calls that were made between a moment of the monotonic clock and now.
    init(_ latencies: LatencyHistogram, since start: UInt64) {
        self.init(calls: latencies.count, seconds: Double(SystemClocks.now() - start) / 1_000_000_000, latencies: latencies)
    }
}

/// Notes the processor time when it is made, and lets the count of the memory's peak begin anew, for the sample at the end.
struct Stopwatch: Sendable {
    private let processorStart: Double
    private let canAskForMemory = PeakMemory.reset()

    init() { processorStart = SystemClocks.processorSeconds() }

    /// The sample of what happened since the stopwatch was made.
    func sample(_ parts: [Sample.Part]) -> Sample {
        Sample(
            parts: parts, processorSeconds: SystemClocks.processorSeconds() - processorStart,
            peakMemory: canAskForMemory ? PeakMemory.bytes() : nil)
    }
}
