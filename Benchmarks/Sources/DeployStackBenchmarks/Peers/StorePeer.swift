import DeployStackData

/// The library through its public interface, on one of its backends.
struct StorePeer: Peer {
    let store: DataStore
    let drawing: Drawing
    /// How a fresh store connects to a server's URL.
    let configuration: @Sendable (_ url: String) throws -> PostgresConfiguration

    func measure(_ request: MeasureRequest, whenWarm: () async throws -> Void) async throws -> Sample {
        let work = try request.loads.map { load in (try Workloads.named(load.workload).init(drawing), load.tasks) }
        _ = try await run(work, until: Timing.deadline(in: request.timing.warmUp))
        try await whenWarm()
        let stopwatch = Stopwatch()
        return stopwatch.sample(try await run(work, until: Timing.deadline(in: request.timing.measured)))
    }

    /// Calls until the time has come, all loads at once.
    private func run(_ work: [(workload: any Workload, tasks: Int)], until deadline: UInt64) async throws -> [Sample.Part] {
        let start = SystemClocks.now()
        let callers = work.enumerated().map { index, load in
            (0..<load.tasks).map { number in
                // Detached: a task of the main actor would pay for two hops a call.
                Task.detached { try await call(load.workload, seed: UInt64(index) << 32 + UInt64(number) + 1, until: deadline) }
            }
        }
        var parts: [Sample.Part] = []
        for callers in callers {
            var latencies = LatencyHistogram()
            for caller in callers { latencies.merge(try await caller.value) }
            parts.append(Sample.Part(latencies, since: start))
        }
        return parts
    }

    private func call(_ workload: some Workload, seed: UInt64, until deadline: UInt64) async throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        var keys = SplitMix64(seed: seed)
        var last = SystemClocks.now()
        while last < deadline {
            try await workload.call(store, keys.next())
            let now = SystemClocks.now()
            latencies.record(nanoseconds: now - last)
            last = now
        }
        return latencies
    }

    func countAllocations(_ workload: String, calls: Int) async throws -> Int? {
        let workload = try Workloads.named(workload).init(drawing)
        return try await Task.detached {
            try await call(workload, times: calls)
            return try await Allocations.count { try await call(workload, times: calls) }
        }.value
    }

    private func call(_ workload: some Workload, times: Int) async throws {
        var keys = SplitMix64(seed: 1)
        for _ in 0..<times { try await workload.call(store, keys.next()) }
    }

    func connectTimes(_ times: Int, url: String) async throws -> [Double] {
        var seconds: [Double] = []
        for number in 0..<times {
            let start = SystemClocks.now()
            let fresh = try await DataStore.postgres(configuration(url))
            _ = try await fresh.teams.team(drawing.team(UInt64(number)))
            seconds.append(Double(SystemClocks.now() - start) / 1_000_000_000)
            await fresh.close()
        }
        return seconds
    }
}
