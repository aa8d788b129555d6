/// One call after another on one connection, each waited for where it is made.
struct RawBlockingLoop<Work: Workload>: RawLoop {
    private let workload: Work
    private let connection: RawConnection
    private var keys: SplitMix64
    private var parameters = RawParameters()

    init(workload: Work, connection: RawConnection) {
        self.workload = workload
        self.connection = connection
        keys = SplitMix64(seed: 1)
    }

    mutating func run(until deadline: UInt64) throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        var last = SystemClocks.now()
        while last < deadline {
            parameters.removeAll()
            workload.write(keys.next(), to: &parameters)
            try workload.read(try connection.run(workload.statement.name, parameters))
            let now = SystemClocks.now()
            latencies.record(nanoseconds: now - last)
            last = now
        }
        return latencies
    }
}
