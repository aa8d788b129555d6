import DeployStackData
import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing

/// Ten processes that start at once on an empty database.
@Suite(.database)
struct ParallelMigrationTests {
    @Test(.requiresServer) func tenProcessesThatStartAtOnceApplyEachMigrationOnce() async throws {
        let database = try await TestDatabase.lent()
        try await emptied(database)

        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<10 { group.addTask { try await Self.migrate(database) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        let store = try await DataStore.postgres(database.configuration)
        let conditions = try await store.migrationStatus().map(\.appliedAt)
        await store.close()
        #expect(statuses == Array(repeating: 0, count: 10))
        #expect(conditions.count >= 8)
        #expect(!conditions.contains(nil))
    }

    /// A migrated database is emptied rather than a new one made, so that everything that is left behind is the trait's to drop.
    private func emptied(_ database: TestDatabase) async throws {
        let client = try PostgresClient(connection: database.configuration.connection)
        try await client.withConnection { session in
            _ = try await session.runScript(#"DROP SCHEMA "public" CASCADE"#)
            _ = try await session.runScript(#"CREATE SCHEMA "public""#)
        }
        await client.close()
    }

    /// Runs `deploystack-db up` in a process of its own and returns its exit status.
    private static func migrate(_ database: TestDatabase) async throws -> Int32 {
        let process = Process()
        process.executableURL = try #require(Bundle.main.executableURL).deletingLastPathComponent().appending(path: "deploystack-db")
        process.arguments = ["up", "--json"]
        process.environment = [
            "POSTGRES_HOST": database.configuration.host, "POSTGRES_PORT": "\(database.configuration.port)",
            "POSTGRES_DATABASE": database.name, "POSTGRES_USER": database.configuration.user,
            "POSTGRES_PASSWORD": ProcessInfo.processInfo.environment["TEST_POSTGRES_PASSWORD"] ?? "password", "POSTGRES_SSL": "false",
        ]
        process.standardOutput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}
