import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct FilteringServersTests {
    /// A filter and the names of the servers that it lets through, in order.
    struct Example: Sendable {
        let description: String
        let filter: CatalogFilter
        let names: [String]

        init(_ description: String, _ filter: CatalogFilter, _ names: [String]) {
            self.description = description
            self.filter = filter
            self.names = names
        }
    }

    static let examples = [
        Example("none", .none, ["alpha", "beta", "delta", "gamma"]),
        Example("visibility global", CatalogFilter(visibility: .global), ["alpha", "beta", "gamma"]),
        Example("visibility team", CatalogFilter(visibility: .team), ["delta"]),
        Example("language", CatalogFilter(language: "Swift"), ["alpha", "beta"]),
        Example("language in other case", CatalogFilter(language: "swift"), []),
        Example("runtime", CatalogFilter(runtime: "node"), ["beta"]),
        Example("unknown runtime", CatalogFilter(runtime: "unknown"), ["alpha", "delta"]),
        Example("status", CatalogFilter(status: .deprecated), ["gamma"]),
        Example("transport", CatalogFilter(transport: .stdio), ["alpha", "gamma"]),
        Example("source", CatalogFilter(source: .github), ["beta", "delta"]),
        Example("featured", CatalogFilter(isFeatured: true), ["alpha"]),
        Example("not featured", CatalogFilter(isFeatured: false), ["beta", "delta", "gamma"]),
        Example("requires OAuth", CatalogFilter(requiresOAuth: true), ["beta"]),
        Example("does not require OAuth", CatalogFilter(requiresOAuth: false), ["alpha", "delta", "gamma"]),
        Example("all tags", CatalogFilter(allTags: ["db", "sql"]), ["alpha"]),
        Example("any tag", CatalogFilter(anyTag: ["sql", "web"]), ["alpha", "beta"]),
        Example("no tags", CatalogFilter(noTags: ["db"]), ["delta", "gamma"]),
        Example("no tags of an entry without any", CatalogFilter(noTags: ["db", "misc"]), ["gamma"]),
        Example("tags together", CatalogFilter(allTags: ["db"], anyTag: ["sql", "web"], noTags: ["web"]), ["alpha"]),
        Example("contradicting tags", CatalogFilter(allTags: ["db"], noTags: ["db"]), []),
        Example("everything of one entry", everythingOfBeta, ["beta"]),
        Example("an unknown category", CatalogFilter(category: "nothing"), []),
    ]

    private static let everythingOfBeta = CatalogFilter(
        visibility: .global, language: "Swift", runtime: "node", status: .active, transport: .http, source: .github, isFeatured: false,
        requiresOAuth: true, allTags: ["db"], anyTag: ["web"], noTags: ["sql"])

    @Test(arguments: Backend.all)
    func aFilterLetsThroughWhatFitsAllOfIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: "alpha", tags: ["db", "sql"], transport: .stdio, language: "Swift", isFeatured: true))
        _ = try await scene.addServer(
            .fixture(name: "beta", tags: ["web", "db"], source: .github, language: "Swift", runtime: "node", requiresOAuth: true))
        _ = try await scene.addServer(.fixture(name: "gamma", transport: .stdio, status: .deprecated, language: "Go", runtime: "go"))
        _ = try await scene.addServer(.fixture(name: "delta", tags: ["misc"], source: .github, ownerTeam: scene.team.id))

        for example in Self.examples {
            let list = try await scene.store.catalog.list(viewer: .administrator, filter: example.filter)

            #expect(list.items.map(\.name) == example.names, "\(example.description)")
            #expect(list.total == example.names.count, "\(example.description)")
        }
    }

    @Test(arguments: Backend.all)
    func aCategoryHoldsItsServers(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let file = try CatalogFile(json: Array(#"[{"name": "a", "category": "Databases"}, {"name": "b", "category": "Web"}, {"name": "c"}]"#.utf8))
        try await store.catalog.importServers(file)
        let category = try #require(try await store.catalog.server(slug: "a")?.categoryID)

        let list = try await store.catalog.list(viewer: .administrator, filter: CatalogFilter(category: category))

        #expect(list.items.map(\.name) == ["a"])
    }

    private static let refused: [(filter: CatalogFilter, field: String)] = [
        (CatalogFilter(visibility: .unknown("secret")), "filter.visibility"),
        (CatalogFilter(status: .unknown("gone")), "filter.status"),
        (CatalogFilter(transport: .unknown("pigeon")), "filter.transport"),
        (CatalogFilter(source: .unknown("elsewhere")), "filter.source"),
        (CatalogFilter(language: ""), "filter.language"),
        (CatalogFilter(runtime: "a\0b"), "filter.runtime"),
        (CatalogFilter(category: ""), "filter.category"),
        (CatalogFilter(allTags: [" "]), "filter.allTags"),
        (CatalogFilter(anyTag: [""]), "filter.anyTag"),
        (CatalogFilter(noTags: [String(repeating: "x", count: 10_000)]), "filter.noTags"),
    ]

    @Test(arguments: Backend.all)
    func whatNoEntryCanHaveIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for (filter, field) in Self.refused {
            await expectInvalid(field) { _ = try await store.catalog.list(viewer: .administrator, filter: filter) }
            await expectInvalid(field) { _ = try await store.catalog.search("word", viewer: .administrator, filter: filter) }
        }
    }
}
