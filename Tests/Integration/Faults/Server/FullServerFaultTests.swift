import EphemeralPostgres
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// S10: a server that lets nobody in for a while, because it is full or because it is not ready.
@Suite(.serialized, .ownServer, .faults)
struct FullServerFaultTests {
    private struct Figures: Sendable {
        /// Attempts that failed within the first second, when every caller comes at once.
        var burst = 0
        /// Attempts that failed later, and the time in which they did.
        var failedAttempts = 0
        var seconds = 0.0
        var processorShare = 0.0
        var failures: [PostgresError] = []

        var attemptsPerSecond: Double { Double(failedAttempts) / max(seconds - 1, 0.001) }
    }

    @Test func whoeverIsNotLetInTriesAgainWithPauses() async throws {
        let full = try await fullServer()
        let starting = try await startingServer()

        #expect(full.failures.isEmpty, "\(full.failures.first.map { "\($0)" } ?? "")")
        #expect(full.burst > 0)
        #expect(full.attemptsPerSecond <= 4)
        #expect(full.processorShare <= 0.05)
        #expect(starting.failures.allSatisfy { $0.outcome == .notSent && $0.sqlState == "57P03" })
        #expect(starting.attemptsPerSecond <= 4)
        #expect(starting.processorShare <= 0.05)
        FaultReport.row(
            "S10",
            """
            40 connections asked of a server with room for 22 (53300): failed calls \(full.failures.count), attempts refused in the first second \
            \(full.burst), then per second \(Self.text(full.attemptsPerSecond)), processor \(Self.percent(full.processorShare)); server that is not ready (57P03): \
            attempts per second \(Self.text(starting.attemptsPerSecond)), processor \(Self.percent(starting.processorShare))
            """)
    }

    /// Forty callers on a server that has room for twenty-two of them.
    private func fullServer() async throws -> Figures {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 40, acquireTimeout: .seconds(20))
        return try await withFaultScene(on: try await .shared(.tiny), setting) { scene in
            let failures = Failures()
            return try await Self.measuring(scene, failures) {
                await withDiscardingTaskGroup { group in
                    for _ in 0..<40 {
                        group.addTask {
                            for _ in 0..<6 {
                                await failures.note {
                                    try await scene.client.withTransaction { transaction in
                                        _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(0.4)"))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A standby that takes no sessions answers like a server that is starting.
    private func startingServer() async throws -> Figures {
        let cluster = try await FaultCluster.own(.plain, settings: ["wal_level": "replica"])
        let signal = "\(cluster.server.dataDirectory)/standby.signal"
        let figures = try await withFaultScene(on: cluster) { scene in
            try await scene.administrator.runScript("ALTER SYSTEM SET hot_standby TO off")
            try await cluster.server.stopServer()
            #expect(FileManager.default.createFile(atPath: signal, contents: nil))
            try await cluster.server.startServer()
            let failures = Failures()
            let figures = try await Self.measuring(scene, failures) {
                await withDiscardingTaskGroup { group in
                    for _ in 0..<16 {
                        group.addTask {
                            for _ in 0..<2 { await failures.note { _ = try await scene.client.run(Statement<Int32>("SELECT 1")) } }
                        }
                    }
                }
            }
            try await cluster.server.stopServer()
            try FileManager.default.removeItem(atPath: signal)
            try await cluster.server.startServer()
            let again = await attempt { () async throws(PostgresError) in try await scene.client.run(Statement<Int32>("SELECT 1")).rows }
            #expect((try? again.get()) == [1])
            return figures
        }
        try await cluster.stop()
        return figures
    }

    private static func measuring(_ scene: FaultScene, _ failures: Failures, _ body: () async throws -> Void) async throws -> Figures {
        let begin = ContinuousClock.now
        let processor = ProcessUsage.processorTime ?? .zero
        try await body()
        let end = ContinuousClock.now
        var figures = Figures()
        figures.seconds = (end - begin).inSeconds
        figures.processorShare = ((ProcessUsage.processorTime ?? .zero) - processor).inSeconds / figures.seconds
        let attempts = scene.log.failedAttempts.filter { $0 >= begin && $0 <= end }
        figures.burst = attempts.count { $0 - begin < .seconds(1) }
        figures.failedAttempts = attempts.count - figures.burst
        figures.failures = failures.all
        return figures
    }

    private static func text(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
    private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
}
