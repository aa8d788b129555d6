extension Report {
    /// The report as aligned text.
    var text: String {
        var text = """
            PostgreSQL \(setting.server), \(setting.processors) processors, server and clients on the same machine
            \(setting.foundations.joined(separator: "; "))
            \(setting.data.description); in memory: \(setting.inMemoryData.description)
            \(setting.rounds) round\(setting.rounds == 1 ? "" : "s") of \(setting.secondsPerRound.formatted(2)) s for each peer, in turns; pools of \(setting.pool)

            """
        for section in sections { text += "\n\(heading(of: section.codes))\n\n\(ComparisonTable(section.results, data: setting.data).text)" }
        return text + "\n" + legend + "\nWhat it costs beside\n\n" + sideCosts.text
    }

    private func heading(of codes: [String]) -> String {
        let workloads = codes.compactMap { try? Workloads.named($0) }
        if workloads.count == 1 { return "\(codes[0]): \(workloads[0].title)\nraw libpq makes of an answer: \(workloads[0].decoding)" }
        return "MIX: " + workloads.map { "\($0.code), \($0.title)" }.joined(separator: ", beside ") + ", on one pool"
    }

    private var legend: String {
        let rounds = results.flatMap(\.rounds)
        let repetitions = rounds.reduce(0) { $0 + $1.repetitions }
        let disturbed = rounds.count { $0.isDisturbed }
        let foreign = Spread(rounds.compactMap(\.foreignLoad).map { $0 * 100 })
        let conditions =
            rounds.contains { $0.foreignLoad != nil }
            ? """
            Foreign load, the part of all processors' time that others used: \(foreign.median.formatted(1)) % in the median round, at most \
            \(foreign.greatest.formatted(1)) %. Repeated because of it: \(repetitions) of \(rounds.count) rounds; still disturbed: \(disturbed).
            """ : "Foreign load cannot be seen here."
        return """
            rate: median round. ours: DeployStackData's rate divided by this one's of the same round, median (least – greatest).
            p50, p95, p99: all rounds. client, server: processor time of the peer's own process and of all server processes for each call.
            memory: the most that the peer's process had. Raw libpq decodes in the thread that reads and has no pool, deadline or cancellation.
            pgbench draws one of twenty latencies; its processor times include starting and connecting. The in-memory store is not in the mix, where its
            calls would never make room for each other, and not in W6 and W7, whose rows could not be removed between turns.
            \(conditions)

            """
    }
}

extension SideCosts {
    /// The costs as aligned text.
    fileprivate var text: String {
        var text = ""
        if !allocations.isEmpty {
            var table = AlignedTable(["", "peer", "allocations per call", "per row"], leftAligned: [0, 1])
            for entry in allocations { table.append([entry.workload, entry.peer, entry.perCall.formatted(1), entry.perRow.formatted(1)]) }
            text += table.text + "\n"
        }
        var table = AlignedTable(["first call on something fresh, connecting included", "", "ms", "spread"], leftAligned: [0, 1])
        for entry in connecting {
            let spread = entry.milliseconds
            table.append([entry.peer, entry.transport, spread.median.formatted(2), "\(spread.least.formatted(2)) – \(spread.greatest.formatted(2))"])
        }
        return text + table.text
    }
}
