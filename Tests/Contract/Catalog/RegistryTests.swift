import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RegistryTests {
    private static let full = RegistryServer(
        registryID: "r-1", versionID: "v-1", officialName: "io.github.owner/Name", title: "Name", description: "Gathers figures", version: "1.0",
        repositoryURL: "https://github.com/owner/name", websiteURL: "https://example.org", iconURL: "https://example.org/icon", transport: .http,
        packages: [["identifier": "p"]], remotes: [["url": "u"]], publishedAt: .epoch, updatedAt: .epoch + .microseconds(1))

    @Test(arguments: Backend.all)
    func whatTheRegistryHasIsInTheCatalog(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let report = try await scene.store.catalog.upsertFromRegistry([Self.full])

        #expect(report == CatalogImportReport(inserted: 1))
        let server = try #require(try await scene.store.catalog.server(officialName: "io.github.owner/Name"))
        #expect(server.name == "Name" && server.slug == "io-github-owner-name" && server.description == "Gathers figures")
        #expect(server.visibility == .global && server.source == .officialRegistry && server.transport == .http && server.status == .active)
        #expect(server.repositoryURL == "https://github.com/owner/name" && server.websiteURL == "https://example.org")
        #expect(server.iconURL == "https://example.org/icon" && server.createdAt == scene.clock.now() && server.updatedAt == scene.clock.now())
        #expect(server.details?.version == "1.0" && server.details?.repositoryID == "owner/name" && server.details?.createdBy == nil)
        #expect(server.details?.packages == [["identifier": "p"]] && server.details?.remotes == [["url": "u"]])
        #expect(try await scene.store.catalog.search("gathering", viewer: .member(of: [])).items.map(\.server.id) == [server.id])
    }

    @Test(arguments: Backend.all)
    func anEntryIsChangedOnlyWhenTheRegistryHasChanged(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.store.catalog.upsertFromRegistry([Self.full])
        let old = try #require(try await scene.store.catalog.server(slug: "io-github-owner-name"))
        try await scene.store.catalog.addTags(["kept"], to: old.id, by: .system)
        scene.clock.advance(by: .seconds(60))
        let changes: [(inout RegistryServer) -> Void] = [
            { $0.versionID = "v-2" }, { $0.officialName = "io.github.owner/other" }, { $0.title = "Other" }, { $0.description = nil },
            { $0.version = "2.0" }, { $0.repositoryURL = nil }, { $0.websiteURL = nil }, { $0.iconURL = nil }, { $0.transport = .sse },
            { $0.packages = [] }, { $0.remotes = [] }, { $0.publishedAt = nil }, { $0.updatedAt = .epoch + .seconds(1) },
        ]

        #expect(try await scene.store.catalog.upsertFromRegistry([Self.full]) == CatalogImportReport(unchanged: 1))
        #expect(try await scene.store.catalog.server(old.id)?.updatedAt == old.updatedAt)
        var server = Self.full
        for change in changes {
            change(&server)
            #expect(try await scene.store.catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))
            #expect(try await scene.store.catalog.upsertFromRegistry([server]) == CatalogImportReport(unchanged: 1))
        }

        let new = try await scene.store.catalog.server(old.id)
        #expect(new?.slug == old.slug && new?.tags == ["kept"] && new?.createdAt == old.createdAt && new?.updatedAt == scene.clock.now())
        #expect(new?.name == "Other" && new?.description == nil && new?.details?.repositorySource == nil)
    }

    @Test(arguments: Backend.all)
    func aServerIsFoundByTheLongestName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let longest = String(repeating: "😀", count: 200)

        _ = try await store.catalog.upsertFromRegistry([RegistryServer(registryID: "r-1", officialName: longest)])

        #expect(try await store.catalog.server(officialName: longest)?.details?.officialName == longest)
        for absent in ["", "\0", longest + "😀"] { #expect(try await store.catalog.server(officialName: absent) == nil) }
    }

    @Test(arguments: Backend.all)
    func ofSeveralServersOfOneNameTheOldestIsFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for id in ["r-2", "r-1", "r-3"] {
            _ = try await scene.store.catalog.upsertFromRegistry([RegistryServer(registryID: id, officialName: "org.example/a", version: id)])
            scene.clock.advance(by: .seconds(1))
        }

        #expect(try await scene.store.catalog.server(officialName: "org.example/a")?.details?.version == "r-2")
    }

    @Test(arguments: Backend.all)
    func ofSeveralServersOfOneNameAndMomentTheFirstByBytesIsFound(_ backend: Backend) async throws {
        let store = try await backend.makeStore(options: StoreOptions(timeSource: ManualTimeSource()))
        let servers = (1...6).map { RegistryServer(registryID: "r-\($0)", officialName: "org.example/a") }
        _ = try await store.catalog.upsertFromRegistry(servers)

        let ids = try await store.catalog.list(viewer: .administrator).items.map(\.id)

        #expect(ids.count == 6)
        #expect(try await store.catalog.server(officialName: "org.example/a")?.id == ids.min())
    }

    @Test(arguments: Backend.all)
    func whatTheRegistryDoesNotKnowStaysAsItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let category = try await scene.store.categories.create(NewCategory(name: "Tools"))
        var server = Self.full
        _ = try await scene.store.catalog.upsertFromRegistry([server])
        let id = try #require(try await scene.store.catalog.server(officialName: server.officialName)).id
        var schemas = McpConfigurationSchemas()
        schemas.user.env = [["name": "KEY", "type": "secret"]]
        let patch = ServerPatch(
            longDescription: .set("At length"), authorName: .set("Ada"), license: .set("MIT"), language: "swift", runtime: "docker",
            category: .set(category.id), metadata: ["a": 1], status: .deprecated, isFeatured: true, isAutoInstalled: true, requiresOAuth: true,
            gitHubStars: .set(7), configuration: schemas)
        let patched = try #require(try await scene.store.catalog.update(id, patch, by: .system))
        server.version = "1.1"

        #expect(try await scene.store.catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))

        var expected = patched
        expected.details?.version = "1.1"
        #expect(try await scene.store.catalog.server(id) == expected)
    }

    @Test(arguments: Backend.all)
    func aBranchGoesWithItsRepository(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var server = Self.full
        _ = try await scene.store.catalog.upsertFromRegistry([server])
        let id = try #require(try await scene.store.catalog.server(officialName: server.officialName)).id
        _ = try await scene.store.catalog.update(id, ServerPatch(gitBranch: .set("stable")), by: .system)

        server.version = "1.1"
        #expect(try await scene.store.catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))
        #expect(try await scene.store.catalog.server(id)?.details?.gitBranch == "stable")
        server.repositoryURL = nil
        #expect(try await scene.store.catalog.upsertFromRegistry([server]) == CatalogImportReport(updated: 1))
        #expect(try await scene.store.catalog.server(id)?.details?.gitBranch == nil)
    }

    @Test(arguments: Backend.all)
    func aSlugThatIsTakenIsLeftToWhoHasIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let taken = try await scene.addServer(.fixture(name: "org.example/a"))
        #expect(taken.slug == "org-example-a")

        let report = try await scene.store.catalog.upsertFromRegistry([
            RegistryServer(registryID: "1", officialName: "org.example/a"), RegistryServer(registryID: "2", officialName: "org.example/b"),
            RegistryServer(registryID: "3", officialName: "org.example/B"),
        ])

        #expect(report == CatalogImportReport(inserted: 3))
        let slugs = try await scene.store.catalog.list(viewer: .administrator, filter: CatalogFilter(source: .officialRegistry)).items.map(\.slug)
        #expect(slugs.contains("org-example-b") && !slugs.contains("org-example-a") && Set(slugs).count == 3)
        #expect(slugs.filter { $0.wholeMatch(of: /org-example-[ab]-[0-9a-f]{8}/) != nil }.count == 2)
        #expect(try await scene.store.catalog.server(slug: "org-example-a") == taken)
    }

    @Test(arguments: Backend.all)
    func theOtherSlugOfALongNameIsNoLongerThanAny(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let servers = ["r-1", "r-2"].map { RegistryServer(registryID: $0, officialName: String(repeating: "a", count: 200)) }

        #expect(try await store.catalog.upsertFromRegistry(servers) == CatalogImportReport(inserted: 2))

        let slugs = try await store.catalog.list(viewer: .administrator).items.map(\.slug).sorted()
        #expect(slugs.map(\.count) == [63, 63])
        #expect(slugs.contains { $0.wholeMatch(of: /a{54}-[0-9a-f]{8}/) != nil } && slugs.contains { $0.wholeMatch(of: /a{63}/) != nil })
        #expect(try await store.catalog.upsertFromRegistry(servers) == CatalogImportReport(unchanged: 2))
    }

    @Test(arguments: Backend.all)
    func whoseOtherSlugIsTakenTooIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = RegistryServer(registryID: "r-1", officialName: "org.example/a")
        _ = try await scene.addServer(.fixture(name: "org.example/a"))
        _ = try await scene.store.catalog.upsertFromRegistry([server])
        let other = try #require(try await scene.store.catalog.server(officialName: "org.example/a"))
        _ = try await scene.store.catalog.delete(other.id, by: .system)
        #expect(try await scene.addServer(.fixture(name: other.slug)).slug == other.slug)

        await expectError(.alreadyExists(.server, "slug", constraint: "mcpServerTemplates_slug_key")) {
            _ = try await scene.store.catalog.upsertFromRegistry([RegistryServer(registryID: "r-0", officialName: "org.example/new"), server])
        }

        #expect(try await scene.store.catalog.server(officialName: "org.example/new") == nil, "A batch is written as a whole.")
    }

    @Test(arguments: Backend.all)
    func manyServersAreBroughtInInBatches(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let servers = (0..<1_100).map { RegistryServer(registryID: "r-\($0)", officialName: "org.example/\($0)") }

        #expect(try await store.catalog.upsertFromRegistry(servers) == CatalogImportReport(inserted: 1_100))
        #expect(try await store.catalog.upsertFromRegistry(servers.shuffled()) == CatalogImportReport(unchanged: 1_100))
        #expect(try await store.catalog.upsertFromRegistry([]) == CatalogImportReport())
    }

    @Test(arguments: Backend.all)
    func aServerThatIsNotAcceptableStopsNothing(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let refused: [(String, RegistryServer)] = [
            ("registryID", RegistryServer(registryID: "", officialName: "a")), ("registryID", RegistryServer(registryID: "\0", officialName: "a")),
            ("versionID", RegistryServer(registryID: "1", versionID: "", officialName: "a")),
            ("officialName", RegistryServer(registryID: "1", officialName: "")), ("title", RegistryServer(registryID: "1", officialName: " ")),
            ("description", RegistryServer(registryID: "1", officialName: "a", description: "\0")),
            ("version", RegistryServer(registryID: "1", officialName: "a", version: "")),
            ("repositoryURL", RegistryServer(registryID: "1", officialName: "a", repositoryURL: "")),
            ("websiteURL", RegistryServer(registryID: "1", officialName: "a", websiteURL: "")),
            ("iconURL", RegistryServer(registryID: "1", officialName: "a", iconURL: "")),
            ("transport", RegistryServer(registryID: "1", officialName: "a", transport: .unknown("pigeon"))),
            ("packages", RegistryServer(registryID: "1", officialName: "a", packages: [:])),
            ("remotes", RegistryServer(registryID: "1", officialName: "a", remotes: [:])),
        ]
        let good = RegistryServer(registryID: "good", officialName: "good")

        let report = try await store.catalog.upsertFromRegistry([good] + refused.map(\.1) + [good])

        #expect(report.inserted == 1)
        #expect(report.rejected.map(\.index) == Array(1...refused.count + 1))
        #expect(report.rejected.map(\.error.field) == refused.map(\.0) + ["registryID"])
    }

    @Test(arguments: Backend.all)
    func parallelSynchronisationsBringEachServerInOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        // Two entries to a name, so that they want the same slug.
        for round in 1...10 {
            let servers = (0..<60).map { RegistryServer(registryID: "r\(round)-\($0)", officialName: "org.example/\(round)-\($0 / 2)") }

            let outcomes = await race(4) { _ in try await store.catalog.upsertFromRegistry(servers.shuffled()) }

            #expect(outcomes.errors.isEmpty)
            #expect(outcomes.values.map(\.inserted).reduce(0, +) == 60)
            #expect(try await store.catalog.list(viewer: .administrator).total == round * 60)
        }
    }
}
