import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What becomes of searches on a server without the extension that compares words.
@Suite(.database)
struct MissingExtensionTests {
    @Test(.requiresServer) func withoutTheExtensionOnlySuggestionsAreMissing() async throws {
        let store = try await Backend.postgres.makeStore()
        let catalog = store.catalog
        try await catalog.create(.fixture(name: "Postgres", description: "Asks a database."), by: .system)
        #expect(try await catalog.canSuggest())
        #expect(try await catalog.suggestion(for: "databse", viewer: .administrator)?.text == "database")

        try await TestDatabase.lent().run("DROP EXTENSION pg_trgm")

        #expect(try await catalog.canSuggest() == false)
        #expect(try await catalog.suggestion(for: "databse", viewer: .administrator) == nil)
        #expect(try await catalog.search("databases", viewer: .administrator).total == 1)
        #expect(try await catalog.search(.prefix("datab", includesTags: true), viewer: .administrator).total == 1)
        await expectRefusalOfNul(catalog)

        try await TestDatabase.lent().run("CREATE EXTENSION pg_trgm")
        #expect(try await catalog.canSuggest())
        #expect(try await catalog.suggestion(for: "databse", viewer: .administrator)?.text == "database")
    }

    /// A text that cannot be searched for is an error with the extension and without it.
    private func expectRefusalOfNul(_ catalog: any McpServerCatalog) async {
        let error = await #expect(throws: DataError.self) { try await catalog.suggestion(for: "\0", viewer: .administrator) }
        #expect(error?.field == "text")
    }
}
