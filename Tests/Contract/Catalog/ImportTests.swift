import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ImportTests {
    @Test(arguments: Backend.all)
    func anEntryBecomesAServer(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let report = try await store.catalog.importServers(
            try CatalogFile(
                text: """
                    [{"name": "My.Server", "title": "My Server", "description": "It serves.", "category": " Data ", "tags": ["b", "a", "b"],
                      "repository": "https://github.com/owner/name", "commit": "abc", "icon": "https://example.org/i.png", "type": "server",
                      "image": "mcp/server", "remote": {"url": "https://example.org/sse", "transport_type": "sse"}, "oauth": [{"provider": "x"}],
                      "env": [{"name": "REGION"}], "secrets": [{"name": "server.key", "env": "KEY"}], "unknown": 1}]
                    """))

        #expect(report == CatalogImportReport(inserted: 1))
        let server = try #require(try await store.catalog.server(slug: "my-server"))
        #expect(server.name == "My Server")
        #expect(server.description == "It serves.")
        #expect(server.tags == ["b", "a"])
        #expect(server.repositoryURL == "https://github.com/owner/name")
        #expect(server.iconURL == "https://example.org/i.png")
        #expect(server.transport == .sse)
        #expect(server.runtime == "docker")
        #expect(server.requiresOAuth)
        #expect(server.visibility == .global)
        #expect(server.categoryID != nil)
        #expect(server.metadata == ["catalogName": "My.Server", "type": "server"])
        #expect(server.details?.gitCommitSHA == "abc")
        #expect(server.details?.repositoryID == "owner/name")
        #expect(server.details?.packages == [["registryType": "oci", "identifier": "mcp/server"]])
        #expect(server.details?.remotes == [["url": "https://example.org/sse", "transport_type": "sse"]])
        #expect(
            server.details?.configuration.user.env == [
                ["name": "REGION", "type": "string", "required": false], ["name": "KEY", "type": "secret", "required": true],
            ])
        #expect(server.details?.createdBy == nil)
    }

    @Test(arguments: Backend.all)
    func importingAFileAgainChangesNothing(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let file = try CatalogFile(text: #"[{"name": "a", "tags": ["x"], "category": "C"}, {"name": "b", "description": "caf\u0065\u0301"}]"#)
        #expect(try await store.catalog.importServers(file) == CatalogImportReport(inserted: 2))
        let before = try await store.catalog.list(viewer: .administrator)
        clock.advance(by: .seconds(1))

        let report = try await store.catalog.importServers(file)

        #expect(report == CatalogImportReport(unchanged: 2))
        #expect(try await store.catalog.list(viewer: .administrator) == before)
    }

    @Test(arguments: Backend.all)
    func aChangedEntryIsBroughtToTheFilesStateAndKeepsItsIdentity(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        try await store.catalog.importServers(
            try CatalogFile(text: #"[{"name": "a", "title": "Old", "tags": ["x"], "category": "C", "image": "i"}, {"name": "b"}]"#))
        let old = try #require(try await store.catalog.server(slug: "a"))
        clock.advance(by: .seconds(1))

        let report = try await store.catalog.importServers(
            try CatalogFile(text: #"[{"name": "a", "title": "New", "tags": ["y", "x"]}, {"name": "b"}, {"name": "c"}]"#))

        #expect(report == CatalogImportReport(inserted: 1, updated: 1, unchanged: 1))
        let new = try #require(try await store.catalog.server(slug: "a"))
        #expect(new.id == old.id)
        #expect(new.name == "New")
        #expect(new.tags == ["y", "x"])
        #expect(new.categoryID == nil)
        #expect(new.runtime == "unknown")
        #expect(new.createdAt == old.createdAt)
        #expect(new.updatedAt == clock.now())
        #expect(try await store.catalog.server(slug: "b")?.updatedAt == old.updatedAt)
    }

    @Test(arguments: Backend.all)
    func anAccentInAnotherSpellingIsAChange(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.importServers(try CatalogFile(text: "[{\"name\": \"a\", \"description\": \"caf\u{e9}\"}]"))

        let report = try await store.catalog.importServers(try CatalogFile(text: "[{\"name\": \"a\", \"description\": \"cafe\u{301}\"}]"))

        #expect(report == CatalogImportReport(updated: 1))
        #expect(bytes(try await store.catalog.server(slug: "a")?.description) == bytes("cafe\u{301}"))
    }

    @Test(arguments: Backend.all)
    func aServerThatWasMadeByHandIsFoundByItsSlugToo(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let made = try await store.catalog.create(.fixture(name: "GitHub", isFeatured: true, gitHubStars: 7), by: .system)

        let report = try await store.catalog.importServers(try CatalogFile(text: #"[{"name": "github", "title": "GitHub!"}]"#))

        #expect(report == CatalogImportReport(updated: 1))
        let server = try #require(try await store.catalog.server(made.id))
        #expect(server.name == "GitHub!")
        #expect(server.isFeatured)
        #expect(server.gitHubStars == 7)
    }

    @Test(arguments: Backend.all)
    func aSlugOfATeamsOwnServerIsLeftAlone(_ backend: Backend) async throws {
        let store = try await backend.makeStore(options: .reproducible())
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let team = try await store.teams.createTeam(.fixture(owner: user.id))
        let own = try await store.catalog.create(.fixture(name: "Tool", ownerTeam: team.id), by: .system)

        let report = try await store.catalog.importServers(try CatalogFile(text: "[{\"name\": \"\(own.slug)\"}, {\"name\": \"other\"}]"))

        #expect(report.inserted == 1)
        #expect(
            report.rejected == [
                CatalogImportReport.Rejection(
                    index: 0, name: own.slug, error: .alreadyExists(.server, "slug", constraint: "mcpServerTemplates_slug_key"))
            ])
        #expect(try await store.catalog.server(own.id) == own)
    }

    @Test(arguments: Backend.all)
    func categoriesAreMadeOncePerNameByBytes(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.importServers(
            try CatalogFile(
                text:
                    "[{\"name\": \"a\", \"category\": \"caf\u{e9}\"}, {\"name\": \"b\", \"category\": \"cafe\u{301}\"}, {\"name\": \"c\", \"category\": \"caf\u{e9}\"}]"
            ))

        let a = try await store.catalog.server(slug: "a")?.categoryID
        let b = try await store.catalog.server(slug: "b")?.categoryID
        let c = try await store.catalog.server(slug: "c")?.categoryID

        #expect(a != nil && b != nil)
        #expect(a == c)
        #expect(a != b)
    }

    @Test(arguments: Backend.all)
    func theImporterIsRememberedAndNeedsGlobalRights(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let file = try CatalogFile(text: #"[{"name": "a"}]"#)

        await expectError(.ruleViolation(.globalAdministratorRequired, "only a global administrator imports a catalog")) {
            _ = try await scene.store.catalog.importServers(file, by: .teamAdministrator(scene.owner.id, of: [scene.team.id]), progress: nil)
        }
        _ = try await scene.store.catalog.importServers(file, by: .globalAdministrator(scene.administrator.id), progress: nil)

        #expect(try await scene.store.catalog.server(slug: "a")?.details?.createdBy == scene.administrator.id)
    }

    @Test(arguments: Backend.all)
    func anImporterWhoDoesNotExistIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let file = try CatalogFile(text: #"[{"name": "a"}]"#)

        for id in ["nobody", "", "a\0b"] {
            await expectError(.referenceMissing(.user, constraint: "mcpServerTemplates_created_by_fkey")) {
                _ = try await store.catalog.importServers(file, by: .globalAdministrator(UserID(id)), progress: nil)
            }
        }

        #expect(try await store.catalog.list(viewer: .administrator).total == 0)
    }

    @Test(arguments: Backend.all)
    func aLargeFileIsWrittenInBatchesAndTellsItsProgress(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let entries = (1...1_201).map { "{\"name\": \"server \($0)\", \"tags\": [\"t\($0 % 7)\"]}" }.joined(separator: ",")
        let progress = Recorder<Int>()

        let report = try await store.catalog.importServers(try CatalogFile(text: "[\(entries),{}]"), by: .system) { progress.record($0) }

        #expect(report.inserted == 1_201)
        #expect(report.rejected.map(\.index) == [1_201])
        #expect(progress.values == [501, 1_001, 1_202])
        #expect(try await store.catalog.list(viewer: .administrator).total == 1_201)
    }

    @Test(arguments: Backend.all)
    func importedServersAreFoundBySearch(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.importServers(try CatalogFile(text: #"[{"name": "a", "description": "Manages databases."}]"#))
        try await store.catalog.importServers(try CatalogFile(text: #"[{"name": "a", "description": "Manages queues."}]"#))

        #expect(try await store.catalog.search("queue", viewer: .administrator).total == 1)
        #expect(try await store.catalog.search("database", viewer: .administrator).total == 0)
    }
}
