import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingServersTests {
    @Test(arguments: Backend.all)
    func everyFieldOfAPatchIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let category = try await scene.store.categories.create(NewCategory(name: "Tools"))
        let old = try await scene.addServer(.fixture(name: "Old name"))
        scene.clock.advance(by: .seconds(1))
        var schemas = McpConfigurationSchemas()
        schemas.user.env = [["name": "KEY", "type": "string"]]
        let patch = ServerPatch(
            name: " New name ", description: .set("What it does"), longDescription: .set("At length"), version: .set("2.0"),
            iconURL: .set("https://example.org/icon"), websiteURL: .set("https://example.org"),
            repositoryURL: .set("https://github.com/owner/name.git"), gitBranch: .set("main"), gitCommitSHA: .set("abc"), authorName: .set("Ada"),
            license: .set("MIT"), language: "swift", runtime: "docker", transport: .sse, category: .set(category.id), tags: [" a ", "b", "a", ""],
            metadata: ["plan": "team"], status: .deprecated, isFeatured: true, isAutoInstalled: true, requiresOAuth: true, gitHubStars: .set(7),
            packages: [["identifier": "p"]], remotes: [["url": "u"]], configuration: schemas)

        let changed = try #require(try await scene.store.catalog.update(old.id, patch, by: .globalAdministrator(scene.administrator.id)))

        var expected = old
        expected.name = "New name"
        expected.description = "What it does"
        expected.iconURL = "https://example.org/icon"
        expected.websiteURL = "https://example.org"
        expected.repositoryURL = "https://github.com/owner/name.git"
        (expected.language, expected.runtime, expected.transport, expected.categoryID) = ("swift", "docker", .sse, category.id)
        (expected.tags, expected.metadata, expected.status, expected.isFeatured) = (["a", "b"], ["plan": "team"], .deprecated, true)
        (expected.requiresOAuth, expected.gitHubStars, expected.updatedAt) = (true, 7, scene.clock.now())
        var details = try #require(old.details)
        (details.longDescription, details.version, details.repositorySource, details.repositoryID) = ("At length", "2.0", "github", "owner/name")
        (details.gitBranch, details.gitCommitSHA, details.authorName, details.license) = ("main", "abc", "Ada", "MIT")
        (details.packages, details.remotes, details.configuration) = ([["identifier": "p"]], [["url": "u"]], schemas)
        details.isAutoInstalled = true
        expected.details = details
        #expect(changed == expected)
        #expect(changed.slug == "old-name")
        #expect(try await scene.store.catalog.server(old.id) == expected)
    }

    @Test(arguments: Backend.all)
    func whatIsNotMentionedStaysAsItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let old = try await scene.addServer(
            .fixture(
                description: "Gathers figures", tags: ["a"], language: "go", isFeatured: true, gitHubStars: 3,
                repositoryURL: "https://github.com/a/b", metadata: ["x": 1]))
        scene.clock.advance(by: .seconds(1))

        let changed = try await scene.store.catalog.update(old.id, ServerPatch(), by: .system)

        var expected = old
        expected.updatedAt = scene.clock.now()
        #expect(changed == expected)
    }

    @Test(arguments: Backend.all)
    func whatIsClearedIsGone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let category = try await scene.store.categories.create(NewCategory(name: "Tools"))
        let old = try await scene.addServer(
            .fixture(description: "Gathers figures", category: category.id, gitHubStars: 3, repositoryURL: "https://github.com/a/b"))
        try await scene.store.catalog.update(old.id, ServerPatch(gitBranch: .set("main")), by: .system)

        let changed = try await scene.store.catalog.update(
            old.id,
            ServerPatch(description: .clear, repositoryURL: .clear, gitBranch: .set("other"), category: .clear, gitHubStars: .clear), by: .system)

        #expect(changed?.description == nil && changed?.repositoryURL == nil && changed?.categoryID == nil && changed?.gitHubStars == nil)
        #expect(changed?.details?.repositorySource == nil && changed?.details?.repositoryID == nil)
        #expect(changed?.details?.gitBranch == nil, "a branch of nothing")
    }

    @Test(arguments: Backend.all)
    func aSearchFindsWhatAnEntryHasBecome(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(name: "Elephant"))

        try await scene.store.catalog.update(server.id, ServerPatch(name: "Giraffe", description: .set("tall")), by: .system)

        #expect(try await scene.store.catalog.search("elephants", viewer: .administrator).total == 0)
        #expect(try await scene.store.catalog.search("giraffes tall", viewer: .administrator).items.map(\.server.id) == [server.id])
    }

    @Test(arguments: Backend.all)
    func onlyWhoMayChangesAnEntry(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let global = try await scene.addServer()
        let own = try await scene.addServer(.fixture(ownerTeam: scene.team.id))
        let catalog = scene.store.catalog
        let administrator = CatalogEditor.teamAdministrator(scene.owner.id, of: [scene.team.id])
        let stranger = CatalogEditor.teamAdministrator(scene.owner.id, of: ["elsewhere"])

        for attempt in Attempt.all {
            await expectRule(.globalAdministratorRequired) { _ = try await attempt.make(catalog, global.id, administrator) }
            #expect(try await attempt.make(catalog, own.id, stranger), "an entry of another team is as if it did not exist")
        }

        #expect(try await catalog.server(global.id) == global)
        #expect(try await catalog.server(own.id) == own)
        #expect(try await catalog.update(own.id, ServerPatch(name: "Ours"), by: administrator)?.name == "Ours")
        #expect(try await catalog.addTags(["a"], to: own.id, by: administrator)?.tags == ["a"])
        #expect(try await catalog.removeTags(["a"], from: own.id, by: administrator)?.tags == [])
        #expect(try await catalog.delete(own.id, by: administrator)?.server.id == own.id)
    }

    private struct Attempt: Sendable {
        /// Makes a change, and says whether there was nothing to change.
        let make: @Sendable (any McpServerCatalog, McpServerID, CatalogEditor) async throws -> Bool

        static let all = [
            Attempt { try await $0.update($1, ServerPatch(name: "Changed"), by: $2) == nil },
            Attempt { try await $0.addTags(["a"], to: $1, by: $2) == nil }, Attempt { try await $0.removeTags(["a"], from: $1, by: $2) == nil },
            Attempt { try await $0.delete($1, by: $2) == nil },
        ]
    }

    @Test(arguments: Backend.all)
    func aTeamsAdministratorCannotFeatureAnEntry(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let own = try await scene.addServer(.fixture(ownerTeam: scene.team.id))
        let patch = ServerPatch(isFeatured: true, isAutoInstalled: true)

        let refused = try await scene.store.catalog.update(own.id, patch, by: .teamAdministrator(scene.owner.id, of: [scene.team.id]))
        let changed = try await scene.store.catalog.update(own.id, patch, by: .globalAdministrator(scene.administrator.id))

        #expect(refused?.isFeatured == false && refused?.details?.isAutoInstalled == false)
        #expect(changed?.isFeatured == true && changed?.details?.isAutoInstalled == true)
    }

    private static let refused: [(String, ServerPatch)] = [
        ("name", ServerPatch(name: " ")), ("description", ServerPatch(description: .set("a\0"))),
        ("longDescription", ServerPatch(longDescription: .set("\0"))), ("version", ServerPatch(version: .set(""))),
        ("iconURL", ServerPatch(iconURL: .set(""))), ("websiteURL", ServerPatch(websiteURL: .set(""))),
        ("repositoryURL", ServerPatch(repositoryURL: .set(""))), ("gitBranch", ServerPatch(gitBranch: .set(""))),
        ("gitCommitSHA", ServerPatch(gitCommitSHA: .set(""))), ("authorName", ServerPatch(authorName: .set(""))),
        ("license", ServerPatch(license: .set(""))), ("language", ServerPatch(language: "")), ("runtime", ServerPatch(runtime: "")),
        ("transport", ServerPatch(transport: .unknown("pigeon"))), ("status", ServerPatch(status: .unknown("lost"))),
        ("tags", ServerPatch(tags: ["a\0"])), ("metadata", ServerPatch(metadata: [])), ("gitHubStars", ServerPatch(gitHubStars: .set(-1))),
        ("packages", ServerPatch(packages: [:])), ("remotes", ServerPatch(remotes: [:])),
        (
            "configuration.team.env",
            ServerPatch(configuration: McpConfigurationSchemas(team: McpConfigurationSchemas.Tier(env: [:])))
        ),
    ]

    @Test(arguments: Backend.all)
    func aFieldThatIsNotAcceptableIsNamed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        for (field, patch) in Self.refused {
            await expectInvalid(field) { try await scene.store.catalog.update(server.id, patch, by: .system) }
        }
        for category: CategoryID in ["nothing", "\0"] {
            await expectError(.referenceMissing(.category, constraint: "mcpServerTemplates_category_id_fkey")) {
                try await scene.store.catalog.update(server.id, ServerPatch(category: .set(category)), by: .system)
            }
        }

        #expect(try await scene.store.catalog.server(server.id) == server)
        #expect(try await scene.store.catalog.update(server.id, ServerPatch(category: .set("")), by: .system)?.categoryID == nil)
    }

    @Test(arguments: Backend.all)
    func whatDoesNotExistCannotBeChanged(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog

        for id: McpServerID in ["unknown", "", "\0"] {
            #expect(try await catalog.update(id, ServerPatch(name: "x"), by: .system) == nil)
            #expect(try await catalog.delete(id, by: .system) == nil)
            #expect(try await catalog.addTags(["a"], to: id, by: .system) == nil)
            #expect(try await catalog.removeTags(["a"], from: id, by: .teamAdministrator("u", of: [])) == nil)
            #expect(try await catalog.setHealth(id, .online, error: nil, at: .epoch) == false)
            #expect(try await catalog.server(officialName: id.rawValue) == nil)
        }
    }

    @Test(arguments: Backend.all)
    func aDeletedEntryTakesItsInstallationsWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let server = try await scene.addServer()
        let kept = try await scene.install(try await scene.addServer())
        let first = try await scene.install(server, name: "first")
        let second = try await scene.store.installations.createInstallation(
            team: other.id, user: scene.owner.id, .fixture(serverID: server.id, name: "second"))

        let deleted = try await scene.store.catalog.delete(server.id, by: .system)

        let expected = [
            DeletedServer.Installation(id: first.id, teamID: scene.team.id, name: "first"),
            DeletedServer.Installation(id: second.id, teamID: other.id, name: "second"),
        ]
        #expect(deleted == DeletedServer(server: server, installations: expected.sorted { $0.id < $1.id }))
        #expect(try await scene.store.catalog.server(server.id) == nil)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).map(\.id) == [kept.id])
        #expect(try await scene.store.installations.installationViews(team: other.id).isEmpty)
        #expect(try await scene.store.catalog.delete(server.id, by: .system) == nil)
    }

    @Test(arguments: Backend.all)
    func aHealthCheckIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let checkedAt = scene.clock.now()
        scene.clock.advance(by: .seconds(1))

        #expect(try await scene.store.catalog.setHealth(server.id, .offline, error: "no route", at: checkedAt))
        let offline = try await scene.store.catalog.server(server.id)
        #expect(try await scene.store.catalog.setHealth(server.id, .online, error: nil, at: scene.clock.now()))
        let online = try await scene.store.catalog.server(server.id)

        #expect(offline?.details?.health == .offline && offline?.details?.healthCheckError == "no route")
        #expect(offline?.details?.lastHealthCheckAt == checkedAt && offline?.updatedAt == scene.clock.now())
        #expect(online?.details?.health == .online && online?.details?.healthCheckError == nil)
        await expectInvalid("health") { try await scene.store.catalog.setHealth(server.id, .unknown("odd"), error: nil, at: checkedAt) }
        await expectInvalid("error") { try await scene.store.catalog.setHealth(server.id, .offline, error: "", at: checkedAt) }
    }
}
