import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ExportingServersTests {
    @Test(arguments: Backend.all)
    func entriesComeWithTheirDetails(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var new = NewServer.fixture()
        new.packages = [["registryType": "oci", "identifier": "image"]]
        new.tags = ["one", "two"]
        let server = try await scene.addServer(new)

        let exported = try await scene.store.catalog.exportServers(viewer: .administrator).collected()

        #expect(exported == [server])
        #expect(exported.first?.details?.packages == new.packages)
    }

    @Test(arguments: Backend.all, [CatalogSort.name, .gitHubStars, .newest])
    func theOrderIsThatOfTheList(_ backend: Backend, sort: CatalogSort) async throws {
        let scene = try await Self.sceneWithServers(on: backend)

        let exported = try await scene.store.catalog.exportServers(viewer: .administrator, filter: .none, sort: sort).collected()

        let list = try await scene.store.catalog.list(viewer: .administrator, filter: .none, sort: sort, page: Page(limit: 100))
        #expect(exported.map(\.id) == list.items.map(\.id))
        #expect(exported.count == 12)
    }

    @Test(arguments: Backend.all)
    func aViewerGetsWhatItSeesAndTheFilterLetsThrough(_ backend: Backend) async throws {
        let scene = try await Self.sceneWithServers(on: backend)
        var own = NewServer.fixture(name: "Own")
        own.ownerTeam = scene.team.id
        try await scene.store.catalog.create(own, by: .system)

        let everybody = try await scene.store.catalog.exportServers(viewer: .member(of: [])).collected()
        let member = try await scene.store.catalog.exportServers(viewer: .member(of: [scene.team.id])).collected()
        let tagged = try await scene.store.catalog.exportServers(
            viewer: .member(of: [scene.team.id]), filter: CatalogFilter(allTags: ["even"])
        ).collected()

        #expect(everybody.count == 12)
        #expect(member.count == 13)
        #expect(tagged.count == 6)
        #expect(tagged.allSatisfy { $0.tags.contains("even") })
    }

    @Test(arguments: Backend.all)
    func aBadFilterIsRefusedWhenTheFirstEntryIsAskedFor(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let stream = store.catalog.exportServers(viewer: .administrator, filter: CatalogFilter(anyTag: ["a\0b"]))

        var iterator = stream.makeAsyncIterator()
        await expectInvalid("filter.anyTag") { _ = try await iterator.next(isolation: #isolation) }

        #expect(try await iterator.next(isolation: #isolation) == nil)
    }

    @Test(arguments: Backend.all)
    func anImportedCatalogComesOutCompletely(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let entries = (1...1_100).map { #"{"name": "server \#($0)", "tags": ["t\#($0 % 7)"], "image": "image\#($0)"}"# }
        try await store.catalog.importServers(try CatalogFile(text: "[\(entries.joined(separator: ","))]"))

        let exported = try await store.catalog.exportServers(viewer: .member(of: [])).collected()

        #expect(exported.map(\.name) == (1...1_100).map { "server \($0)" }.sorted())
        #expect(exported.allSatisfy { $0.details?.packages[0]?["identifier"]?.string?.hasPrefix("image") == true })
    }

    private static func sceneWithServers(on backend: Backend) async throws -> TeamScene {
        let scene = try await TeamScene.make(on: backend)
        for number in 1...12 {
            scene.clock.advance(by: .seconds(1))
            var server = NewServer.fixture(name: "Server \(number % 5)")
            server.isFeatured = number.isMultiple(of: 4)
            server.tags = [number.isMultiple(of: 2) ? "even" : "odd"]
            _ = try await scene.addServer(server)
        }
        return scene
    }
}
