import FaultHarness
import PostgresDriver
import Testing

/// N4: the other side stops reading, or stops sending, in the middle of 64 MiB.
@Suite("N4 Back pressure", .serialized, .faults, .ownServer)
struct BackPressureFaultTests {
    private static let size = 64 * 1024 * 1024
    private static let one = Statement<Int64>("SELECT \(Int64(1))")

    @Test func whoDoesNotReadHoldsNobodyElseUp() async throws {
        let text = String(repeating: "x", count: Self.size)
        let growth = try await withStall(.toServer) { client in
            let rows = try await client.run(Statement<Int32>("SELECT length(\(text))")).rows
            #expect(rows == [Int32(Self.size)])
        }
        FaultReport.row("N4 sending", growth)
    }

    @Test func whoStopsSendingHoldsNobodyElseUp() async throws {
        let growth = try await withStall(.toClient) { client in
            let rows = try await client.run(Statement<String>("SELECT repeat('x', \(Int32(Self.size)))")).rows
            #expect(rows.first?.utf8.count == Self.size)
        }
        FaultReport.row("N4 receiving", growth)
    }

    @Test func aStreamHoldsNoMoreThanAFewChunksHoweverLargeItIs() async throws {
        let cluster = try await FaultCluster.shared(.plain)
        try await withProxies(1, before: cluster.target) { proxies in
            let proxy = proxies[0]
            let port = proxy.port
            var setting = FaultSetting()
            setting.connection = { $0 = $0.through(port: port) }
            try await withFaultScene(on: cluster, setting) { scene in
                let client = scene.client
                _ = try await client.run(Self.one)
                let before = ProcessUsage.now?.residentMebibytes ?? 0
                proxy.arm(FaultRule("stall", .after(.dataRow, occurrence: 20_000), .mode(.stall, .toClient)))
                // Whoever stops is let go on as soon as it has been seen.
                let resumer = Task {
                    try await proxy.strike(of: "stall")
                    let growth = (ProcessUsage.now?.residentMebibytes ?? 0) - before
                    proxy.setMode(.pass)
                    return growth
                }
                var (rows, peak) = (0, 0.0)
                let statement = Statement<String>("SELECT repeat('x', 1024) FROM generate_series(1, 65536)")
                for try await row in client.stream(statement) {
                    rows += row.utf8.count == 1024 ? 1 : 0
                    if rows % 4096 == 0 { peak = max(peak, (ProcessUsage.now?.residentMebibytes ?? 0) - before) }
                }
                let stalled = try await resumer.value
                #expect(rows == 65_536)
                #expect(peak <= 16)
                FaultReport.row(
                    "N4 stream",
                    "64 MiB in 65536 rows, stalled once: all rows right, memory grew by at most \(Int(peak.rounded(.up))) MiB "
                        + "(\(Int(max(0, stalled).rounded(.up))) MiB while stalled)")
            }
        }
    }

    /// Stops a direction after the first mebibyte of a large statement, looks around, and lets it go on. Then stops it for good, until a deadline.
    private func withStall(_ direction: FlowDirection, _ large: @escaping @Sendable (PostgresClient) async throws -> Void) async throws -> String {
        let cluster = try await FaultCluster.shared(.plain)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 4)
        setting.limits = ClientLimits(callTimeout: .seconds(30), cleaningTimeout: .milliseconds(200))
        // The large text itself, and what the C library's allocator keeps of it.
        setting.slack.mebibytes = 400
        return try await withProxies(1, before: cluster.target) { proxies in
            let proxy = proxies[0]
            let port = proxy.port
            setting.connection = { $0 = $0.through(port: port) }
            return try await withFaultScene(on: cluster, setting) { scene in
                let client = scene.client
                let usual = try await Self.slowest(of: 200, client)
                let point = FaultPoint.inside(.large(Self.size, direction), byte: 1024 * 1024)
                proxy.arm(FaultRule("stall", point, .mode(.stall, direction)))
                let answer = Task { try await large(client) }
                try await proxy.strike(of: "stall")
                let passed = proxy.links.map { direction == .toServer ? $0.bytesToServer : $0.bytesToClient }.max() ?? 0
                let meanwhile = try await Self.slowest(of: 200, client)
                let before = ProcessUsage.now?.residentMebibytes ?? 0
                // Looking a second time after more round trips: what is buffered for a reader that does not read must not grow.
                _ = try await Self.slowest(of: 200, client)
                let growth = (ProcessUsage.now?.residentMebibytes ?? 0) - before
                proxy.setMode(.pass)
                try await answer.value

                proxy.arm(FaultRule("second stall", point, .mode(.stall, direction)))
                let start = ContinuousClock.now
                let error = await driverError { try await CallDeadline.within(.seconds(1)) { try await large(client) } }
                let overrun = ContinuousClock.now - start - .seconds(1)
                try await proxy.strike(of: "second stall")
                #expect(error?.kind == .deadlineExceeded)
                #expect(overrun < .milliseconds(200))
                #expect(passed < 2 * 1024 * 1024)
                #expect(growth < 16)
                #expect(meanwhile < .milliseconds(200))
                proxy.disarm()
                proxy.strikeNow(.reset())
                let rows = try await client.run(Self.one).rows
                #expect(rows == [1])
                return "64 MiB stalled after 1 MiB: resumed and right, memory grew by \(Int(max(0, growth.rounded()))) MiB while stalled, slowest of "
                    + "200 other reads \(meanwhile.inMilliseconds) (before \(usual.inMilliseconds)), overrun of a deadline of 1 s \(overrun.inMilliseconds)"
            }
        }
    }

    private static func slowest(of count: Int, _ client: PostgresClient) async throws -> Duration {
        var slowest = Duration.zero
        for _ in 0..<count { slowest = max(slowest, try await duration { _ = try await client.run(one) }) }
        return slowest
    }
}
