#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One thread that keeps a number of calls under way on a few connections in pipeline mode. Each answer is decoded and replaced by the next call.
struct RawPipelineLoop<Work: Workload> {
    /// The calls under way on one connection, oldest first: a ring with the moments when they were sent.
    private struct Lane {
        let connection: RawConnection
        var sentAt: [UInt64]
        var oldest = 0
        var count = 0

        mutating func begin(_ moment: UInt64) {
            sentAt[(oldest + count) % sentAt.count] = moment
            count += 1
        }

        mutating func finish() -> UInt64 {
            defer {
                oldest = (oldest + 1) % sentAt.count
                count -= 1
            }
            return sentAt[oldest]
        }
    }

    private let workload: Work
    private var lanes: [Lane]
    private var sockets: [pollfd]
    private var keys = SplitMix64(seed: 1)
    private var parameters = RawParameters()

    /// - Parameter tasks: How many calls are under way at once, on all connections together; at least one for each.
    init(workload: Work, connections: [RawConnection], tasks: Int) throws {
        self.workload = workload
        lanes = connections.indices.map { index in
            let share = tasks / connections.count + (index < tasks % connections.count ? 1 : 0)
            return Lane(connection: connections[index], sentAt: Array(repeating: 0, count: share))
        }
        sockets = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        for connection in connections { try connection.enterPipeline() }
    }

    /// Calls until the time has come, waits for the last answers, and returns every call's latency.
    mutating func run(until deadline: UInt64) throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        for index in lanes.indices {
            while lanes[index].count < lanes[index].sentAt.count { try send(on: index) }
            try flush(index)
        }
        while lanes.contains(where: { $0.count > 0 }) {
            try wait()
            for index in lanes.indices where sockets[index].revents != 0 {
                try lanes[index].connection.consume()
                try readAnswers(on: index, until: deadline, &latencies)
                try flush(index)
            }
        }
        return latencies
    }

    private mutating func send(on index: Int) throws {
        parameters.removeAll()
        workload.write(keys.next(), to: &parameters)
        try lanes[index].connection.send(workload.statement.name, parameters)
        lanes[index].begin(SystemClocks.now())
    }

    private mutating func flush(_ index: Int) throws {
        sockets[index].events = Int16(try lanes[index].connection.flush() ? POLLIN | POLLOUT : POLLIN)
    }

    private mutating func wait() throws {
        let ready = unsafe sockets.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, nfds_t($0.count), 10_000) }
        guard ready > 0 else { throw BenchmarkError("The server has not answered for ten seconds.") }
    }

    private mutating func readAnswers(on index: Int, until deadline: UInt64, _ latencies: inout LatencyHistogram) throws {
        let connection = lanes[index].connection
        while lanes[index].count > 0, !connection.isBusy {
            // Nil only separates a statement's results from the next one's.
            guard let result = connection.nextResult() else { continue }
            if result.isSync {
                let now = SystemClocks.now()
                latencies.record(nanoseconds: now - lanes[index].finish())
                if now < deadline { try send(on: index) }
            } else if result.succeeded {
                try workload.read(result)
            } else {
                throw BenchmarkError("\(workload.statement.name) failed: \(result.message)")
            }
        }
    }
}
