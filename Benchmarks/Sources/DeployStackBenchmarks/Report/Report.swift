/// Everything that a run has found, for people and for programs.
struct Report: Sendable, Codable {
    /// Which machine, versions and settings the numbers belong to. They mean nothing on another one.
    struct Setting: Sendable, Codable {
        var server: String
        /// What the peers stand on, with versions.
        var foundations: [String]
        var processors: Int
        var data: DatasetSize
        var inMemoryData: DatasetSize
        var rounds: Int
        var secondsPerRound: Double
        var pool: Int
        var rawConnections: Int
    }

    var setting: Setting
    var results: [ComparisonResult]
    var sideCosts: SideCosts
}

extension Report {
    /// The results of one loads' codes together, in the order in which they were measured.
    var sections: [(codes: [String], results: [ComparisonResult])] {
        results.map { $0.loads.map(\.workload) }.uniqued().map { codes in
            (codes, results.filter { $0.loads.map(\.workload) == codes })
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of their first appearance.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
