import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// P7: what is left of a client, its process and its speed after many faults of all kinds in random order.
@Suite(.serialized, .ownServer, .faults)
struct ManyFaultsFaultTests {
    private struct Findings: Sendable {
        var judgement: Judgement?
        /// Calls in a second: before the faults, after them, and of a new client beside the one that has had them.
        var speeds = (before: 0.0, after: 0.0, new: 0.0)
        var usages: [ProcessUsage?] = []
        /// The connections that were open then. Each has three descriptors here, since the proxy is in this process too.
        var open: [Int] = []
        var leaked = 0

        mutating func note(_ client: PostgresClient) {
            usages.append(ProcessUsage.now)
            open.append(client.poolSnapshot.open)
        }

        /// The speed afterwards as a share of what the machine gives a client now, or gave this one before, whichever is less.
        var ratio: Double { speeds.after / min(speeds.before, speeds.new) }

        /// By how much the memory has grown over the second half of the faults, in mebibytes.
        var growth: Double { usages.count < 3 ? 0 : (usages[2]?.residentMebibytes ?? 0) - (usages[1]?.residentMebibytes ?? 0) }
        var descriptors: Int { usages.count < 3 ? 0 : (usages[2]?.descriptors ?? 0) - (usages[0]?.descriptors ?? 0) - 3 * (open[2] - open[0]) }
        var threads: Int { usages.count < 3 ? 0 : (usages[2]?.threads ?? 0) - (usages[0]?.threads ?? 0) }
    }

    @Test func manyFaultsLeaveTheClientAsItWas() async throws {
        let count = FaultSize.of(ci: 1_500, long: 10_000)
        let cluster = try await FaultCluster.shared(.plain)
        let target = FaultProxy.Target.server(at: cluster.server.socketDirectory, port: cluster.server.port)
        let findings = try await withProxies(1, before: target) { proxies in
            let proxy = proxies[0]
            var setting = FaultSetting()
            setting.pool = PoolConfiguration(maxConnections: 12)
            setting.limits = ClientLimits(callTimeout: .seconds(1), cleaningTimeout: .milliseconds(300))
            setting.connection = { $0 = $0.through(port: proxy.port) }
            setting.evidence = { [proxy.logText()] }
            setting.watchdog = .seconds(FaultSize.of(ci: 120, long: 1_200))
            return try await withFaultScene(on: cluster, setting) { try await Self.run(count, in: $0, behind: proxy) }
        }

        let judgement = try #require(findings.judgement)
        #expect(judgement.isClean, "\(judgement)")
        #expect(findings.leaked == 0)
        #expect(findings.descriptors <= 0)
        #expect(findings.threads <= 4)
        // A page that the allocator keeps is no leak, but more than this would be one.
        #expect(findings.growth <= 16)
        #expect(findings.ratio >= Self.least)
        FaultReport.row(
            "P7",
            """
            \(count) faults of \(MixedFault.allCases.count) kinds under transfers, \(judgement), connections leaked \(findings.leaked), descriptors \
            \(max(0, findings.descriptors)), memory in the second half \(decimal(findings.growth)) MiB, throughput \
            \(Int(findings.speeds.before))/s before, \(Int(findings.speeds.after))/s after and \(Int(findings.speeds.new))/s of a new client \
            (ratio \(decimal(findings.ratio)))
            """)
    }

    /// The share of its speed that a client must have kept.
    private static let least = FaultSize.isLong ? 0.95 : 0.8

    private static func run(_ count: Int, in scene: FaultScene, behind proxy: FaultProxy) async throws -> Findings {
        var findings = Findings()
        let ledger = try await Ledger(accounts: 500, with: scene.client)
        await mix(count / 10, "warm-up", scene, ledger, proxy)
        try await recover(scene, proxy)
        findings.speeds.before = try await speed(of: [scene.client])[0]
        findings.leaked = try await difference(scene, proxy)
        findings.note(scene.client)
        for half in ["first", "second"] {
            await mix(count / 2, half, scene, ledger, proxy)
            try await recover(scene, proxy)
            // A client that has become slow stays so; a machine that has something else to do for a moment does not.
            for _ in 0..<5 {
                let speeds = try await withClient(scene.connection, pool: scene.client.pool) { try await speed(of: [scene.client, $0]) }
                (findings.speeds.after, findings.speeds.new) = (speeds[0], speeds[1])
                if findings.ratio >= least { break }
            }
            findings.leaked += try await difference(scene, proxy)
            findings.note(scene.client)
        }
        findings.judgement = try await ledger.judge(with: scene.client)
        return findings
    }

    private static func mix(_ count: Int, _ part: String, _ scene: FaultScene, _ ledger: Ledger, _ proxy: FaultProxy) async {
        await inBatches(of: count, atOnce: 16) { number in
            var random = FaultSeed.run.generator("P7 \(part) \(number)")
            await MixedFault.random(&random).strike(scene.client, behind: proxy, &random)
            let transfer = ledger.transfer(&random)
            if number.isMultiple(of: 2) {
                await ledger.transfer(transfer, with: scene.client)
            } else {
                await ledger.transferAtOnce(transfer, with: scene.client)
            }
        }
    }

    /// The end of the faults: what swallows in silence is cut, and everything has time to become quiet.
    private static func recover(_ scene: FaultScene, _ proxy: FaultProxy) async throws {
        try proxy.setAdmission(.forward)
        proxy.strikeNow(.reset())
        try await scene.administrator.wait(for: "a client that works again") {
            await driverError { try await scene.client.run(Statement<Int>("SELECT 1")) } == nil
        }
        _ = try await difference(scene, proxy)
    }

    /// How many sessions or links there are more or fewer than connections in the pool, once nothing is under way. What has just been opened or closed is seen on one
    /// side before it is seen on the other, so a difference counts when it stays.
    private static func difference(_ scene: FaultScene, _ proxy: FaultProxy) async throws -> Int {
        try await scene.administrator.wait(for: "a quiet pool") {
            let pool = scene.client.poolSnapshot
            return pool.inUse + pool.waiting + pool.connecting == 0
        }
        var difference = 0
        do {
            try await scene.administrator.wait(for: "as many sessions as connections") {
                let sessions = try await scene.sessions()
                let open = scene.client.poolSnapshot.open
                difference = max(abs(sessions.count - open), abs(proxy.links.count - open))
                return difference == 0 && !sessions.contains(where: \.isInTransaction)
            }
        } catch is NeverCame {}
        return difference
    }

    /// Statements in a second of each client, shared ones and transactions: the best of several short measurements in turn, since the machine has other
    /// things to do.
    private static func speed(of clients: [PostgresClient]) async throws -> [Double] {
        var best = clients.map { _ in 0.0 }
        for _ in 0..<8 {
            for (index, client) in clients.enumerated() { best[index] = max(best[index], try await speed(of: client)) }
        }
        return best
    }

    private static func speed(of client: PostgresClient) async throws -> Double {
        let (calls, start) = (Count(), ContinuousClock.now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<16 {
                group.addTask {
                    while ContinuousClock.now - start < .milliseconds(150) {
                        if caller.isMultiple(of: 2) {
                            _ = try await client.run(Statement<Int>("SELECT \(caller) + 1"))
                        } else {
                            try await client.withTransaction { _ = try await $0.run(Statement<Int>("SELECT \(caller) + 1")) }
                        }
                        calls.add()
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(calls.value) / (ContinuousClock.now - start).inSeconds
    }

    private func decimal(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(abs(hundredths) % 100 < 10 ? "0" : "")\(abs(hundredths) % 100)"
    }
}
