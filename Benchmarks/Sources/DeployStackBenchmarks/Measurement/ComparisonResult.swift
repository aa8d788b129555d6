/// What came out of all rounds of one workload with one number of tasks.
struct ComparisonResult: Sendable, Codable {
    /// The workload's code, such as `W1`.
    var workload: String
    /// How many calls were under way at once.
    var tasks: Int
    /// The peers, the baseline first.
    var peers: [PeerResult]
}

/// What came out of one peer's rounds.
struct PeerResult: Sendable, Codable {
    var name: String
    var manner: String
    /// Calls a second in the median round.
    var throughput: Double
    /// Calls a second of each round, in the order in which they were measured.
    var throughputs: [Double]
    /// Throughput divided by the baseline's of the same round.
    var ratio: Spread
    /// The latency that half of all calls stayed within, in microseconds.
    var p50: Double
    /// The latency that 99 of 100 calls stayed within, in microseconds.
    var p99: Double
    /// Processor time of this process for each call, in microseconds. It includes the loop itself, for every peer.
    var processorTime: Double

    init(name: String, manner: String, samples: [Sample], baseline: [Sample]) {
        self.name = name
        self.manner = manner
        throughputs = samples.map(\.throughput)
        throughput = Spread(throughputs).median
        ratio = Spread(zip(samples, baseline).map { $0.throughput / $1.throughput })
        var latencies = LatencyHistogram()
        for sample in samples { latencies.merge(sample.latencies) }
        p50 = latencies.quantile(0.5) / 1_000
        p99 = latencies.quantile(0.99) / 1_000
        processorTime = samples.reduce(0) { $0 + $1.processorSeconds } / Double(max(1, latencies.count)) * 1_000_000
    }
}

/// The middle and the ends of a few numbers.
struct Spread: Sendable, Codable, Hashable {
    var median: Double
    var least: Double
    var greatest: Double

    /// The spread of at least one number; of none, zeros.
    init(_ values: [Double]) {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        least = sorted.first ?? 0
        greatest = sorted.last ?? 0
        median = sorted.isEmpty ? 0 : sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
