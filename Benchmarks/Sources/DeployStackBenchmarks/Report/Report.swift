/// Everything that a run has found, for people and for programs.
struct Report: Sendable, Codable {
    /// Which machine, versions and settings the numbers belong to. They mean nothing on another one.
    struct Setting: Sendable, Codable {
        var server: String
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
}

extension Report {
    /// The report as aligned text.
    var text: String {
        var text = """
            PostgreSQL \(setting.server), \(setting.processors) processors, server on the same machine
            \(setting.data.description); in memory: \(setting.inMemoryData.description)
            \(setting.rounds) rounds of \(setting.secondsPerRound.formatted(2)) s for each peer, in turns; pool of \(setting.pool)

            """
        for code in results.map(\.workload).uniqued() {
            guard let workload = Workloads.title(code) else { continue }
            text += "\n\(code): \(workload.title)\nraw libpq makes of an answer: \(workload.decoding)\n\n"
            text += table(of: results.filter { $0.workload == code }).text
        }
        return text + """

            calls/s: median round. to raw: throughput divided by raw libpq's in the same round, median (least – greatest). p50, p99: all rounds.
            CPU: processor time of the client process for each call. Raw libpq decodes in the thread that reads and has no pool, deadline or cancellation.

            """
    }

    private func table(of results: [ComparisonResult]) -> AlignedTable {
        var table = AlignedTable(["tasks", "peer", "", "calls/s", "to raw", "p50 µs", "p99 µs", "CPU µs"], leftAligned: [1, 2])
        for result in results {
            for (index, peer) in result.peers.enumerated() {
                let ratio = "\(peer.ratio.median.formatted(2)) (\(peer.ratio.least.formatted(2)) – \(peer.ratio.greatest.formatted(2)))"
                table.append([
                    index == 0 ? "\(result.tasks)" : "", peer.name, peer.manner, peer.throughput.formatted(0), index == 0 ? "1" : ratio,
                    peer.p50.formatted(1), peer.p99.formatted(1), peer.processorTime.formatted(2),
                ])
            }
        }
        return table
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of their first appearance.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
