import DeployStackData
import DeployStackDataTesting
import Foundation
import PostgresDriver

// What a test needs to see or do that the library offers no call for.
extension TestDatabase {
    /// Every row of a table as text.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - first: Statements that the session runs before.
    func text(of table: String, first: String...) async throws -> String {
        try await withTestSession { session in
            for statement in first { _ = try await session.runScript(statement) }
            try await session.runScript("CREATE TEMPORARY TABLE \"dump\" AS SELECT r::text AS \"row\" FROM \"\(table)\" AS r")
            let statement: Statement<String> = "SELECT \"row\" FROM \"dump\" ORDER BY 1"
            return try await session.run(statement).rows.joined(separator: "\n")
        }
    }

    /// The names of all tables.
    func tables() async throws -> [String] {
        try await withTestSession { session in
            let statement: Statement<String> = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            return try await session.run(statement).rows
        }
    }

    /// Runs one statement.
    func run(_ sql: String) async throws {
        _ = try await withTestSession { session in try await session.runScript(sql) }
    }

    private func withTestSession<Value>(_ body: (PostgresSession) async throws -> Value) async throws -> Value {
        let client = try PostgresClient(connection: configuration.connection)
        do {
            let value = try await client.withConnection(body)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }
}
