import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import Testing

/// The code on the README's first screen, as it stands there but for the line that opens the store. Its second step is refused behind a pooler.
@Suite(.database, .enabled("Migrations need a direct connection.") { ProcessInfo.processInfo.environment["TEST_POSTGRES_POOLER"] != "1" })
struct ReadmeExampleTests {
    @Test(arguments: Backend.all)
    func theFourStepsWork(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.migrate()

        let ada = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let hits = try await store.catalog.search("\"vector search\" -legacy", viewer: .member(of: []))
        try await store.transaction { store in
            let team = try await store.teams.createTeam(NewTeam(name: "Analytics", owner: ada.id))
            try await store.notifications.notifyTeam(team.id, title: "Welcome", message: "Your team is ready.")
        }

        #expect(hits.total == 0)
        #expect(try await store.notifications.unreadCount(user: ada.id) == 1)
        #expect(try await store.teams.teams(of: ada.id).map(\.name) == ["ada", "Analytics"])
        await store.close()
    }
}
