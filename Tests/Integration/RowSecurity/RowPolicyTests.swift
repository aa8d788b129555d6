import DeployStackData
import DeployStackDataTesting
import PostgresDriver
import Testing

/// Every table has policies, and the library knows of every table.
@Suite(.database)
struct RowPolicyTests {
    @Test(.requiresServer) func everyTableHasPoliciesInForceOnceTheyAreEnabled() async throws {
        let tables = try await tables(after: [])

        #expect(tables.count >= 20)
        #expect(
            tables.filter { !$0.holds }.map(\.name) == [],
            "A table has no policies. Its migration must bring them along, as those of add_row_policies.")
        #expect(tables.map(\.name) == RowSecurityRules.tables.sorted(), "RowSecurityRules.tables is not the list of all tables.")
    }

    @Test(.requiresServer) func aTableWithoutPoliciesIsNoticed() async throws {
        let tables = try await tables(after: [#"CREATE TABLE "later" ("id" text, "team_id" text)"#])

        #expect(tables.filter { !$0.holds }.map(\.name) == ["later"])
    }

    /// A policy without the condition on the team would be no policy.
    @Test(.requiresServer) func everyPolicyOfATableWithATeamOrUserNamesThem() async throws {
        let client = try await client(after: [])
        let statement: Statement<String> = """
            SELECT DISTINCT c."table_name"::text
            FROM information_schema.columns AS c
            WHERE c."table_schema" = 'public'
                AND c."column_name" IN ('team_id', 'user_id', 'owner_team_id', 'target_team_id', 'installation_id', 'satellite_id')
                AND NOT EXISTS (
                    SELECT FROM pg_policies AS p
                    WHERE p."tablename" = c."table_name" AND p."qual" ~ 'deploystack_(team|user)')
            ORDER BY 1
            """

        #expect(try await client.run(statement).rows == [])
        await client.close()
    }

    private struct Table: Sendable {
        let name: String
        let holds: Bool
    }

    private func client(after statements: [String]) async throws -> PostgresClient {
        let store = try await Backend.postgres.makeStore()
        _ = try await Backend.postgres.makeTenantStore(on: store)
        let database = try await TestDatabase.lent()
        for statement in statements { try await database.run(statement) }
        return try PostgresClient(connection: database.configuration.connection)
    }

    private func tables(after statements: [String]) async throws -> [Table] {
        let client = try await client(after: statements)
        let statement = Statement(
            """
            SELECT c."relname"::text, c."relrowsecurity" AND EXISTS (SELECT FROM pg_policy AS p WHERE p."polrelid" = c."oid")
            FROM pg_class AS c
            WHERE c."relkind" IN ('r', 'p') AND c."relnamespace" = 'public'::regnamespace AND c."relname" <> '__deploystack_migrations'
            ORDER BY c."relname" COLLATE "C"
            """
        ) { row in Table(name: try row.read(), holds: try row.read()) }
        let tables = try await client.run(statement).rows
        await client.close()
        return tables
    }
}
