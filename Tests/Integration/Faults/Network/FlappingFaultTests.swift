import FaultHarness
import PostgresDriver
import Synchronization
import Testing

/// N9: the link comes and goes, again and again, under load.
@Suite("N9 A link that flaps", .serialized, .faults, .ownServer)
struct FlappingFaultTests {
    @Test func aLinkThatComesAndGoesLosesNothingAndLeavesNothing() async throws {
        let cycles = FaultSize.of(ci: 14, long: 120)
        let cluster = try await FaultCluster.shared(.plain)
        var setting = FaultSetting()
        setting.watchdog = .seconds(60 + cycles)
        try await withProxies(1, before: cluster.target) { proxies in
            let proxy = proxies[0]
            let port = proxy.port
            setting.connection = { $0 = $0.through(port: port) }
            setting.evidence = { [proxy.logText()] }
            try await withFaultScene(on: cluster, setting) { scene in
                let ledger = try await Ledger(accounts: 200, with: scene.client)
                let isOver = SharedCount()
                let done = SharedCount()
                let figures = try await withThrowingTaskGroup(of: Void.self) { group in
                    for caller in 0..<64 {
                        group.addTask {
                            var random = FaultSeed.run.generator("caller \(caller)")
                            while isOver.value == 0 {
                                let transfer = ledger.transfer(&random)
                                let error: (any Error)? =
                                    caller % 2 == 0
                                    ? await ledger.transferAtOnce(transfer, with: scene.client) : await ledger.transfer(transfer, with: scene.client)
                                if error == nil { done.increment() }
                            }
                        }
                    }
                    // The times are the fault itself.
                    var (deadPhases, busy) = (0, 0)
                    for _ in 0..<cycles {
                        let before = done.value
                        try await Task.sleep(for: .milliseconds(300))
                        let count = done.value - before
                        if count == 0 { deadPhases += 1 }
                        busy += count
                        try proxy.setAdmission(.refuse)
                        proxy.strikeNow(.reset())
                        try await Task.sleep(for: .milliseconds(200))
                        try proxy.setAdmission(.forward)
                    }
                    isOver.increment()
                    try await group.waitForAll()
                    return (deadPhases, busy)
                }
                try await scene.administrator.wait(for: "the end of the sessions") {
                    try await scene.sessions().count <= scene.client.poolSnapshot.open
                }
                let judgement = try await ledger.judge(with: scene.client)
                #expect(judgement.isClean, "\(judgement)")
                // How soon the first connection is tried again is a matter of the pauses between attempts, so a phase of 300 ms may pass without one.
                #expect(figures.1 > 0)
                FaultReport.row(
                    "N9",
                    "\(cycles) times up 300 ms and down 200 ms under 64 callers: \(judgement.operations) operations, \(judgement.ok) ok "
                        + "(\(figures.1) while up), \(judgement.unknown) unknown, phases without success \(figures.0), \(judgement), descriptors slack 0"
                )
            }
        }
    }
}
