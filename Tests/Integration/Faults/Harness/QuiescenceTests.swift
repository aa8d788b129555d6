import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// The check at the end of every fault test must notice what it is there to notice.
@Suite(.serialized, .ownServer, .faults)
struct QuiescenceTests {
    @Test func aClientThatNobodyUsesIsQuietAndLeavesNothing() async throws {
        let (open, closed) = try await findings { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 { group.addTask { _ = try await client.run(Statement<Int>("SELECT \(number)")) } }
                try await group.waitForAll()
            }
            return []
        }

        #expect(open.isEmpty)
        #expect(closed.isEmpty)
    }

    @Test func aLeasedConnectionIsFound() async throws {
        let (open, closed) = try await findings { client in [try await Self.hold(client) { _ in }] }

        #expect(open.contains("1 connections leased"))
        #expect(closed.isEmpty)
    }

    @Test func anOpenTransactionAndALockAreFound() async throws {
        let (open, _) = try await findings { client in
            [
                try await Self.hold(client) { session in
                    try await session.runScript("BEGIN")
                    try await session.runScript("SELECT pg_advisory_xact_lock(1)")
                }
            ]
        }

        #expect(open.contains("1 sessions in a transaction"))
        #expect(open.contains("1 advisory locks"))
    }

    @Test func aSessionThatThePoolDoesNotKnowIsFound() async throws {
        let (open, closed) = try await findings { client in
            let stranger = try PostgresClient(connection: client.connection, pool: PoolConfiguration(minConnections: 1))
            _ = try await stranger.run(Statement<Int32>("SELECT 1"))
            return [
                Task {
                    await withTaskCancellationHandler {
                        await Self.untilCancelled()
                    } onCancel: {
                        stranger.closeNow()
                    }
                }
            ]
        }

        #expect(open.contains("1 sessions on the server, 0 in the pool"))
        #expect(closed.contains("1 sessions on the server after closing"))
    }

    @Test func aDescriptorThatStaysOpenIsFound() async throws {
        let (_, closed) = try await findings { _ in
            let handle = try #require(FileHandle(forReadingAtPath: "/dev/null"))
            return [
                Task {
                    await Self.untilCancelled()
                    try? handle.close()
                }
            ]
        }

        #expect(closed.contains { $0.contains("descriptors after") })
    }

    /// What is found while the tasks that `plant` returns run, first with the client open, then with the client closed.
    private func findings(
        planting plant: @escaping @Sendable (PostgresClient) async throws -> [Task<Void, Never>]
    ) async throws -> (open: [String], closed: [String]) {
        let cluster = try await FaultCluster.shared(.plain)
        let administrator = try Administrator(cluster)
        let quiescence = try await Quiescence.begin(administrator, patience: .milliseconds(300))
        var connection = cluster.connection()
        connection.applicationName = "quiescence \(UInt32.random(in: .min ... .max))"
        let client = try PostgresClient(connection: connection, limits: ClientLimits(closeTimeout: .milliseconds(100)))

        let tasks = try await plant(client)
        let open = await quiescence.findings(for: client)
        await client.close()
        let closed = await quiescence.findingsAfterClosing(connection.applicationName)

        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        try await administrator.wait(for: "the end of the planted sessions") {
            try await administrator.sessions(of: connection.applicationName).isEmpty
        }
        await administrator.close()
        return (open, closed)
    }

    /// Borrows a connection until the task is cancelled; returns when it has it.
    private static func hold(
        _ client: PostgresClient, _ body: @escaping @Sendable (PostgresSession) async throws -> Void
    ) async throws -> Task<Void, Never> {
        let isHeld = Meeting(of: 2)
        let task = Task {
            do {
                try await client.withConnection { session in
                    try await body(session)
                    await isHeld.arrive()
                    await untilCancelled()
                }
            } catch {
                Issue.record("The connection could not be held: \(error)")
            }
        }
        await isHeld.arrive()
        return task
    }

    private static func untilCancelled() async {
        _ = try? await Task.sleep(for: .seconds(3600))
    }
}
