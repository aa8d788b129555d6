import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TeamSlugTests {
    private static let examples: [(name: String, slug: String)] = [
        ("Acme", "acme"),
        ("  ACME  Corp.  ", "acme-corp"),
        ("a__b--c", "a-b-c"),
        ("-Acme-", "acme"),
        ("Caf\u{e9} 24", "caf-24"),
        ("日本語チーム", "team"),
        ("日本 A", "a"),
        ("!!!", "team"),
        ("'; DROP TABLE \"teams\"; --", "drop-table-teams"),
        (String(repeating: "x", count: 100), String(repeating: "x", count: 63)),
        (String(repeating: "x", count: 62) + " y", String(repeating: "x", count: 62)),
    ]

    @Test(arguments: Backend.all)
    func theSlugIsMadeFromTheName(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for (name, slug) in Self.examples {
            let team = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: name))

            #expect(team.slug == slug)
            _ = try await scene.store.teams.deleteTeam(team.id)
        }
    }

    @Test(arguments: Backend.all)
    func theSlugIsMadeFromTheGivenTextInstead(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let team = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "日本語チーム", slug: "Nihongo Team"))

        #expect(team.slug == "nihongo-team")
        #expect(team.name == "日本語チーム")
    }

    @Test(arguments: Backend.all)
    func aTakenSlugGetsTheNextNumber(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var slugs: [String] = []

        for _ in 1...4 {
            let owner = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)
            slugs.append(try await scene.store.teams.createTeam(.fixture(owner: owner.id, name: "日本語")).slug)
        }

        #expect(slugs == ["team", "team-2", "team-3", "team-4"])
    }

    @Test(arguments: Backend.all)
    func aNumberThatIsTakenByAnotherNameIsPassedOver(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "Acme 2"))
        try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "Acme"))

        let team = try await scene.store.teams.createTeam(.fixture(owner: scene.administrator.id, name: "acme"))

        #expect(team.slug == "acme-3")
    }

    @Test(arguments: Backend.all)
    func aLongSlugIsShortenedSoThatItsNumberFits(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let name = String(repeating: "x", count: 70)
        try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: name))

        let second = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: name))

        #expect(second.slug == String(repeating: "x", count: 61) + "-2")
        #expect(second.slug.utf8.count == 63)
    }

    @Test(arguments: Backend.all)
    func aSlugThatIsShortenedAtAHyphenHasOneHyphenBeforeItsNumber(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let name = String(repeating: "x", count: 60) + " yy"
        let first = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: name))

        let second = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: name))

        #expect(first.slug == String(repeating: "x", count: 60) + "-yy")
        #expect(second.slug == String(repeating: "x", count: 60) + "-2")
    }

    @Test(arguments: Backend.all)
    func theSlugStaysWhenTheNameChanges(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.updateTeamName(scene.team.id, "Something Else"))

        #expect(try await scene.store.teams.team(scene.team.id)?.slug == scene.team.slug)
    }

    @Test(arguments: Backend.all)
    func aSlugIsFoundExactlyAsItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.team(slug: scene.team.slug)?.id == scene.team.id)
        #expect(try await scene.store.teams.team(slug: scene.team.slug.uppercased()) == nil)
        #expect(try await scene.store.teams.team(slug: scene.team.slug + " ") == nil)
    }
}
