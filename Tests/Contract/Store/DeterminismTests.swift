import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// With one clock, one sequence of identifiers and one seed, everything that the backends answer is equal, identifiers included.
@Suite(.database)
struct DeterminismTests {
    @Test(arguments: Backend.all)
    func aStoreWithReproducibleOptionsAnswersLikeAnyOther(_ backend: Backend) async throws {
        let reference = try await Self.transcript(of: .inMemory(options: try Self.options()))

        let transcript = try await Self.transcript(of: try await backend.makeStore(options: try Self.options()))

        #expect(transcript.count == reference.count)
        for (line, expected) in zip(transcript, reference) { #expect(line == expected) }
    }

    private static func options() throws -> StoreOptions {
        .reproducible(seed: 7, encryptionSecret: try EncryptionSecret("a secret of some length"))
    }

    /// One call after the other, over all repositories, with what each answered.
    private static func transcript(of store: DataStore) async throws -> [String] {
        var lines: [String] = []
        func note(_ value: some Any) { lines.append(String(reflecting: value)) }

        let auto = NewServer(
            name: "Auto", description: "Installed everywhere.", tags: ["auto", "db"], isAutoInstalled: true,
            configuration: McpConfigurationSchemas(
                team: .init(env: [["name": "KEY", "type": "secret"]]), user: .init(args: [["name": "a", "required": true]])))
        let server = try await store.catalog.create(auto, by: .system)
        note(server)
        let ada = try await store.users.createUser(NewUser(username: "ada", email: "Ada@example.org"))
        let bob = try await store.users.createUser(NewUser(username: "bob", email: "bob@example.org", githubID: "1"))
        note([ada, bob])
        let team = try await store.teams.createTeam(NewTeam(name: "Acme", owner: ada.id, limits: TeamLimits(members: 9)))
        note(team)
        // What is refused takes nothing from what comes after it.
        _ = try? await store.oauthClients.grantConsent(user: ada.id, team: "", client: "cursor_mcp_client", scopes: [.read])
        note(try await store.teams.addMember(bob.id, to: team.id))
        note(try await store.teams.members(of: team.id))
        note(try await store.teams.teams(of: ada.id))
        note(
            try await store.installations.createInstallation(
                team: team.id, user: bob.id, NewInstallation(serverID: server.id, name: "tool", configuration: TeamConfiguration(env: ["KEY": "s"]))))
        note(try await store.installations.installationViews(team: team.id))
        note(try await store.installations.usage(team: team.id) as Any)
        let issued = try await store.tokens.issueAccessToken(NewAccessToken(user: bob.id, team: team.id, clientID: "cursor"))
        note(issued.token.reveal())
        note(issued.record)
        note(try await store.tokens.verify(issued.token.reveal()) as Any)
        note(try await store.notifications.notifyTeam(team.id, title: "News", message: "…"))
        note(try await store.notifications.create(user: ada.id, title: "Hello", message: "there"))
        note(try await store.notifications.list(user: ada.id))
        note(
            try await store.catalog.importServers(
                try CatalogFile(text: #"[{"name": "auto", "category": "A"}, {"name": "x", "category": "B"}, {"name": "y", "category": "A"}]"#)))
        note(try await store.catalog.list(viewer: .administrator))
        note(try await store.catalog.search("auto or x", viewer: .administrator))
        note(try await store.catalog.tagCounts(viewer: .administrator, limit: 10))
        return lines
    }
}
