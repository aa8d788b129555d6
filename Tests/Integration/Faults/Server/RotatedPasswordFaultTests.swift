import FaultHarness
import PostgresDriver
import Testing

/// S17: the role's password changes while its connections are in use.
@Suite(.serialized, .ownServer, .faults)
struct RotatedPasswordFaultTests {
    @Test func aNewPasswordDisturbsNobodyUntilAConnectionIsOpened() async throws {
        let rounds = FaultSize.of(ci: 2, long: 20)
        let cluster = try await FaultCluster.own(.tcp)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 8)
        setting.watchdog = .seconds(60 + 15 * rounds)

        let (served, disturbed, refused, perSecond) = try await withFaultScene(on: cluster, setting) { scene in
            let (served, disturbed, refusals) = (Count(), Failures(), Failures())
            var (attempts, seconds) = (0, 0.0)
            for _ in 0..<rounds {
                try await Self.everybodyConnects(scene)
                try await Self.setPassword("another password", scene)
                try await Self.work(for: .milliseconds(500), scene, served, disturbed)

                // The old password is all that the client has, so nobody gets in until it is valid again.
                try await scene.administrator.terminateAll(of: scene.connection.applicationName)
                let begin = ContinuousClock.now
                try await Self.work(for: .seconds(3), scene, Count(), refusals)
                seconds += (ContinuousClock.now - begin).inSeconds
                attempts += scene.log.failedAttempts.count { $0 >= begin }

                try await Self.setPassword(FaultCluster.password.revealed, scene)
                try await scene.administrator.wait(for: "the old password's return") {
                    await failure { try await scene.client.run(Statement<Int32>("SELECT 1")) } == nil
                }
            }
            return (served.value, disturbed.all, refusals.all, Double(attempts) / seconds)
        }
        try await cluster.stop()

        #expect(disturbed.isEmpty)
        #expect(!refused.isEmpty)
        #expect(refused.allSatisfy { $0.sqlState == "28P01" && $0.outcome == .notSent })
        #expect(perSecond <= 1.4)
        FaultReport.row(
            "S17",
            """
            password changed under load: errors \(disturbed.count) of \(served) calls on the connections that are open; once they are ended, \
            \(refused.count) calls refused with 28P01 by \((perSecond * 100).rounded() / 100) logins per second
            """)
    }

    private static func setPassword(_ password: String, _ scene: FaultScene) async throws {
        try await scene.administrator.runScript("ALTER ROLE \"\(FaultCluster.role)\" PASSWORD '\(password)'")
    }

    private static func everybodyConnects(_ scene: FaultScene) async throws {
        let everybodyHasOne = Meeting(of: 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await scene.client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Int32>("SELECT 1"))
                        await everybodyHasOne.arrive()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Sixteen callers, which call again as soon as they have an answer.
    private static func work(for duration: Duration, _ scene: FaultScene, _ served: Count, _ failures: Failures) async throws {
        let end = ContinuousClock.now + duration
        await withDiscardingTaskGroup { group in
            for _ in 0..<16 {
                group.addTask {
                    while ContinuousClock.now < end {
                        await failures.note {
                            _ = try await scene.client.run(Statement<Int32>("SELECT 1"))
                            served.add()
                        }
                        // Refusals come without any wait, and a caller that does nothing else would only warm the machine.
                        try? await Task.sleep(for: .milliseconds(1))
                    }
                }
            }
        }
    }
}
