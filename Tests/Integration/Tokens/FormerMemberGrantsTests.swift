import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A membership that somebody deletes beside the library leaves grants behind. They give nothing, and burn nothing.
@Suite(.requiresServer, .database)
struct FormerMemberGrantsTests {
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let client: OAuthClientID = "cursor_mcp_client"
    private static let redirectURI = "http://127.0.0.1:51234/callback"
    private static let notMember = DataError.ruleViolation(.notMember, "a token is issued to members of its team only")

    private static func code(of user: UserID, _ team: TeamID, in store: DataStore) async throws -> String {
        let request = try await store.tokens.createAuthorizationRequest(
            NewAuthorizationRequest(
                user: user, team: team, client: client, redirectURI: redirectURI, codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        return try await store.tokens.approve(request.id).reveal()
    }

    private static func redeem(_ code: String, in store: DataStore) async throws -> TokenPair {
        try await store.tokens.exchangeCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
    }

    @Test func whoIsNoLongerAMemberGetsNothingAndNothingIsBurnt() async throws {
        let store = try await Backend.postgres.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let pair = try await Self.redeem(Self.code(of: user.id, team.id, in: store), in: store)
        let refresh = try #require(pair.refresh?.token.reveal())
        let open = try await Self.code(of: user.id, team.id, in: store)
        let database = try await TestDatabase.lent()
        let membership =
            "INSERT INTO \"teamMemberships\" (\"id\", \"team_id\", \"user_id\", \"role\") VALUES ('again', '\(team.id)', '\(user.id)', 'team_user')"

        try await database.run("DELETE FROM \"teamMemberships\" WHERE \"user_id\" = '\(user.id)'")

        await #expect(throws: Self.notMember) { try await store.tokens.refresh(refresh, client: Self.client) }
        await #expect(throws: Self.notMember) { try await Self.redeem(open, in: store) }
        #expect(try await store.tokens.introspect(pair.access.token.reveal()) == TokenIntrospection(inactive: .notValid))
        try await database.run(membership)
        _ = try await store.tokens.refresh(refresh, client: Self.client)
        _ = try await Self.redeem(open, in: store)
    }

    /// What is used twice ends its family, whether or not the user is still a member.
    @Test func aSecondUseByAFormerMemberEndsTheFamily() async throws {
        let store = try await Backend.postgres.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let code = try await Self.code(of: user.id, team.id, in: store)
        let first = try await Self.redeem(code, in: store)
        let other = try await Self.redeem(Self.code(of: user.id, team.id, in: store), in: store)
        let used = try #require(other.refresh?.token.reveal())
        _ = try await store.tokens.refresh(used, client: Self.client)
        try await TestDatabase.lent().run("DELETE FROM \"teamMemberships\" WHERE \"user_id\" = '\(user.id)'")

        let replayedCode = await #expect(throws: DataError.self) { try await Self.redeem(code, in: store) }
        let replayedToken = await #expect(throws: DataError.self) { try await store.tokens.refresh(used, client: Self.client) }

        #expect(replayedCode?.rule == .reusedGrant)
        #expect(replayedToken?.rule == .reusedGrant)
        for family in [first, other].compactMap(\.access.record.familyID) {
            #expect(try await store.tokens.revokeFamily(TokenFamilyID(family)) == 0)
        }
    }
}
