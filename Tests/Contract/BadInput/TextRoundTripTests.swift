import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TextRoundTripTests {
    @Test(arguments: Backend.all, BadText.harmless)
    func whateverIsNotRefusedIsReturnedByteForByte(_ backend: Backend, _ text: String) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store
        let trimmed = text.trimmed

        let user = try await store.users.createUser(.fixture(username: text, firstName: text, lastName: text, githubID: text))
        let team = try await store.teams.createTeam(.fixture(owner: scene.owner.id, name: text, description: text))
        let server = try await store.catalog.create(
            .fixture(name: text, description: text, tags: [text], language: text, metadata: ["k": .string(text)]), by: .system)
        let installation = try await store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id,
            .fixture(serverID: server.id, name: text, configuration: TeamConfiguration(env: ["k": .string(text)])))
        let notification = try await store.notifications.create(user: user.id, title: text, message: text)

        let storedUser = try #require(try await store.users.user(user.id))
        #expect(bytes(storedUser.username) == bytes(trimmed))
        #expect([storedUser.firstName, storedUser.lastName, storedUser.githubID].allSatisfy { bytes($0) == bytes(text) })
        let storedTeam = try #require(try await store.teams.team(team.id))
        #expect(bytes(storedTeam.name) == bytes(trimmed))
        #expect(bytes(storedTeam.description) == bytes(text))
        let storedServer = try #require(try await store.catalog.server(server.id))
        #expect(bytes(storedServer.name) == bytes(trimmed))
        #expect(bytes(storedServer.description) == bytes(text))
        #expect(storedServer.tags.map { bytes($0) } == [bytes(trimmed)])
        #expect(bytes(storedServer.language) == bytes(text))
        #expect(bytes(storedServer.metadata["k"]?.string) == bytes(text))
        let view = try #require(try await store.installations.installationViews(team: scene.team.id).first)
        #expect(view.id == installation.id)
        #expect(bytes(view.installation.name) == bytes(trimmed))
        #expect(bytes(view.installation.configuration.env?["k"]?.string) == bytes(text))
        let stored = try #require(try await store.notifications.list(user: user.id).items.first)
        #expect(stored.id == notification.id)
        #expect(bytes(stored.title) == bytes(trimmed))
        #expect(bytes(stored.message) == bytes(text))
        #expect(try await store.catalog.servers(withAllTags: [trimmed]).map(\.id) == [server.id])
        #expect(try await store.catalog.list(viewer: .administrator, filter: CatalogFilter(language: text)).items.map(\.id) == [server.id])
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        var scalars = unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }
}
