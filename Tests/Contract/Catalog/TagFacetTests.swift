import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TagFacetTests {
    @Test(arguments: Backend.all)
    func theTagsAreThoseOfTheWholeListAndNotOfThePage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for number in 0..<7 {
            _ = try await scene.addServer(
                .fixture(name: "server \(number)", tags: ["all", "tag \(number % 3)"], runtime: number < 6 ? "node" : "docker"))
        }

        let listing = try await scene.store.catalog.listWithTagCounts(
            viewer: .member(of: []), filter: CatalogFilter(runtime: "node"), sort: .name, page: Page(limit: 2, offset: 1), tagLimit: 3)

        #expect(listing.servers.items.map(\.name) == ["server 1", "server 2"])
        #expect(listing.servers.total == 6 && listing.servers.hasMore)
        #expect(listing.tagCounts == [TagCount(tag: "all", count: 6), TagCount(tag: "tag 0", count: 2), TagCount(tag: "tag 1", count: 2)])
    }

    @Test(arguments: Backend.all)
    func aListWithTagsIsTheListAndTheTags(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for number in 0..<5 {
            _ = try await scene.addServer(
                .fixture(tags: number == 0 ? [] : ["t\(number)", "common"], ownerTeam: number == 1 ? scene.team.id : nil, gitHubStars: number))
        }

        for viewer in [CatalogViewer.administrator, .member(of: []), .member(of: [scene.team.id])] {
            for sort in [CatalogSort.name, .gitHubStars, .newest] {
                let listing = try await scene.store.catalog.listWithTagCounts(viewer: viewer, sort: sort)
                #expect(listing.servers == (try await scene.store.catalog.list(viewer: viewer, sort: sort)))
                #expect(listing.tagCounts == (try await scene.store.catalog.tagCounts(viewer: viewer, limit: 20)))
            }
        }
    }

    @Test(arguments: Backend.all)
    func beyondItsEndAListStillHasItsTags(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(tags: ["a"]))

        let beyond = try await scene.store.catalog.listWithTagCounts(
            viewer: .administrator, filter: .none, sort: .name, page: Page(offset: 5), tagLimit: 1)
        let nothing = try await scene.store.catalog.listWithTagCounts(viewer: .administrator, filter: CatalogFilter(runtime: "none"))

        #expect(beyond.servers.items.isEmpty && beyond.servers.total == 1 && beyond.tagCounts == [TagCount(tag: "a", count: 1)])
        #expect(nothing.servers.total == 0 && nothing.tagCounts.isEmpty)
    }

    @Test(arguments: Backend.all)
    func whatIsOutOfRangeIsRefused(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog

        for limit in [0, 1_001] {
            await expectInvalid("tagLimit") {
                _ = try await catalog.listWithTagCounts(viewer: .administrator, filter: .none, sort: .name, page: .first, tagLimit: limit)
            }
        }
        await expectInvalid("page.limit") {
            _ = try await catalog.listWithTagCounts(viewer: .administrator, filter: .none, sort: .name, page: Page(limit: 0), tagLimit: 1)
        }
        await expectInvalid("filter.allTags") {
            _ = try await catalog.listWithTagCounts(viewer: .administrator, filter: CatalogFilter(allTags: [""]))
        }
    }
}
