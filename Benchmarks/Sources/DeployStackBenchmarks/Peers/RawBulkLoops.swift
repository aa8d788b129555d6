/// W6 by one COPY after the other.
struct RawCopyLoop: RawLoop {
    let workload: NotificationsForMany
    let connection: RawConnection
    private var keys = SplitMix64(seed: 1)

    init(workload: NotificationsForMany, connection: RawConnection) {
        self.workload = workload
        self.connection = connection
    }

    mutating func run(until deadline: UInt64) throws -> LatencyHistogram {
        try timed(until: deadline) { loop throws(BenchmarkError) in try loop.workload.copy(loop.keys.next(), to: loop.connection) }
    }
}

/// W7 in single-row mode, again and again.
struct RawStreamLoop: RawLoop {
    let workload: AllNotifications
    let connection: RawConnection

    mutating func run(until deadline: UInt64) throws -> LatencyHistogram {
        try timed(until: deadline) { loop throws(BenchmarkError) in try loop.workload.stream(from: loop.connection) }
    }
}

extension RawLoop {
    /// Does something over and over until the time has come, and returns how long each time took.
    fileprivate mutating func timed(until deadline: UInt64, _ call: (inout Self) throws(BenchmarkError) -> Void) throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        var last = SystemClocks.now()
        while last < deadline {
            try call(&self)
            let now = SystemClocks.now()
            latencies.record(nanoseconds: now - last)
            last = now
        }
        return latencies
    }
}
