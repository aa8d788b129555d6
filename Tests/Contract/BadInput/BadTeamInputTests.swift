import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadTeamInputTests {
    private static let names = ["", " ", "\u{3000}\t\n", BadText.filled(101), String(repeating: "x", count: 1_000_000), "a\0b", "\0"]
    private static let descriptions = [BadText.filled(1_001), "a\0b"]

    @Test(arguments: Backend.all)
    func aBadNameSlugOrDescriptionIsRefusedAndNothingIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for name in Self.names {
            await expectInvalid("name") { try await scene.store.teams.createTeam(NewTeam(name: name, owner: scene.owner.id)) }
            await expectInvalid("name") { _ = try await scene.store.teams.updateTeamName(scene.team.id, name) }
            await expectInvalid("name") { _ = try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(name: name)) }
            await expectInvalid("name") { try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: name) }
        }
        for slug in ["", "  ", "a\0", BadText.filled(101)] {
            await expectInvalid("slug") { try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, slug: slug)) }
        }
        for description in Self.descriptions {
            await expectInvalid("description") {
                try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, description: description))
            }
            await expectInvalid("description") {
                _ = try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(description: .set(description)))
            }
        }

        #expect(try await scene.store.teams.teams(of: scene.owner.id) == [scene.team])
    }

    @Test(arguments: Backend.all)
    func aBadInputIsRefusedWhetherOrNotTheTeamExists(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectInvalid("name") { _ = try await store.teams.updateTeamName("nothing", "") }
        await expectInvalid("name") { _ = try await store.teams.updateTeam("nothing", TeamPatch(name: "")) }
        await expectInvalid("page.limit") { _ = try await store.teams.members(of: "nothing", page: Page(limit: 0)) }
    }

    @Test(arguments: Backend.all)
    func theLongestThatAreAllowedAreStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let team = try await scene.store.teams.createTeam(
            .fixture(owner: scene.owner.id, name: BadText.filled(100), description: BadText.filled(1_000)))

        #expect(try await scene.store.teams.team(team.id)?.name == BadText.filled(100))
        #expect(try await scene.store.teams.team(team.id)?.description == BadText.filled(1_000))
        #expect(team.slug == "team")
    }
}
