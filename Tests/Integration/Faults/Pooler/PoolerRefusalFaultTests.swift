import DeployStackData
import DeployStackModels
import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

@Suite("What needs a session is refused behind a pooler", .serialized, .ownServer, .requiresPooler, .faults)
struct PoolerRefusalFaultTests {
    /// Statements that would leave something in a session or need what another has left there.
    private static let statements: [Statement<Void>] = [
        "SET statement_timeout TO 1000", "SET SESSION search_path TO pg_catalog", "SET TIME ZONE 'Asia/Tokyo'", "RESET ALL", "DISCARD ALL",
        "LISTEN a", "UNLISTEN a", "PREPARE p AS SELECT 1", "EXECUTE p", "DEALLOCATE ALL", "LOAD 'auto_explain'",
        "CREATE TEMP TABLE t (a bigint)", "SELECT 1 AS a INTO TEMPORARY t", "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_lock(1)", "SELECT pg_advisory_unlock_all()", "SELECT lastval()",
        "SELECT set_config('search_path', 'pg_catalog', false)", "SELECT setseed(0.5)",
    ]

    @Test func everyOneOfThemIsRefusedBeforeAnythingIsSent() async throws {
        let server = try await PooledServer.start(poolSize: 1)
        var refused = 0
        func expectRefusal(_ feature: String, _ body: () async throws -> Void) async {
            let error = await driverError(body)
            #expect(error?.kind == .configuration && error?.outcome == .notSent, "\(feature): \(String(describing: error))")
            if error?.kind == .configuration, error?.outcome == .notSent { refused += 1 }
        }

        try await withClient(server.pooled) { client in
            await expectRefusal("a session") { try await client.withConnection { _ in } }
            await expectRefusal("migrations") { _ = try await MigrationRunner(client: client, history: try SchemaMigrations.history()).apply() }
            for statement in Self.statements {
                await expectRefusal(statement.shape.sql) { _ = try await client.run(statement) }
            }
            #expect(client.statementsSent == 0)
            #expect(client.poolSnapshot.open == 0)

            // A refusal inside a transaction costs the statement and not the transaction.
            try await client.withTransaction { transaction in
                for statement in Self.statements {
                    await expectRefusal("in a transaction: \(statement.shape.sql)") { _ = try await transaction.run(statement) }
                }
                _ = try await transaction.run(Statement<Void>("SET LOCAL search_path TO pg_catalog"))
                _ = try await transaction.run(Statement<Void>("CREATE TEMP TABLE t (a bigint) ON COMMIT DROP"))
                _ = try await transaction.run(Statement<Void>("SELECT pg_advisory_xact_lock(1), set_config('search_path', 'public', true)"))
            }
        }
        await server.pooler.stop()

        let asked = 2 + 2 * Self.statements.count
        #expect(refused == asked)
        FaultReport.row("B2", "\(asked) session-only uses behind PgBouncer \(server.pooler.version), refused unsent \(refused)")
    }

    @Test func theStoreSaysWhereToMigrate() async throws {
        let server = try await PooledServer.start(poolSize: 1)
        let configuration = PostgresConfiguration(
            host: server.pooled.host, port: server.pooled.port, database: "postgres", user: server.pooled.user, tls: .disable,
            route: .transactionPooler)

        try await withDataStore(try await .postgres(configuration)) { store in
            let error = await #expect(throws: DataError.self) { try await store.migrate() }
            #expect(error?.kind == .configuration)
            #expect(error?.outcome == .notSent)
            #expect(error?.reason?.contains("connect to the server directly") == true)
            let statuses = try await store.migrationStatus()
            #expect(!statuses.isEmpty && statuses.allSatisfy { $0.condition == .pending })
        }
        let error = await #expect(throws: DataError.self) {
            try await DataStore.postgres(configuration, options: StoreOptions(autoMigrate: true))
        }
        #expect(error?.kind == .configuration)
        await server.pooler.stop()
    }

    @Test func sessionsThatReadTextOtherwiseAreRefusedWithTheSetting() async throws {
        try await withScratchDatabase { database, administrator in
            try await administrator.withConnection { session in
                _ = try await session.runScript("ALTER DATABASE \"\(database)\" SET standard_conforming_strings TO off")
            }
            let server = try await PooledServer.start(poolSize: 1, database: database)

            try await withClient(server.pooled) { client in
                let error = await driverError { try await client.run(Statement<Void>("SELECT 1")) }
                #expect(error?.kind == .configuration)
                #expect(error?.outcome == .notSent)
                #expect(error?.message.contains("standard_conforming_strings") == true)
            }
            await server.pooler.stop()
        }
    }
}
