extension Report {
    /// The report's chart: each workload at the number of tasks that says most, without the in-memory store, which would dwarf the others.
    var chart: Chart {
        let panels = sections.compactMap { section -> Chart.Panel? in
            let result = section.results.last { $0.loads[0].tasks <= 64 } ?? section.results.first
            return result.map { panel(of: $0) }
        }
        return Chart(
            title: "Rate by workload, PostgreSQL \(setting.server) on \(setting.processors) processors shared with it; longer is better",
            panels: panels)
    }

    private func panel(of result: ComparisonResult) -> Chart.Panel {
        let workload = try? Workloads.named(result.loads[0].workload)
        let isBulk = workload?.isBulk == true && result.loads.count == 1
        let factor = isBulk ? Double(workload?.rows(setting.data) ?? 1) : 1
        let bars = result.peers.filter { $0.name != "in-memory store" }.map { peer in
            let throughputs = Spread(peer.parts[0].throughputs.map { $0 * factor })
            return Chart.Bar(
                label: peer.isLibrary ? peer.name : Self.label(of: peer, among: result.peers), value: throughputs.median,
                range: throughputs.least...throughputs.greatest, isLibrary: peer.isLibrary)
        }
        let load = result.loads[0]
        let tasks = load.tasks == 1 ? "1 task" : "\(load.tasks) tasks"
        let title =
            result.loads.count > 1
            ? "MIX: \(load.workload), \(tasks), beside \(result.loads[1].tasks) of \(result.loads[1].workload)"
            : "\(load.workload): \(workload?.shortTitle ?? ""), \(tasks)"
        return Chart.Panel(title: title, unit: isBulk ? "rows/s" : "calls/s", bars: bars)
    }

    /// The peer's name, with its manner where it has several.
    private static func label(of peer: PeerResult, among peers: [PeerResult]) -> String {
        guard peers.count(where: { $0.name == peer.name }) > 1 else { return peer.name }
        let manner = peer.detail.replacing("Python, ", with: "").prefix { !",:".contains($0) }.replacing(" by copy_records_to_table", with: "")
        return peer.name == PeerResult.library ? String(manner) : "\(peer.name), \(manner)"
    }
}
