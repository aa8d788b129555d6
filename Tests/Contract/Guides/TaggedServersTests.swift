import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TaggedServersTests {
    private func servers(on backend: Backend) async throws -> TaggedServers {
        let store = try await backend.makeStore()
        let entries: [(String, [String], JSONValue)] = [
            ("Ledger", ["finance", "sql"], ["billing": ["plan": "team"], "regions": ["eu", "us"]]),
            ("Oracle", ["finance", "experimental"], ["billing": ["plan": "team"], "regions": ["eu"]]),
            ("Tables", ["sql"], ["billing": ["plan": "free"], "regions": ["eu"]]),
        ]
        for (name, tags, metadata) in entries {
            try await store.catalog.create(.fixture(name: name, tags: tags, metadata: metadata), by: .system)
        }
        return TaggedServers(store: store, viewer: .member(of: []))
    }

    @Test(arguments: Backend.all)
    func tagsNarrowAListDownAndSayHowToGoOn(_ backend: Backend) async throws {
        let listing = try await servers(on: backend).page(tagged: ["finance"])

        #expect(listing.servers.items.map(\.name) == ["Ledger", "Oracle"])
        #expect(listing.tagCounts.map(\.tag) == ["finance", "experimental", "sql"])
        #expect(listing.tagCounts.map(\.count) == [2, 1, 1])
    }

    @Test(arguments: Backend.all)
    func metadataAndTagsAreConditionsOfOneFilter(_ backend: Backend) async throws {
        let servers = try await servers(on: backend)

        #expect(try await servers.servers(plan: "team", region: "eu").map(\.name) == ["Ledger"])
        #expect(try await servers.servers(plan: "free", region: "us").isEmpty)
    }

    @Test(arguments: Backend.all)
    func tagsAreAddedAndRemovedWithoutReadingTheEntry(_ backend: Backend) async throws {
        let servers = try await servers(on: backend)
        let catalog = servers.store.catalog
        let oracle = try #require(try await catalog.server(slug: "oracle"))

        try await catalog.addTags(["sql", "finance"], to: oracle.id, by: .system)
        try await catalog.removeTags(["experimental"], from: oracle.id, by: .system)

        #expect(try await servers.page(tagged: ["finance", "sql"]).servers.items.map(\.name) == ["Ledger", "Oracle"])
    }
}
