import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingTeamsTests {
    @Test(arguments: Backend.all)
    func aPatchChangesWhatItNamesAndTheTimeOfTheChange(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        scene.clock.advance(by: .microseconds(1))

        let updated = try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(name: " New Name ", description: .set("New")))

        var expected = scene.team
        expected.name = "New Name"
        expected.description = "New"
        expected.updatedAt = scene.clock.now()
        #expect(updated == expected)
        #expect(try await scene.store.teams.team(scene.team.id) == expected)
    }

    @Test(arguments: Backend.all)
    func aDescriptionIsKeptClearedOrSet(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(description: .set("Text")))?.description == "Text")
        #expect(try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(name: "Name"))?.description == "Text")
        #expect(try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(description: .set("")))?.description?.isEmpty == true)
        #expect(try await scene.store.teams.updateTeam(scene.team.id, TeamPatch(description: .clear))?.description == nil)
    }

    @Test(arguments: Backend.all)
    func anEmptyPatchChangesOnlyTheTimeOfTheChange(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        scene.clock.advance(by: .seconds(1))

        var expected = scene.team
        expected.updatedAt = scene.clock.now()
        #expect(try await scene.store.teams.updateTeam(scene.team.id, TeamPatch()) == expected)
    }

    @Test(arguments: Backend.all)
    func aNewNameIsTrimmedAndStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        scene.clock.advance(by: .seconds(1))

        #expect(try await scene.store.teams.updateTeamName(scene.team.id, "\t Renamed \n"))

        let team = try #require(try await scene.store.teams.team(scene.team.id))
        #expect(team.name == "Renamed")
        #expect(team.updatedAt == scene.clock.now())
        #expect(team.createdAt == scene.team.createdAt)
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamIsNotChanged(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.updateTeam("nothing", TeamPatch(name: "Name")) == nil)
        #expect(try await !scene.store.teams.updateTeamName("nothing", "Name"))
        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func twoTeamsMayHaveOneName(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))

        #expect(try await scene.store.teams.updateTeamName(other.id, scene.team.name))
    }
}
