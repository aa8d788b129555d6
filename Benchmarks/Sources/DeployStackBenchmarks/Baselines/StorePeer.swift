import DeployStackData

/// The library through its public interface, on one of its backends.
struct StorePeer: Peer {
    let name: String
    let store: DataStore
    /// The same workload with the rows that this store has, if they are not those of the other peers.
    let replacing: @Sendable (any Workload) -> any Workload
    let note: String

    func manner(tasks: Int) -> String { note }

    func measure(_ workload: any Workload, tasks: Int, timing: Timing) async throws -> Sample {
        let workload = replacing(workload)
        _ = try await run(workload, tasks: tasks, until: Timing.deadline(in: timing.warmUp))
        let stopwatch = Stopwatch()
        return stopwatch.sample(try await run(workload, tasks: tasks, until: Timing.deadline(in: timing.measured)))
    }

    private func run(_ workload: some Workload, tasks: Int, until deadline: UInt64) async throws -> LatencyHistogram {
        let callers = (0..<tasks).map { number in
            Task.detached { try await call(workload, seed: UInt64(number) + 1, until: deadline) }
        }
        var latencies = LatencyHistogram()
        for caller in callers { latencies.merge(try await caller.value) }
        return latencies
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
}
