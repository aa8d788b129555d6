import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What a removed member leaves in the database, also of what no call shows.
@Suite(.requiresServer, .database)
struct RemovedMemberRowsTests {
    private static let tables = [
        "mcpServerInstances", "mcpUserConfigurations", "oauth_access_tokens", "oauth_authorization_codes", "oauth_refresh_tokens",
        "oauth_team_consents", "teamMemberships",
    ]

    @Test func nothingOfTheMemberIsLeftInTheTeamAndAllOfItInOthers() async throws {
        let database = try await TestDatabase.lent()
        let store = try await DataStore.postgres(database.configuration)
        let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let member = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let server = try await store.catalog.create(.fixture(), by: .system)
        var teams: [TeamID] = []
        for _ in 1...2 {
            let team = try await store.teams.createTeam(.fixture(owner: owner)).id
            try await store.teams.addMember(member, to: team)
            try await store.installations.createInstallation(team: team, user: owner, .fixture(serverID: server.id))
            _ = try await store.tokens.issueAccessToken(.fixture(user: member, team: team))
            teams.append(team)
        }
        try await addRowsThatNoCallMakes(database)
        let before = try await rows(of: member, in: database)

        try await store.teams.removeMember(member, from: teams[0])

        let after = try await rows(of: member, in: database)
        for table in Self.tables {
            #expect(before[table]?.count == 2, "\(table)")
            #expect(after[table]?.count == 1, "\(table)")
        }
        #expect(try await rows(of: owner, in: database)["oauth_refresh_tokens"]?.count == 2)
        #expect(try await store.teams.removeMember(member, from: teams[1]))
        #expect(try await rows(of: member, in: database).values.allSatisfy { $0.isEmpty })
        await store.close()
    }

    /// Refresh tokens, codes, consents and configurations of every member in every team.
    private func addRowsThatNoCallMakes(_ database: TestDatabase) async throws {
        try await database.run(
            """
            INSERT INTO "oauth_refresh_tokens" ("id", "user_id", "team_id", "client_id", "token_hash", "scope", "family_id", "expires_at")
            SELECT "id", "user_id", "team_id", 'client', "id", '{mcp:read}', "id", now()
            FROM "teamMemberships"
            """)
        try await database.run(
            """
            INSERT INTO "oauth_authorization_codes" ("id", "user_id", "team_id", "client_id", "redirect_uri", "scope", "state", "code_challenge",
                "code_challenge_method", "expires_at")
            SELECT "id", "user_id", "team_id", 'client', 'https://example.org', '{mcp:read}', 'state', 'challenge', 'S256', now()
            FROM "teamMemberships"
            """)
        try await database.run(
            """
            INSERT INTO "oauth_team_consents" ("id", "user_id", "team_id", "client_id", "scope")
            SELECT "id", "user_id", "team_id", 'client', '{mcp:read}'
            FROM "teamMemberships"
            """)
        try await database.run(
            """
            INSERT INTO "mcpUserConfigurations" ("id", "installation_id", "user_id")
            SELECT m."id" || i."id", i."id", m."user_id"
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "teamMemberships" AS m ON m."team_id" = i."team_id"
            """)
    }

    private func rows(of user: UserID, in database: TestDatabase) async throws -> [String: [Substring]] {
        var rows: [String: [Substring]] = [:]
        for table in Self.tables {
            rows[table] = try await database.text(of: table).split(separator: "\n").filter { $0.contains(user.rawValue) }
        }
        return rows
    }
}
