import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Testing

/// What a store does when the server's processes that serve it are ended under it.
@Suite(.database)
struct KilledBackendsTests {
    @Test(.requiresServer) func killedBackendsGiveTypedErrorsAndTheStoreWorksAgain() async throws {
        let database = try await TestDatabase.lent()
        let store = try await DataStore.postgres(database.configuration)
        let owner = try await store.users.createUser(.fixture())
        let team = try await store.teams.createTeam(.fixture(owner: owner.id))
        let killer = try PostgresClient(connection: database.configuration.connection)

        let errors = try await withThrowingTaskGroup(of: [DataError].self) { group in
            for worker in 0..<8 {
                group.addTask { await Self.work(store, team: team.id, worker: worker) }
            }
            for _ in 0..<20 { try await Self.killAll(except: killer) }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let found = try await store.teams.team(team.id)

        #expect(found?.id == team.id)
        // A write whose answer was lost has a kind of its own.
        #expect(errors.filter { ($0.cause ?? $0.kind) != .unavailable || ($0.kind == .outcomeUnknown) != ($0.outcome == .unknown) }.isEmpty)
        await store.close()
        await killer.close()
    }

    @Test(.requiresServer) func aTransactionWhoseBackendIsKilledLeavesNothing() async throws {
        let database = try await TestDatabase.lent()
        let store = try await DataStore.postgres(database.configuration)
        let owner = try await store.users.createUser(.fixture())
        let killer = try PostgresClient(connection: database.configuration.connection)

        let error = await #expect(throws: DataError.self) {
            try await store.transaction { store in
                try await store.teams.createTeam(.fixture(owner: owner.id))
                try await Self.killAll(except: killer)
                _ = try await store.teams.teams(of: owner.id)
            }
        }

        #expect(error?.kind == .unavailable)
        #expect(error?.outcome == .failed)
        #expect(try await store.teams.teams(of: owner.id).count == 1)
        await store.close()
        await killer.close()
    }

    /// Reads and writes for as long as it takes to see every kind of moment at which a backend can go.
    private static func work(_ store: DataStore, team: TeamID, worker: Int) async -> [DataError] {
        var errors: [DataError] = []
        for round in 0..<150 {
            do throws(DataError) {
                if round.isMultiple(of: 2) {
                    _ = try await store.teams.team(team)
                } else {
                    _ = try await store.teams.updateTeamName(team, "Name \(worker) \(round)")
                }
            } catch {
                errors.append(error)
            }
        }
        return errors
    }

    private static func killAll(except killer: PostgresClient) async throws {
        _ = try await killer.run(
            Statement<Bool>(
                """
                SELECT pg_terminate_backend("pid")
                FROM "pg_stat_activity"
                WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "backend_type" = 'client backend'
                """))
    }
}
