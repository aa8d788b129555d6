import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ListingInstallationsTests {
    @Test(arguments: Backend.all)
    func anItemHasTheServerAndTheViewersOwnInstance(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let server = try await scene.addServer(
            .fixture(description: "It serves.", runtime: "node", repositoryURL: "https://github.com/acme/tool"))
        let made = try await scene.install(server, name: "tool")
        let happened = scene.clock.now() + .seconds(3)
        try await scene.store.instances.updateStatus(
            installation: made.id, user: member.id, status: .error, message: "it crashed", at: happened)

        let items = try await scene.store.installations.listInstallations(team: scene.team.id, viewer: member.id)

        let instance = try #require(made.instances.first { $0.userID == member.id })
        let expected = McpInstallationListItem(
            id: made.id, teamID: scene.team.id, name: "tool", type: .global, createdBy: scene.owner.id, createdAt: made.installation.createdAt,
            lastUsedAt: nil,
            server: .init(
                id: server.id, name: server.name, slug: server.slug, description: "It serves.", iconURL: nil, categoryID: nil, runtime: "node",
                transport: .http, source: .manual, repositoryURL: "https://github.com/acme/tool", gitBranch: nil, gitCommitSHA: nil),
            instance: .init(id: instance.id, status: .error, statusMessage: "it crashed", statusUpdatedAt: happened), counts: nil)
        #expect(items == [expected])
    }

    @Test(arguments: Backend.all)
    func whoHasNoInstanceSeesTheListAllTheSame(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await scene.install(try await scene.addServer())

        for viewer in [scene.administrator.id, "nobody", "", "a\0b"] {
            let items = try await scene.store.installations.listInstallations(team: scene.team.id, viewer: viewer)
            #expect(items.map(\.id) == [made.id] && items.allSatisfy { $0.instance == nil })
        }
        #expect(try await scene.store.installations.listInstallations(team: "nothing", viewer: scene.owner.id).isEmpty)
        #expect(try await scene.store.installations.listInstallations(team: "a\0b", viewer: scene.owner.id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func countsAreThoseOfAllMembersInTheirGroups(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var users = [scene.owner.id]
        for _ in 1..<McpInstanceStatus.known.count { users.append(try await scene.addMember().id) }
        let server = try await scene.addServer()
        let full = try await scene.install(server)
        let empty = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))
        for (user, status) in zip(users, McpInstanceStatus.known) {
            try await scene.store.instances.updateStatus(installation: full.id, user: user, status: status, at: scene.clock.now())
        }

        let items = try await scene.store.installations.listInstallations(team: scene.team.id, viewer: scene.owner.id, includeStats: true)

        let counts = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.counts) })
        #expect(counts[full.id] == McpInstanceCounts(online: 1, offline: 1, error: 3, provisioning: 7))
        #expect(counts[empty.id] == McpInstanceCounts())
        #expect(counts[full.id]??.total == 12)
    }

    @Test(arguments: Backend.all)
    func itemsAreNewestFirstChosenBySourceAndByPage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (manual, deployed) = (try await scene.addServer(), try await scene.addServer(.fixture(source: .github)))
        for (name, server) in [("1", manual), ("2", deployed), ("3", manual), ("4", deployed), ("5", deployed)] {
            scene.clock.advance(by: .seconds(1))
            try await scene.install(server, name: name)
        }
        let service = scene.store.installations
        func names(_ source: McpServerSource? = nil, _ page: Page? = nil, stats: Bool = false) async throws -> [String] {
            try await service.listInstallations(team: scene.team.id, viewer: scene.owner.id, source: source, includeStats: stats, page: page)
                .map(\.name)
        }

        #expect(try await names() == ["5", "4", "3", "2", "1"])
        #expect(try await names(.github) == ["5", "4", "2"])
        #expect(try await names(.officialRegistry).isEmpty)
        #expect(try await names(nil, Page(limit: 2, offset: 1)) == ["4", "3"])
        #expect(try await names(.github, Page(limit: 1, offset: 2), stats: true) == ["2"])
        #expect(try await names(nil, Page(limit: 100, offset: 5), stats: true).isEmpty)
    }

    @Test(arguments: Backend.all)
    func itemsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        for _ in 1...8 { try await scene.install(server) }

        let ids = try await scene.store.installations.listInstallations(team: scene.team.id, viewer: scene.owner.id).map(\.id)

        #expect(ids.count == 8 && ids == ids.sorted().reversed())
    }

    @Test(arguments: Backend.all)
    func aPageOrASourceThatCannotBeIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let service = scene.store.installations

        await expectInvalid("page.limit") {
            _ = try await service.listInstallations(
                team: scene.team.id, viewer: scene.owner.id, source: nil, includeStats: false, page: Page(limit: 0))
        }
        await expectInvalid("source") {
            _ = try await service.listInstallations(team: scene.team.id, viewer: scene.owner.id, source: .unknown("elsewhere"))
        }
        await expectInvalid("page.offset") {
            _ = try await service.searchInstallations(team: scene.team.id, text: "x", page: Page(offset: -1))
        }
    }
}
