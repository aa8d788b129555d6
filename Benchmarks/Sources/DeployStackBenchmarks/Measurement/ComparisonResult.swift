/// What came out of all rounds of some loads.
struct ComparisonResult: Sendable, Codable {
    /// What everybody did, all at once.
    var loads: [Load]
    /// How quiet the machine was in each round.
    var rounds: [RoundConditions]
    /// Who did it.
    var peers: [PeerResult]

    init(loads: [Load], rounds: [RoundConditions], contenders: [any Contender], turns: [[Turn]]) {
        self.loads = loads
        self.rounds = rounds
        let library = contenders.firstIndex { $0.name == PeerResult.library && $0.detail == PeerResult.libraryDetail }.map { turns[$0] }
        peers = zip(contenders, turns).map { contender, turns in
            PeerResult(name: contender.name, detail: contender.detail, loads: loads, turns: turns, library: library ?? turns)
        }
    }
}

/// What came out of one peer's rounds.
struct PeerResult: Sendable, Codable {
    /// The name of the library among the peers.
    static let library = "DeployStackData"
    /// How the library is used when it is what the others are held against.
    static let libraryDetail = "public API"

    var name: String
    /// How it did it.
    var detail: String
    /// What came out of each load.
    var parts: [Part]
    /// Processor time of the peer's process for each call, in microseconds. It includes the loop itself, for every peer.
    var processorTime: Double
    /// Processor time of the server for each call, in microseconds.
    var serverProcessorTime: Double?
    /// The most memory that the peer's process had in any round, in bytes.
    var peakMemory: Int?

    /// What came out of one load.
    struct Part: Sendable, Codable {
        /// Calls a second in the median round.
        var throughput: Double
        /// Calls a second of each round, in the order in which they were measured.
        var throughputs: [Double]
        /// The library's throughput divided by this peer's of the same round.
        var libraryRatio: Spread
        /// The latencies that 50, 95 and 99 of 100 calls stayed within, in microseconds.
        var p50: Double
        var p95: Double
        var p99: Double
    }

    init(name: String, detail: String, loads: [Load], turns: [Turn], library: [Turn]) {
        self.name = name
        self.detail = detail
        parts = loads.indices.map { index in
            Part(turns.map { $0.sample.parts[index] }, library: library.map { $0.sample.parts[index] })
        }
        let calls = turns.flatMap(\.sample.parts).reduce(0) { $0 + $1.calls }
        func perCall(_ seconds: [Double]) -> Double { seconds.reduce(0, +) / Double(max(1, calls)) * 1_000_000 }
        processorTime = perCall(turns.map(\.sample.processorSeconds))
        let serverSeconds = turns.compactMap(\.surroundings.serverSeconds)
        serverProcessorTime = serverSeconds.count == turns.count ? perCall(serverSeconds) : nil
        peakMemory = turns.compactMap(\.sample.peakMemory).max()
    }

    /// Whether this is the library as the others are held against it.
    var isLibrary: Bool { name == Self.library && detail == Self.libraryDetail }
}

extension PeerResult.Part {
    init(_ parts: [Sample.Part], library: [Sample.Part]) {
        throughputs = parts.map(\.throughput)
        throughput = Spread(throughputs).median
        libraryRatio = Spread(zip(library, parts).map { $0.throughput / $1.throughput })
        var latencies = LatencyHistogram()
        for part in parts { latencies.merge(part.latencies) }
        p50 = latencies.quantile(0.5) / 1_000
        p95 = latencies.quantile(0.95) / 1_000
        p99 = latencies.quantile(0.99) / 1_000
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
