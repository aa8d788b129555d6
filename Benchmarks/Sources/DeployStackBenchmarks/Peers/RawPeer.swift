import Foundation

/// Plain loops on libpq: what a program could do that needs nothing of what the library does beside sending and reading.
///
/// Each load has a thread of its own with its own connections. There is no pool, no deadline, no cancellation, no retry, and the thread that reads
/// is the thread that decodes.
struct RawPeer: Peer {
    let url: String
    let database: String
    /// How many connections a pipeline is spread over.
    let connections: Int
    let drawing: Drawing

    func measure(_ request: MeasureRequest, whenWarm: () async throws -> Void) async throws -> Sample {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let line = StartingLine(arrived: arrived, open: DispatchSemaphore(value: 0))
        let answers = request.loads.map { load in
            Task {
                // A thread of its own, because it blocks.
                try await withCheckedThrowingContinuation { continuation in
                    Thread.detachNewThread {
                        continuation.resume(with: Result { try run(load, request, from: line) })
                    }
                }
            }
        }
        do {
            var iterator = arrivals.makeAsyncIterator()
            for _ in request.loads { _ = await iterator.next() }
            defer { for _ in request.loads { line.open.signal() } }
            try await whenWarm()
        }
        let stopwatch = Stopwatch()
        var parts: [Sample.Part] = []
        for answer in answers { parts.append(try await answer.value) }
        return stopwatch.sample(parts)
    }

    /// Where all threads wait after their warm-up until everybody may go.
    private struct StartingLine: Sendable {
        let arrived: AsyncStream<Void>.Continuation
        let open: DispatchSemaphore
    }

    private func run(_ load: Load, _ request: MeasureRequest, from line: StartingLine) throws -> Sample.Part {
        var loop: any RawLoop
        do {
            // Whoever cannot start has arrived, too, so that nobody waits for it.
            defer { line.arrived.yield() }
            loop = try makeLoop(Workloads.named(load.workload).init(drawing), tasks: load.tasks, request.manner)
            _ = try loop.run(until: Timing.deadline(in: request.timing.warmUp))
        }
        line.open.wait()
        let start = SystemClocks.now()
        let latencies = try loop.run(until: Timing.deadline(in: request.timing.measured))
        return Sample.Part(latencies, since: start)
    }

    private func makeLoop(_ workload: some Workload, tasks: Int, _ manner: Manner) throws -> any RawLoop {
        let opened = try (0..<(manner.isPipeline ? min(connections, tasks) : 1)).map { _ in
            let connection = try RawConnection(url: url, database: database)
            try connection.prepare(workload.statement)
            return connection
        }
        switch (manner, workload) {
        case (.syncEach, _): return try RawPipelineLoop(workload: workload, connections: opened, tasks: tasks, perSync: 1)
        case (.syncPerEight, _): return try RawPipelineLoop(workload: workload, connections: opened, tasks: tasks, perSync: 8)
        case (.blocking, _): return RawBlockingLoop(workload: workload, connection: opened[0])
        case (.copy, let workload as NotificationsForMany): return RawCopyLoop(workload: workload, connection: opened[0])
        case (.singleRows, let workload as AllNotifications): return RawStreamLoop(workload: workload, connection: opened[0])
        default: throw BenchmarkError("Raw libpq cannot do this workload like that.")
        }
    }

    func countAllocations(_ workload: String, calls: Int) async throws -> Int? {
        let workload = try Workloads.named(workload).init(drawing)
        let connection = try RawConnection(url: url, database: database)
        try connection.prepare(workload.statement)
        try call(workload, on: connection, times: calls)
        return try await Allocations.count { try call(workload, on: connection, times: calls) }
    }

    private func call(_ workload: some Workload, on connection: RawConnection, times: Int) throws {
        var keys = SplitMix64(seed: 1)
        for _ in 0..<times {
            if let stream = workload as? AllNotifications {
                // A million rows are not held at once here either.
                try stream.stream(from: connection)
            } else {
                try workload.read(try workload.plainAnswer(connection, keys.next()))
            }
        }
    }

    func connectTimes(_ times: Int, url: String) async throws -> [Double] {
        let workload = TeamByID(drawing)
        return try (0..<times).map { number in
            let start = SystemClocks.now()
            let connection = try RawConnection(url: url, database: database)
            try connection.prepare(workload.statement)
            try workload.read(try workload.plainAnswer(connection, UInt64(number)))
            return Double(SystemClocks.now() - start) / 1_000_000_000
        }
    }
}
