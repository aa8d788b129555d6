import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ServerReadmeTests {
    private static let text = "# Server\n\nReads \"files\" – naïvely. 😀\r\n"

    @Test(arguments: Backend.all)
    func aReadmeIsReturnedAsItWasHandedInAndByNothingElse(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var new = NewServer.fixture()
        new.readme = Self.text

        let server = try await scene.addServer(new)

        #expect(try await bytes(scene.store.catalog.readme(server.id)) == bytes(Self.text))
        let seen = try await scene.store.catalog.server(server.id)
        #expect(seen == server && !"\(String(describing: seen))".contains("naïvely"))
        #expect(try await scene.store.catalog.readme(scene.addServer().id) == nil)
        for unknown: McpServerID in ["unknown", "", "nul\0"] { #expect(try await scene.store.catalog.readme(unknown) == nil) }
    }

    @Test(arguments: Backend.all)
    func aReadmeIsChangedClearedAndOtherwiseKept(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (catalog, id) = (scene.store.catalog, try await scene.addServer().id)

        try await catalog.update(id, ServerPatch(readme: .set(Self.text)), by: .system)
        try await catalog.update(id, ServerPatch(name: "Other"), by: .system)
        try await catalog.addTags(["tag"], to: id, by: .system)
        try await catalog.setHealth(id, .online, error: nil, at: .epoch)
        #expect(try await catalog.readme(id) == Self.text)
        try await catalog.update(id, ServerPatch(readme: .set("")), by: .system)
        #expect(try await catalog.readme(id) == "")
        try await catalog.update(id, ServerPatch(readme: .clear), by: .system)

        #expect(try await catalog.readme(id) == nil)
    }

    @Test(arguments: Backend.all)
    func aSynchronisationBringsReadmesAndLeavesThoseOfWhichItHasNone(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog
        var server = RegistryServer(registryID: "r-1", officialName: "org.example/a", readme: Self.text)

        #expect(try await catalog.upsertFromRegistry([server]) == CatalogImportReport(inserted: 1))
        let id = try #require(try await catalog.server(officialName: "org.example/a")).id
        #expect(try await catalog.readme(id) == Self.text)
        #expect(try await catalog.upsertFromRegistry([server]) == CatalogImportReport(unchanged: 1))
        server.readme = nil
        #expect(try await catalog.upsertFromRegistry([server]) == CatalogImportReport(unchanged: 1))
        server.version = "2.0"
        #expect(try await catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))
        #expect(try await catalog.readme(id) == Self.text)
        server.readme = "Other"
        #expect(try await catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))
        #expect(try await catalog.readme(id) == "Other")
    }

    @Test(arguments: Backend.all)
    func aReadmeHasNoNulAndAtMostAMillionCharacters(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog
        let id = try await catalog.create(.fixture(), by: .system).id

        for readme in ["\0", String(repeating: "x", count: 1_000_001)] {
            await expectInvalid("readme") { try await catalog.create(NewServer(name: "a", readme: readme), by: .system) }
            await expectInvalid("readme") { try await catalog.update(id, ServerPatch(readme: .set(readme)), by: .system) }
            let report = try await catalog.upsertFromRegistry([RegistryServer(registryID: "1", officialName: "a", readme: readme)])
            #expect(report.rejected.map(\.error.field) == ["readme"])
        }
        let longest = String(repeating: "é", count: 1_000_000)
        try await catalog.update(id, ServerPatch(readme: .set(longest)), by: .system)
        #expect(try await catalog.readme(id) == longest)
    }
}
