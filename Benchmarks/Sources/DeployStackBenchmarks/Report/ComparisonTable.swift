/// The results of the same loads with several numbers of tasks, as a table.
struct ComparisonTable: Sendable {
    private let results: [ComparisonResult]
    private let data: DatasetSize

    init(_ results: [ComparisonResult], data: DatasetSize) {
        self.results = results
        self.data = data
    }

    var text: String {
        let isBulk = results.first.flatMap { bulkRows(of: $0) } != nil
        let unit = isBulk ? "ms" : "µs"
        var table = AlignedTable(
            [
                "tasks", "peer", "", isBulk ? "rows/s" : "calls/s", "ours", "p50 \(unit)", "p95 \(unit)", "p99 \(unit)", "client \(unit)",
                "server \(unit)", "memory MB",
            ], leftAligned: [1, 2])
        for result in results {
            for (index, peer) in result.peers.enumerated() {
                for (part, load) in result.loads.enumerated() {
                    table.append(row(of: peer, part, load, isFirst: index == 0 || result.loads.count > 1, in: result))
                }
            }
        }
        return table.text
    }

    private func row(of peer: PeerResult, _ index: Int, _ load: Load, isFirst: Bool, in result: ComparisonResult) -> [String] {
        let part = peer.parts[index]
        let rows = bulkRows(of: result)
        let scale = rows == nil ? 1 : 0.001
        let tasks = result.loads.count > 1 ? "\(load.tasks) × \(load.workload)" : "\(load.tasks)"
        let ratio = part.libraryRatio
        func time(_ microseconds: Double) -> String { (microseconds * scale).formatted(1) }
        return [
            isFirst ? tasks : "", index == 0 ? peer.name : "", index == 0 ? peer.detail : "", (part.throughput * Double(rows ?? 1)).formatted(0),
            peer.isLibrary ? "1" : "\(ratio.median.formatted(2)) (\(ratio.least.formatted(2)) – \(ratio.greatest.formatted(2)))",
            time(part.p50), time(part.p95), time(part.p99), index == 0 ? (peer.processorTime * scale).formatted(2) : "",
            index == 0 ? peer.serverProcessorTime.map { ($0 * scale).formatted(2) } ?? "–" : "",
            index == 0 ? peer.peakMemory.map { (Double($0) / 1_000_000).formatted(0) } ?? "–" : "",
        ]
    }

    /// How many rows a call has, if rows are what counts.
    private func bulkRows(of result: ComparisonResult) -> Int? {
        guard result.loads.count == 1, let workload = try? Workloads.named(result.loads[0].workload), workload.isBulk else { return nil }
        return workload.rows(data)
    }
}
