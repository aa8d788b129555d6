import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TeamPagesTests {
    @Test(arguments: Backend.all)
    func aTeamRemovesItsOwnInstallationsAndNoOthers(_ backend: Backend) async throws {
        let platform = try await backend.makeStore()
        let pages = TeamPages(platform: platform, tenants: try await backend.makeTenantStore(on: platform))
        let (ada, bob) = (try await Team.make(in: platform), try await Team.make(in: platform))

        #expect(try await pages.remove(bob.installation, token: ada.token) == false)
        #expect(try await pages.remove(ada.installation, token: ada.token))

        #expect(try await pages.installations(token: ada.token) == [])
        #expect(try await pages.installations(token: bob.token)?.map(\.installation.id) == [bob.installation])
    }

    private struct Team {
        let installation: McpInstallationID
        let token: String

        static func make(in store: DataStore) async throws -> Team {
            let owner = try await store.users.createUser(.fixture()).id
            let team = try await store.teams.createTeam(.fixture(owner: owner)).id
            let server = try await store.catalog.create(.fixture(transport: .http), by: .system).id
            let installed = try await store.installations.createInstallation(team: team, user: owner, .fixture(serverID: server))
            let token = try await store.tokens.issueAccessToken(.fixture(user: owner, team: team)).token.reveal()
            return Team(installation: installed.installation.id, token: token)
        }
    }
}
