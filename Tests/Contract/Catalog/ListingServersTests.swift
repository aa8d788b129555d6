import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ListingServersTests {
    @Test(arguments: Backend.all)
    func aListIsByFeatureThenByTheBytesOfTheName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for name in ["b", "B", "a", "é", "Ä"] { try await store.catalog.create(.fixture(name: name), by: .system) }
        try await store.catalog.create(.fixture(name: "zzz", isFeatured: true), by: .system)

        let list = try await store.catalog.list(viewer: .administrator)

        #expect(list.items.map(\.name) == ["zzz", "B", "a", "b", "Ä", "é"])
        #expect(list.total == 6)
    }

    @Test(arguments: Backend.all)
    func serversOfOneNameAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for _ in 1...8 { try await store.catalog.create(.fixture(name: "Same"), by: .system) }

        let ids = try await store.catalog.list(viewer: .administrator).items.map(\.id)

        #expect(ids == ids.sorted())
    }

    @Test(arguments: Backend.all)
    func starsAreSortedWithTheUnknownLast(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for (name, stars) in [("few", 1), ("none", nil), ("many", 1_000), ("zero", 0), ("also few", 1)] as [(String, Int?)] {
            try await store.catalog.create(.fixture(name: name, gitHubStars: stars), by: .system)
        }

        let list = try await store.catalog.list(viewer: .administrator, sort: .gitHubStars)

        #expect(list.items.map(\.name) == ["many", "also few", "few", "zero", "none"])
    }

    @Test(arguments: Backend.all)
    func theNewestCanComeFirst(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        for name in ["first", "second", "third"] {
            clock.advance(by: .microseconds(1))
            try await store.catalog.create(.fixture(name: name, isFeatured: name == "first"), by: .system)
        }

        let list = try await store.catalog.list(viewer: .administrator, sort: .newest)

        #expect(list.items.map(\.name) == ["third", "second", "first"])
    }

    @Test(arguments: Backend.all)
    func listsLeaveOutTheDetails(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let server = try await store.catalog.create(.fixture(tags: ["a"], metadata: ["k": "v"]), by: .system)

        let listed = try #require(try await store.catalog.list(viewer: .administrator).items.first)

        var expected = server
        expected.details = nil
        #expect(listed == expected)
    }

    @Test(arguments: Backend.all)
    func pagesHaveTheTotalOfTheWholeList(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for name in ["a", "b", "c", "d", "e"] { try await store.catalog.create(.fixture(name: name), by: .system) }

        let middle = try await store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: Page(limit: 2, offset: 2))
        let beyond = try await store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: Page(limit: 2, offset: 50))

        #expect(middle.items.map(\.name) == ["c", "d"])
        #expect(middle.total == 5)
        #expect(middle.hasMore)
        #expect(beyond.items.isEmpty)
        #expect(beyond.total == 5)
        #expect(!beyond.hasMore)
    }

    @Test(arguments: Backend.all)
    func aMemberSeesWhatEverybodySeesAndTheTeamsOwn(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        _ = try await scene.addServer(.fixture(name: "global"))
        _ = try await scene.addServer(.fixture(name: "ours", ownerTeam: scene.team.id))
        _ = try await scene.addServer(.fixture(name: "theirs", ownerTeam: other.id))

        func names(_ viewer: CatalogViewer) async throws -> [String] {
            try await scene.store.catalog.list(viewer: viewer).items.map(\.name)
        }

        #expect(try await names(.administrator) == ["global", "ours", "theirs"])
        #expect(try await names(.member(of: [scene.team.id])) == ["global", "ours"])
        #expect(try await names(.member(of: [scene.team.id, other.id, "nothing"])) == ["global", "ours", "theirs"])
        #expect(try await names(.member(of: [])) == ["global"])
    }

    @Test(arguments: Backend.all)
    func anUnknownServerIsNotFound(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.catalog.server("nothing") == nil)
        #expect(try await store.catalog.server(slug: "nothing") == nil)
    }
}
