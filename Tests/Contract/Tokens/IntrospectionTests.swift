import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import Testing

@Suite(.database)
struct IntrospectionTests {
    @Test(arguments: Backend.all)
    func anActiveTokenSaysWhatItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id, clientID: "cursor"))

        let introspection = try await scene.store.tokens.introspect(issued.token.reveal())

        #expect(introspection.isActive && introspection.inactivity == nil)
        let details = try #require(introspection.details)
        #expect(details.scopes == TokenScope.all && details.clientID == "cursor")
        #expect(details.username == scene.owner.username && details.subject == scene.owner.id)
        #expect(details.audience == "deploystack:team:\(scene.team.id)" && details.issuer == nil)
        #expect(details.issuedAt == issued.record.createdAt && details.expiresAt == issued.record.expiresAt)
        #expect(details.teamID == scene.team.id && details.teamName == scene.team.name && details.teamRole == .administrator)
        #expect(details.teamPermissions.contains("installations.manage"))
    }

    @Test(arguments: Backend.all)
    func theAnswerIsThatOfRFC7662(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        var options = StoreOptions(timeSource: clock)
        options.tokenIssuer = "https://deploy.example"
        let store = try await backend.makeStore(options: options)
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let issued = try await store.tokens.issueAccessToken(
            .fixture(user: user.id, team: team.id, clientID: "cursor", scopes: [.read, .executeTools], resource: "https://example.org/mcp"))

        let answer = try JSONDecoder().decode(
            JSONValue.self, from: JSONEncoder().encode(try await store.tokens.introspect(issued.token.reveal())))

        #expect(answer["active"] == true && answer["scope"] == "mcp:read mcp:tools:execute" && answer["client_id"] == "cursor")
        #expect(answer["username"]?.string == user.username && answer["sub"]?.string == user.id.rawValue)
        #expect(answer["aud"] == "https://example.org/mcp" && answer["iss"] == "https://deploy.example")
        #expect(answer["exp"]?.int == Int(issued.record.expiresAt.microsecondsSinceEpoch / 1_000_000))
        #expect(answer["iat"]?.int == Int(issued.record.createdAt.microsecondsSinceEpoch / 1_000_000))
        #expect(answer["team_id"]?.string == team.id.rawValue && answer["team_name"]?.string == team.name && answer["team_role"] == "team_admin")
        #expect(answer["team_permissions"]?.array?.contains("team.view") == true)

        let inactive = try JSONEncoder().encode(try await store.tokens.introspect("nothing"))
        #expect(String(decoding: inactive, as: UTF8.self) == #"{"active":false}"#)
    }

    @Test(arguments: Backend.all)
    func whatIsNotValidIsInactiveAndNothingTellsWhy(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let pair = try await scene.grant()
        let revoked = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))
        _ = try await scene.store.tokens.revokeAccessToken(revoked.record.id)
        let expired = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))
        scene.clock.set(to: expired.record.expiresAt)

        let others = ["", "nothing", "dsa_" + String(repeating: "A", count: 43), pair.refreshText, revoked.token.reveal(), expired.token.reveal()]
        for token in others {
            #expect(try await scene.store.tokens.introspect(token) == TokenIntrospection(inactive: .notValid))
        }
    }

    @Test(arguments: Backend.all)
    func anotherTeamOrAudienceThanExpectedIsInactive(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let plain = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id)).token.reveal()
        let bound = try await scene.store.tokens.issueAccessToken(
            .fixture(user: scene.owner.id, team: scene.team.id, resource: "https://example.org/mcp")
        ).token.reveal()
        let generic = "deploystack:team:\(scene.team.id)"

        func introspect(_ token: String, team: TeamID? = nil, audience: String? = nil) async throws -> TokenIntrospection.Inactivity? {
            try await scene.store.tokens.introspect(token, expectedTeam: team, expectedAudience: audience).inactivity
        }
        #expect(try await introspect(plain, team: scene.team.id, audience: generic) == nil)
        #expect(try await introspect(bound, audience: "https://example.org/mcp") == nil)
        #expect(try await introspect(plain, team: "other") == .otherTeam)
        #expect(try await introspect(bound, audience: generic) == .otherAudience)
        #expect(try await introspect(plain, audience: "https://example.org/mcp") == .otherAudience)
    }
}
