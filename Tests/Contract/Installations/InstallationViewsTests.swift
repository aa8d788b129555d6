import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstallationViewsTests {
    @Test(arguments: Backend.all)
    func aViewHasTheInstallationItsServerAsListsShowItAndTheTeam(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var server = try await scene.addServer(.fixture(description: "It serves.", tags: ["b", "a"], metadata: ["k": [1, 2]]))
        let detail = try await scene.install(server)

        let views = try await scene.store.installations.installationViews(team: scene.team.id)

        server.details = nil
        #expect(views == [McpInstallationView(installation: detail.installation, server: server, team: scene.team)])
    }

    @Test(arguments: Backend.all)
    func viewsAreNewestFirstAndByPage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        for name in ["1", "2", "3", "4"] {
            scene.clock.advance(by: .microseconds(1))
            try await scene.install(server, name: name)
        }
        let service = scene.store.installations

        #expect(try await service.installationViews(team: scene.team.id).map(\.installation.name) == ["4", "3", "2", "1"])
        #expect(
            try await service.installationViews(team: scene.team.id, page: Page(limit: 2, offset: 1)).map(\.installation.name) == ["3", "2"])
        #expect(try await service.installationViews(team: scene.team.id, page: Page(limit: 2, offset: 4)).isEmpty)
    }

    @Test(arguments: Backend.all)
    func viewsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        for _ in 1...8 { try await scene.install(server) }

        let ids = try await scene.store.installations.installationViews(team: scene.team.id).map(\.id)

        #expect(ids == ids.sorted().reversed())
    }

    @Test(arguments: Backend.all)
    func aTeamSeesItsOwnInstallationsOnly(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        try await scene.install(try await scene.addServer())

        #expect(try await scene.store.installations.installationViews(team: other.id).isEmpty)
        #expect(try await scene.store.installations.installationViews(team: "nothing").isEmpty)
        #expect(try await scene.store.installations.installationViews(team: "nothing", tagged: []).isEmpty)
    }

    private static let tagged: [(tags: [String], match: TagMatch, names: [String])] = [
        (["db"], .all, ["b", "a"]), (["db", "sql"], .all, ["a"]), (["db", "web"], .all, []), ([], .all, ["c", "b", "a"]),
        (["sql", "web"], .any, ["c", "a"]), (["DB"], .any, []), ([], .any, []),
    ]

    @Test(arguments: Backend.all)
    func viewsAreChosenByTheTagsOfTheirServers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for (name, tags) in [("a", ["db", "sql"]), ("b", ["db"]), ("c", ["web"])] {
            scene.clock.advance(by: .seconds(1))
            try await scene.install(try await scene.addServer(.fixture(tags: tags)), name: name)
        }

        for (tags, match, names) in Self.tagged {
            let views = try await scene.store.installations.installationViews(team: scene.team.id, tagged: tags, match: match)

            #expect(views.map(\.installation.name) == names, "\(tags) \(match)")
            #expect(views.allSatisfy { $0.team == scene.team && $0.server?.details == nil })
        }
    }

    @Test(arguments: Backend.all)
    func taggedViewsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: ["db"]))
        for _ in 1...8 { try await scene.install(server) }

        for match in [TagMatch.all, .any] {
            let ids = try await scene.store.installations.installationViews(team: scene.team.id, tagged: ["db"], match: match).map(\.id)
            #expect(ids.count == 8 && ids == ids.sorted().reversed(), "\(match)")
        }
    }

    @Test(arguments: Backend.all)
    func anInstallationIsDeletedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let first = try await scene.install(server)
        let second = try await scene.install(server)

        #expect(try await scene.store.installations.deleteInstallation(first.id))

        #expect(try await !scene.store.installations.deleteInstallation(first.id))
        #expect(try await !scene.store.installations.deleteInstallation("nothing"))
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).map(\.id) == [second.id])
    }
}
