#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One thread that keeps a number of calls under way on a few connections in pipeline mode.
///
/// Calls travel in groups with one Sync each. Each group that is answered is decoded and replaced by the next one.
struct RawPipelineLoop<Work: Workload>: RawLoop {
    /// Calls that share a Sync.
    private struct Group {
        let size: Int
        var sentAt: UInt64 = 0
    }

    /// One connection and the groups on it: a ring, because they are answered in the order in which they were sent.
    private struct Lane {
        let connection: RawConnection
        var groups: [Group]
        var oldest = 0
        var groupsUnderWay = 0

        /// - Parameters:
        ///   - share: How many calls are under way at once on this connection.
        ///   - perSync: The most calls in a group.
        init(connection: RawConnection, share: Int, perSync: Int) {
            self.connection = connection
            groups = stride(from: 0, to: share, by: perSync).map { Group(size: min(perSync, share - $0)) }
        }
    }

    private let workload: Work
    private var lanes: [Lane]
    private var sockets: [pollfd]
    private var keys = SplitMix64(seed: 1)
    private var parameters = RawParameters()

    /// - Parameters:
    ///   - tasks: How many calls are under way at once, on all connections together; at least one for each.
    ///   - perSync: The most calls with one Sync.
    init(workload: Work, connections: [RawConnection], tasks: Int, perSync: Int) throws {
        self.workload = workload
        lanes = connections.indices.map { index in
            let share = tasks / connections.count + (index < tasks % connections.count ? 1 : 0)
            return Lane(connection: connections[index], share: share, perSync: perSync)
        }
        sockets = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        for connection in connections { try connection.enterPipeline() }
    }

    mutating func run(until deadline: UInt64) throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        for index in lanes.indices {
            for group in lanes[index].groups.indices { try send(group, on: index) }
            try flush(index)
        }
        while lanes.contains(where: { $0.groupsUnderWay > 0 }) {
            try wait()
            for index in lanes.indices where sockets[index].revents != 0 {
                try lanes[index].connection.consume()
                try readAnswers(on: index, until: deadline, &latencies)
                try flush(index)
            }
        }
        return latencies
    }

    private mutating func send(_ group: Int, on index: Int) throws {
        let connection = lanes[index].connection
        lanes[index].groups[group].sentAt = SystemClocks.now()
        for _ in 0..<lanes[index].groups[group].size {
            parameters.removeAll()
            workload.write(keys.next(), to: &parameters)
            try connection.send(workload.statement.name, parameters)
        }
        try connection.sync()
        lanes[index].groupsUnderWay += 1
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
        while lanes[index].groupsUnderWay > 0, !connection.isBusy {
            // Nil only separates a statement's results from the next one's.
            guard let result = connection.nextResult() else { continue }
            if result.isSync {
                try finishOldestGroup(on: index, until: deadline, &latencies)
            } else if result.succeeded {
                try workload.read(result)
            } else {
                throw BenchmarkError("\(workload.statement.name) failed: \(result.message)")
            }
        }
    }

    /// Calls count when their Sync is answered, because only then a write is certain.
    private mutating func finishOldestGroup(on index: Int, until deadline: UInt64, _ latencies: inout LatencyHistogram) throws {
        let (now, oldest) = (SystemClocks.now(), lanes[index].oldest)
        let group = lanes[index].groups[oldest]
        for _ in 0..<group.size { latencies.record(nanoseconds: now - group.sentAt) }
        lanes[index].groupsUnderWay -= 1
        lanes[index].oldest = (oldest + 1) % lanes[index].groups.count
        if now < deadline { try send(oldest, on: index) }
    }
}
