import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SearchingInstallationsTests {
    /// A team with three servers installed, and a server that nobody installed.
    private static func scene(on backend: Backend) async throws -> TeamScene {
        let scene = try await TeamScene.make(on: backend)
        for (name, description) in [
            ("Reports", "Writes the quarterly report from a database"), ("Database", "A database of databases, for databases"),
            ("Weather", "Tells whether it rains"),
        ] {
            scene.clock.advance(by: .seconds(1))
            try await scene.install(try await scene.addServer(.fixture(name: name, description: description)), name: name)
        }
        _ = try await scene.addServer(.fixture(name: "Other database", description: "database"))
        return scene
    }

    @Test(arguments: Backend.all)
    func theBestHitOfWhatTheTeamInstalledIsFirst(_ backend: Backend) async throws {
        let scene = try await Self.scene(on: backend)

        let found = try await scene.store.installations.searchInstallations(team: scene.team.id, text: "databases")

        #expect(found.items.map(\.view.installation.name) == ["Database", "Reports"])
        #expect(found.total == 2 && found.items[0].rank > found.items[1].rank && found.items[1].rank > 0)
        let views = try await scene.store.installations.installationViews(team: scene.team.id)
        #expect(Set(found.items.map(\.view)).isSubset(of: views))
    }

    @Test(arguments: Backend.all)
    func hitsOfOneRankAreNewestFirstAndByPage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(name: "Weather", description: "Tells whether it rains"))
        for number in 1...6 {
            if number % 2 == 0 { scene.clock.advance(by: .seconds(1)) }
            try await scene.install(server)
        }
        let service = scene.store.installations

        let all = try await service.searchInstallations(team: scene.team.id, text: "rain", page: Page(limit: 100))
        let pages = [0, 2, 4].map { Page(limit: 2, offset: $0) }
        var parts: [McpInstallationSearchHit] = []
        for page in pages { parts += try await service.searchInstallations(team: scene.team.id, text: "rain", page: page).items }

        #expect(all.items.map(\.id) == (try await service.installationIDs(team: scene.team.id)))
        #expect(parts == all.items && all.total == 6)
        let beyond = try await service.searchInstallations(team: scene.team.id, text: "rain", page: Page(limit: 2, offset: 6))
        #expect(beyond.items.isEmpty && beyond.total == 6)
    }

    private static let queries: [(text: String, names: Set<String>)] = [
        ("\"quarterly report\"", ["Reports"]), ("database -report", ["Database"]), ("rain or report", ["Reports", "Weather"]), ("", []),
        ("the", []), ("nothing", []), ("& | ! ( '", []),
    ]

    @Test(arguments: Backend.all)
    func whatPeopleTypeIsUnderstood(_ backend: Backend) async throws {
        let scene = try await Self.scene(on: backend)

        for (text, names) in Self.queries {
            let found = try await scene.store.installations.searchInstallations(team: scene.team.id, text: text)
            #expect(Set(found.items.map(\.view.installation.name)) == names && found.total == names.count, "\(text)")
        }
    }

    @Test(arguments: Backend.all)
    func aTeamSearchesItsOwnInstallationsOnly(_ backend: Backend) async throws {
        let scene = try await Self.scene(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))

        for team in [other.id, "nothing", "", "a\0b"] {
            let found = try await scene.store.installations.searchInstallations(team: team, text: "database")
            #expect(found == PageResult(items: [], total: 0, page: .first))
        }
        await expectInvalid("text") { _ = try await scene.store.installations.searchInstallations(team: scene.team.id, text: "a\0b") }
    }
}
