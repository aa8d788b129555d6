import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import PostgresDriver
import Testing

/// K14: what has expired is purged in batches while tokens are issued and refreshed, and the purge's session is killed half-way.
///
/// Nothing that is valid goes, a used refresh token is noticed until it expires, and the purge that comes after counts exactly what was left.
@Suite("K14 A purge that is killed half-way", .serialized, .database, .requiresServer, .faults)
struct KilledPurgeFaultTests {
    private struct Tally: Sendable {
        var killed = 0
        var purged = 0
        var miscounted = 0
        var wronglyDeleted = 0
        var reuseMissed = 0
    }

    @Test func aPurgeThatIsKilledTakesNothingThatIsValidAndTheNextOneCountsTheRest() async throws {
        let database = try await TestDatabase.lent()
        let options = StoreOptions(timeSource: ManualTimeSource())
        let store = try await DataStore.postgres(database.configuration, options: options)
        var configuration = database.configuration
        configuration.applicationName = "purge-\(UInt32.random(in: .min ... .max))"
        let client = try PostgresClient(connection: database.configuration.connection)
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let team = try await store.teams.createTeam(.fixture(owner: user)).id
        let (rounds, size) = (FaultSize.of(ci: 8, long: 60), FaultSize.of(ci: 6_000, long: 50_000))
        var tally = Tally()

        for _ in 0..<rounds {
            try await Self.expire(size, user: user, team: team, client)
            let used = try await store.tokens.issueRefreshToken(NewRefreshToken(user: user, team: team, client: "client"))
            let pair = try await store.tokens.refresh(used.token.reveal(), client: "client")
            let valid = try await Self.valid(client)
            let purger = try await DataStore.postgres(configuration, options: options)

            async let purge = Self.purge(purger)
            async let load = Self.load(store, user: user, team: team)
            try await Self.kill(configuration.applicationName, whenFewerThan: size, client)
            if try await purge == nil { tally.killed += 1 }
            let issued = try await load
            await purger.close()

            let left = try await client.run(Self.expired).rows[0]
            let purged = try await store.tokens.purgeExpired(batchSize: 500)
            tally.purged += size * 2 - Int(left)
            if purged.accessTokens + purged.refreshTokens != Int(left) { tally.miscounted += 1 }
            tally.wronglyDeleted += Set(valid).subtracting(try await Self.valid(client)).count
            for token in issued + [pair.access.token.reveal()] where try await store.tokens.verify(token) == nil { tally.wronglyDeleted += 1 }
            let error = await #expect(throws: DataError.self) { _ = try await store.tokens.refresh(used.token.reveal(), client: "client") }
            if error?.rule != .reusedGrant { tally.reuseMissed += 1 }
        }

        #expect(tally.killed > 0 && tally.purged > 0)
        #expect(tally.miscounted == 0 && tally.wronglyDeleted == 0 && tally.reuseMissed == 0, "\(tally)")
        await client.close()
        await store.close()
        FaultReport.row(
            "K14",
            "\(rounds) purges of \(size * 2) expired tokens under load, \(tally.killed) killed half-way; valid ones deleted \(tally.wronglyDeleted), wrong counts of "
                + "the next purge \(tally.miscounted), second uses missed \(tally.reuseMissed)")
    }

    private static let expired: Statement<Int64> = """
        SELECT (SELECT count(*) FROM "oauth_access_tokens" WHERE "expires_at" < '1970-01-01') +
            (SELECT count(*) FROM "oauth_refresh_tokens" WHERE "expires_at" < '1970-01-01')
        """

    /// Makes tokens that expired before the time at which tests begin.
    private static func expire(_ count: Int, user: UserID, team: TeamID, _ client: PostgresClient) async throws {
        for (table, more, values) in [("oauth_access_tokens", "", ""), ("oauth_refresh_tokens", ", \"family_id\"", ", id")] {
            try await client.withConnection { session in
                _ = try await session.runScript(
                    """
                    INSERT INTO "\(table)" ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "expires_at"\(more))
                    SELECT id, '\(user)', '\(team)', 'client', '{}', id, '1960-01-01'\(values)
                    FROM (SELECT gen_random_uuid()::text FROM generate_series(1, \(count))) AS made (id)
                    """)
            }
        }
    }

    private static func valid(_ client: PostgresClient) async throws -> [String] {
        try await client.run(
            """
            SELECT "id" FROM "oauth_access_tokens" WHERE "expires_at" > '1970-01-01'
            UNION ALL SELECT "id" FROM "oauth_refresh_tokens" WHERE "expires_at" > '1970-01-01'
            """ as Statement<String>
        ).rows
    }

    /// How many tokens a purge says that it has deleted; nothing when it was killed.
    private static func purge(_ store: DataStore) async throws(DataError) -> Int? {
        do {
            return try await store.tokens.purgeExpired(batchSize: 100).accessTokens
        } catch {
            guard error.outcome == .unknown || (error.cause ?? error.kind) == .unavailable else { throw error }
            return nil
        }
    }

    private static func load(_ store: DataStore, user: UserID, team: TeamID) async throws -> [String] {
        var issued: [String] = []
        for _ in 0..<20 {
            let refresh = try await store.tokens.issueRefreshToken(NewRefreshToken(user: user, team: team, client: "client"))
            issued.append(try await store.tokens.refresh(refresh.token.reveal(), client: "client").access.token.reveal())
        }
        return issued
    }

    /// Ends the sessions of an application as soon as a part of what has expired is gone.
    private static func kill(_ application: String, whenFewerThan count: Int, _ client: PostgresClient) async throws {
        let watchdog = ContinuousClock.now + .seconds(60)
        while try await client.run(expired).rows[0] > Int64(count * 3 / 2), ContinuousClock.now < watchdog {}
        let terminate: Statement<Bool> = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \(application)"
        _ = try await client.run(terminate).rows
    }
}
