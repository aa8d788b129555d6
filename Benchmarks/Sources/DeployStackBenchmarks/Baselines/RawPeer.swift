import Foundation

/// Plain loops on libpq: what a program could do that needs nothing of what the library does beside sending and reading.
///
/// With one task this is a blocking call after another on one connection. With more it is one thread, a few connections in pipeline mode, and for
/// each call a Sync of its own. There is no pool, no deadline, no cancellation, no retry, and the thread that reads is the thread that decodes.
struct RawPeer: Peer {
    let url: String
    let database: String
    /// How many connections the pipeline is spread over.
    let connections: Int

    var name: String { "raw libpq" }

    func manner(tasks: Int) -> String {
        tasks == 1 ? "blocking, 1 connection" : "pipeline, Sync each, \(min(connections, tasks)) connections"
    }

    func measure(_ workload: any Workload, tasks: Int, timing: Timing) async throws -> Sample {
        // A thread of its own, because it blocks.
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try loop(workload, tasks: tasks, timing: timing) })
            }
        }
    }

    private func loop(_ workload: some Workload, tasks: Int, timing: Timing) throws -> Sample {
        let opened = try (0..<(tasks == 1 ? 1 : min(connections, tasks))).map { _ in
            let connection = try RawConnection(url: url, database: database)
            try connection.prepare(workload.statement)
            return connection
        }
        if tasks == 1 {
            var loop = RawBlockingLoop(workload: workload, connection: opened[0])
            _ = try loop.run(until: Timing.deadline(in: timing.warmUp))
            let stopwatch = Stopwatch()
            return stopwatch.sample(try loop.run(until: Timing.deadline(in: timing.measured)))
        }
        var loop = try RawPipelineLoop(workload: workload, connections: opened, tasks: tasks)
        _ = try loop.run(until: Timing.deadline(in: timing.warmUp))
        let stopwatch = Stopwatch()
        return stopwatch.sample(try loop.run(until: Timing.deadline(in: timing.measured)))
    }
}
