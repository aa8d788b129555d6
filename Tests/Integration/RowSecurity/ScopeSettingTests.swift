import DeployStackData
import DeployStackDataTesting
import EphemeralPostgres
import PostgresDriver
import Testing

/// The scope of a transaction ends with it, on whatever connection it was.
@Suite(.database)
struct ScopeSettingTests {
    private static let count: Statement<Int> = #"SELECT count(*) FROM "teams""#

    private static func settings(_ word: String) -> TransactionSettings {
        let team = "team-\(word)"
        return TransactionSettings("SELECT set_config('deploystack.team', \(team), true)" as Statement<String>)
    }

    private static let names: Statement<String> = #"SELECT "id" FROM "teams" ORDER BY 1"#

    /// A team whose identifier is empty is what a policy would match that compares with a setting which has ended.
    private func teams() async throws -> (TwoTeams, ConnectionConfiguration) {
        let teams = try await TwoTeams.make()
        try await teams.database.run(
            #"INSERT INTO "teams" ("id", "name", "slug", "owner_id") VALUES ('', 'Nobody''s', 'nobodys', 'user-\#(TwoTeams.ours)')"#)
        var configuration = teams.database.configuration.connection
        configuration.user = teams.role
        return (teams, configuration)
    }

    @Test(.requiresServer, arguments: ["", "SET deploystack.team = ''", "RESET deploystack.team", "SET deploystack.team TO DEFAULT", "DISCARD ALL"])
    func aSettingThatIsMissingOrEmptyIsNobodys(_ statement: String) async throws {
        let (teams, configuration) = try await teams()
        let client = try PostgresClient(connection: configuration)

        let seen = try await client.withConnection { session in
            try await session.withTransaction { transaction in
                _ = try await transaction.run("SELECT set_config('deploystack.team', 'team-alpha', true)" as Statement<String>)
            }
            if !statement.isEmpty { _ = try await session.runScript(statement) }
            return try await session.run(Self.count).rows
        }

        #expect(seen == [0])
        await client.close()
        await teams.client.close()
    }

    /// On two connections, with statements of many callers on each, some of which fail or are given up.
    @Test(.requiresServer) func nothingIsLeftForTheNextBorrower() async throws {
        let (teams, configuration) = try await teams()
        let client = try PostgresClient(connection: configuration, pool: PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(60)))

        #expect(try await mix(client) == 0)
        await client.close()
        await teams.client.close()
    }

    @Test(.requiresServer, .enabled("There is no PgBouncer; install the package pgbouncer.") { PoolerProgram.find() != nil })
    func nothingIsLeftBehindAPooler() async throws {
        let (teams, configuration) = try await teams()
        let pooler = try await ThrowAwayPooler.start(before: ThrowAwayCluster.shared(), poolSize: 2, serverUser: teams.role)
        var pooled = configuration
        (pooled.host, pooled.port, pooled.route) = (pooler.socketDirectory, pooler.port, .transactionPooler)
        let client = try PostgresClient(connection: pooled, pool: PoolConfiguration(maxConnections: 16, acquireTimeout: .seconds(60)))

        #expect(try await mix(client) == 0)
        await client.close()
        await pooler.stop()
        await teams.client.close()
    }

    /// Runs statements for our team, for the other one and for nobody, in turns and at once.
    ///
    /// - Returns: How many saw anything but what they should.
    private func mix(_ client: PostgresClient) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<32 {
                group.addTask {
                    var wrong = 0
                    for turn in 0..<25 {
                        let word: String? = [TwoTeams.ours, TwoTeams.theirs, nil][(task + turn) % 3]
                        let expected = word.map { ["team-\($0)"] } ?? []
                        let settings = word.map(Self.settings)
                        switch turn % 5 {
                        case 0:
                            let failing: Statement<Int> = #"SELECT 1 / (count(*) - count(*)) FROM "teams""#
                            _ = try? await client.run(failing, with: settings)
                        case 1:
                            let slow: Statement<Int> = #"SELECT count(*) FROM "teams", pg_sleep(0.002)"#
                            let call = Task { try await client.run(slow, with: settings) }
                            call.cancel()
                            _ = try? await call.value
                        case 2:
                            let seen = try await client.withTransaction(settings: settings) { transaction in
                                try await transaction.run(Self.names).rows
                            }
                            if seen != expected { wrong += 1 }
                        case 3:
                            let update: Statement<String> = #"UPDATE "teams" SET "updated_at" = now() RETURNING "id""#
                            if try await client.run(update, with: settings).rows != expected { wrong += 1 }
                        default:
                            if try await client.run(Self.names, with: settings).rows != expected { wrong += 1 }
                        }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
    }
}
