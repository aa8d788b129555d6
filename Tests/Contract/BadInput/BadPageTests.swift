import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadPageTests {
    static let pages: [(page: Page, error: DataError)] = [
        (Page(limit: 0), .validation("page.limit", "it must be 1 to 100")),
        (Page(limit: 101), .validation("page.limit", "it must be 1 to 100")),
        (Page(limit: -1), .validation("page.limit", "it must be 1 to 100")),
        (Page(limit: .max), .validation("page.limit", "it must be 1 to 100")),
        (Page(limit: 1, offset: -1), .validation("page.offset", "it must be 0 or more")),
        (Page(limit: 100, offset: .min), .validation("page.offset", "it must be 0 or more")),
    ]

    @Test(arguments: Backend.all)
    func aPageOutOfRangeIsRefusedByEveryList(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store

        for (page, error) in Self.pages {
            await expectError(error) { _ = try await store.teams.members(of: scene.team.id, page: page) }
            await expectError(error) { _ = try await store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: page) }
            await expectError(error) { _ = try await store.catalog.servers(withAllTags: ["t"], page: page) }
            await expectError(error) { _ = try await store.catalog.servers(withAnyTag: [], page: page) }
            await expectError(error) { _ = try await store.catalog.search("word", viewer: .administrator, filter: .none, page: page) }
            await expectError(error) { _ = try await store.catalog.search("the", viewer: .administrator, filter: .none, page: page) }
            await expectError(error) { _ = try await store.installations.installationViews(team: scene.team.id, page: page) }
            await expectError(error) { _ = try await store.notifications.list(user: scene.owner.id, unreadOnly: true, page: page) }
            await expectError(error) { _ = try await store.notifications.list(user: "nobody", unreadOnly: false, page: page) }
        }
    }

    @Test(arguments: Backend.all)
    func aLimitOfAFeedOutOfRangeIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for limit in [0, 101, -1, .max] {
            await expectError(.validation("limit", "it must be 1 to 100")) {
                _ = try await scene.store.notifications.feed(user: scene.owner.id, before: nil, limit: limit)
            }
        }
    }

    @Test(arguments: Backend.all, [Page(limit: 1), Page(limit: 100), Page(limit: 100, offset: .max), Page(limit: 1, offset: 1_000_000)])
    func aPageInRangeIsAnswered(_ backend: Backend, _ page: Page) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(description: "word", tags: ["t"]))
        try await scene.install(server)
        let count = page.offset == 0 ? 1 : 0

        #expect(try await scene.store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: page).items.count == count)
        #expect(try await scene.store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: page).total == 1)
        #expect(try await scene.store.catalog.servers(withAllTags: ["t"], page: page).count == count)
        #expect(try await scene.store.catalog.search("word", viewer: .administrator, filter: .none, page: page).total == 1)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id, page: page).count == count)
        #expect(try await scene.store.teams.members(of: scene.team.id, page: page).count == count)
        #expect(try await !scene.store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: page).hasMore)
    }
}
