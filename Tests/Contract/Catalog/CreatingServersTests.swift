import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CreatingServersTests {
    @Test(arguments: Backend.all)
    func aServerIsStoredAsGiven(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let configuration = McpConfigurationSchemas(
            template: .init(args: [["value": "--stdio", "locked": true]]), team: .init(env: [["name": "TOKEN", "type": "secret", "required": true]]),
            user: .init(headers: [["name": "X-User", "type": "string"]], queryParams: [["name": "q"]]))
        let new = NewServer(
            name: " My Server ", description: " It serves. ", longDescription: "Long", version: "1.2.3", iconURL: "https://example.org/icon.png",
            websiteURL: "https://example.org", repositoryURL: "https://github.com/owner/name.git", gitCommitSHA: "abc123", language: "Swift",
            runtime: "native", transport: .sse, tags: ["b", " a ", "", "b"], metadata: ["stars": 1.50, "nested": ["x": [1, .null, true]]],
            status: .deprecated, isFeatured: true, isAutoInstalled: true, source: .officialRegistry, requiresOAuth: true, gitHubStars: 12,
            packages: [["registryType": "oci"]], remotes: [["url": "https://example.org/sse"]], configuration: configuration)

        let server = try await scene.store.catalog.create(new, by: .globalAdministrator(scene.administrator.id))

        #expect(server.name == "My Server")
        #expect(server.slug == "my-server")
        #expect(server.description == " It serves. ")
        #expect(server.transport == .sse)
        #expect(server.iconURL == "https://example.org/icon.png" && server.websiteURL == "https://example.org")
        #expect(server.language == "Swift" && server.runtime == "native")
        #expect(server.visibility == .global)
        #expect(server.ownerTeamID == nil)
        #expect(server.tags == ["b", "a"])
        #expect(server.metadata == ["nested": ["x": [1, .null, true]], "stars": 1.5])
        #expect(server.status == .deprecated)
        #expect(server.isFeatured && server.requiresOAuth)
        #expect(server.source == .officialRegistry)
        #expect(server.gitHubStars == 12)
        #expect(server.createdAt == scene.clock.now() && server.updatedAt == scene.clock.now())
        let details = try #require(server.details)
        #expect(details.longDescription == "Long")
        #expect(details.version == "1.2.3")
        #expect(details.repositorySource == "github")
        #expect(details.repositoryID == "owner/name")
        #expect(details.gitCommitSHA == "abc123")
        #expect(details.packages == [["registryType": "oci"]])
        #expect(details.remotes == [["url": "https://example.org/sse"]])
        #expect(details.configuration == configuration)
        #expect(details.isAutoInstalled)
        #expect(details.createdBy == scene.administrator.id)
        #expect(details.health == .unchecked)
        #expect(try await scene.store.catalog.server(server.id) == server)
        #expect(try await scene.store.catalog.server(slug: "my-server") == server)
    }

    @Test(arguments: Backend.all)
    func whatIsNotKnownHasItsDefault(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let server = try await store.catalog.create(NewServer(name: "Plain"), by: .system)

        #expect(server.language == "unknown" && server.runtime == "unknown")
        #expect(server.transport == .stdio)
        #expect(server.tags.isEmpty)
        #expect(server.metadata == [:])
        #expect(server.status == .active && server.source == .manual)
        #expect(server.description == nil && server.categoryID == nil && server.gitHubStars == nil)
        #expect(!server.isFeatured && !server.requiresOAuth)
        #expect(server.details?.createdBy == nil)
        #expect(server.details?.repositorySource == nil)
    }

    @Test(arguments: Backend.all)
    func aTakenSlugGetsTheNextNumber(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        var slugs: [String] = []

        for name in ["サーバー", "GitHub", "github", "GitHub!", "!!!"] {
            slugs.append(try await store.catalog.create(.fixture(name: name), by: .system).slug)
        }

        #expect(slugs == ["server", "github", "github-2", "github-3", "server-2"])
    }

    @Test(arguments: Backend.all)
    func aTeamsOwnServerHasTheTeamsIdentifierInItsSlug(_ backend: Backend) async throws {
        let store = try await backend.makeStore(options: .reproducible())
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let team = try await store.teams.createTeam(.fixture(owner: user.id))

        let server = try await store.catalog.create(.fixture(name: "GitHub", ownerTeam: team.id), by: .teamAdministrator(user.id, of: [team.id]))

        #expect(server.slug == "\(team.id.rawValue.prefix(8))-github")
        #expect(server.visibility == .team)
        #expect(server.ownerTeamID == team.id)
    }

    @Test(arguments: Backend.all)
    func anAdministratorOfATeamMakesServersOfThatTeamOnly(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let editor = CatalogEditor.teamAdministrator(scene.owner.id, of: [scene.team.id])

        await expectError(.ruleViolation(.globalAdministratorRequired, "only a global administrator makes servers for everybody")) {
            try await scene.store.catalog.create(.fixture(), by: editor)
        }
        await expectError(.ruleViolation(.teamAdministratorRequired, "only an administrator of the team makes its servers")) {
            try await scene.store.catalog.create(.fixture(ownerTeam: "another"), by: editor)
        }

        #expect(try await scene.store.catalog.list(viewer: .administrator).total == 0)
    }

    @Test(arguments: Backend.all)
    func onlyGlobalRightsFeatureAndAutoInstall(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let new = NewServer.fixture(ownerTeam: scene.team.id, isFeatured: true, isAutoInstalled: true)

        let server = try await scene.store.catalog.create(new, by: .teamAdministrator(scene.owner.id, of: [scene.team.id]))

        #expect(!server.isFeatured)
        #expect(server.details?.isAutoInstalled == false)
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamCategoryOrCreatorIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectError(.referenceMissing(.team, constraint: "mcpServerTemplates_owner_team_id_fkey")) {
            try await store.catalog.create(.fixture(ownerTeam: "nothing"), by: .system)
        }
        await expectError(.referenceMissing(.category, constraint: "mcpServerTemplates_category_id_fkey")) {
            try await store.catalog.create(.fixture(category: "nothing"), by: .system)
        }
        await expectError(.referenceMissing(.user, constraint: "mcpServerTemplates_created_by_fkey")) {
            try await store.catalog.create(.fixture(), by: .globalAdministrator("nobody"))
        }

        #expect(try await store.catalog.list(viewer: .administrator).total == 0)
    }

    @Test(arguments: Backend.all)
    func anEmptyCategoryIsNone(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.catalog.create(.fixture(category: ""), by: .system).categoryID == nil)
    }

    private static let repositories: [(url: String, source: String?, id: String?)] = [
        ("https://github.com/owner/name", "github", "owner/name"),
        ("https://www.github.com/owner/name.git", "github", "owner/name"),
        ("http://GitLab.com/group/sub/name/?tab=readme#top", "gitlab", "group/sub/name"),
        ("https://bitbucket.org/owner/name/", "bitbucket", "owner/name"),
        ("https://example.org/owner/name", nil, nil),
        ("github.com/owner/name", nil, nil),
        ("https://github.com/", nil, nil),
    ]

    @Test(arguments: Backend.all)
    func hostAndPathOfTheRepositoryAreDerived(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for (url, source, id) in Self.repositories {
            let server = try await store.catalog.create(.fixture(repositoryURL: url), by: .system)

            #expect(server.repositoryURL == url)
            #expect(server.details?.repositorySource == source, "\(url)")
            #expect(server.details?.repositoryID == id, "\(url)")
        }
    }
}
