import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What is stored when a server's schema makes it secret.
@Suite(.database)
struct BecomingSecretTests {
    private static let schema: JSONValue = [["name": "KEY", "type": "secret"], ["name": "REGION"]]
    private static let tier = McpConfigurationSchemas.Tier(args: schema, env: schema, headers: schema, queryParams: schema)
    private static let secret = McpConfigurationSchemas(team: tier, user: tier)

    private static let values: JSONValue = ["KEY": ["s3cret", 1], "REGION": "eu", "OTHER": .null]
    private static let masked: JSONValue = ["KEY": "*****", "REGION": "eu", "OTHER": .null]
    private static let ofTeam = TeamConfiguration(
        args: [["name": "KEY", "value": "s3cret"], ["name": "REGION", "value": "eu"], "--verbose", ["name": "KEY", "value": "s3cret-2"]],
        env: values, headers: values, queryParams: values)
    private static let ofUser = UserConfigurationValues(args: values, env: values, headers: values, queryParams: values)

    private static func scene(on backend: Backend) async throws -> (scene: TeamScene, installation: McpInstallation) {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let server = try await scene.addServer()
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: ofTeam))
        try await scene.store.userConfigurations.save(made.id, user: scene.owner.id, team: scene.team.id, ofUser)
        return (scene, made.installation)
    }

    @Test(arguments: Backend.all)
    func valuesThatBecomeSecretAreEncryptedAndMaskedAtOnce(_ backend: Backend) async throws {
        let (scene, old) = try await Self.scene(on: backend)
        let (store, team, owner) = (scene.store, scene.team.id, scene.owner.id)
        scene.clock.advance(by: .seconds(60))

        try await store.catalog.update(old.serverID, ServerPatch(configuration: Self.secret), by: .system)

        var expected = old
        expected.configuration = TeamConfiguration(
            args: [["name": "KEY", "value": "*****"], ["name": "REGION", "value": "eu"], "--verbose", ["name": "KEY", "value": "*****"]],
            env: Self.masked, headers: Self.masked, queryParams: Self.masked)
        #expect(try await store.installations.installationViews(team: team).map(\.installation) == [expected])
        #expect(try await store.installations.installation(old.id, team: team)?.installation == expected)
        #expect(
            try await store.userConfigurations.list(user: owner, team: team).map(\.values)
                == [UserConfigurationValues(args: Self.masked, env: Self.masked, headers: Self.masked, queryParams: Self.masked)])
        #expect(
            try await store.installations.installation(old.id, team: team, reveal: .decrypted)?.installation.configuration == Self.ofTeam)
        #expect(try await store.userConfigurations.configuration(old.id, user: owner, reveal: .decrypted)?.values == Self.ofUser)
    }

    @Test(arguments: Backend.all)
    func whatBecomesSecretMayBeWrittenBackAsItsMask(_ backend: Backend) async throws {
        let (scene, old) = try await Self.scene(on: backend)
        let (store, team) = (scene.store, scene.team.id)
        try await store.catalog.update(old.serverID, ServerPatch(configuration: Self.secret), by: .system)

        try await store.installations.updateInstallation(old.id, team: team, InstallationPatch(env: .set(["KEY": "*****", "REGION": "us"])))

        let env = try await store.installations.installation(old.id, team: team, reveal: .decrypted)?.installation.configuration.env
        #expect(env == ["KEY": ["s3cret", 1], "REGION": "us"])
    }

    @Test(arguments: Backend.all)
    func whatIsNoLongerSecretStaysMaskedUntilItIsWritten(_ backend: Backend) async throws {
        let (scene, old) = try await Self.scene(on: backend)
        let (store, team) = (scene.store, scene.team.id)
        try await store.catalog.update(old.serverID, ServerPatch(configuration: Self.secret), by: .system)

        try await store.catalog.update(old.serverID, ServerPatch(configuration: McpConfigurationSchemas()), by: .system)

        #expect(try await store.installations.installation(old.id, team: team)?.installation.configuration.env == Self.masked)
        try await store.installations.updateInstallation(old.id, team: team, InstallationPatch(env: .set(["KEY": "open"])))
        #expect(try await store.installations.installation(old.id, team: team)?.installation.configuration.env == ["KEY": "open"])
    }

    @Test(arguments: Backend.all)
    func withoutASecretToEncryptWithNothingThatIsStoredBecomesSecret(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (store, team) = (scene.store, scene.team.id)
        let server = try await scene.addServer()
        let old = try await store.installations.createInstallation(
            team: team, user: scene.owner.id, .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": "open"]))
        ).installation

        await expectError(.ruleViolation(.encryptionSecretRequired, "open the store with an encryption secret to store secrets")) {
            try await store.catalog.update(server.id, ServerPatch(configuration: Self.secret), by: .system)
        }

        #expect(try await store.catalog.server(server.id) == server)
        #expect(try await store.installations.installationViews(team: team).map(\.installation) == [old])
        let other = ["name": "OTHER", "type": "secret"] as JSONValue
        try await store.catalog.update(
            server.id, ServerPatch(configuration: McpConfigurationSchemas(team: .init(env: [other]), user: .init(env: [other]))), by: .system)
        #expect(try await store.installations.installationViews(team: team).map(\.installation) == [old], "Only values need a secret.")
    }

    @Test(arguments: Backend.all)
    func whatAnImportMakesSecretIsEncryptedToo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let (store, team, owner) = (scene.store, scene.team.id, scene.owner.id)
        try await store.catalog.importServers(try CatalogFile(text: #"[{"name": "a", "env": [{"name": "KEY"}]}, {"name": "b"}]"#))
        var installations: [McpInstallationID] = []
        for (slug, key) in [("a", "s3cret"), ("b", "open")] as [(String, JSONValue)] {
            let server = try #require(try await store.catalog.server(slug: slug))
            let installation = try await scene.install(server).id
            try await store.userConfigurations.save(installation, user: owner, team: team, UserConfigurationValues(env: ["KEY": key]))
            installations.append(installation)
        }

        let report = try await store.catalog.importServers(try CatalogFile(text: #"[{"name": "a", "secrets": [{"env": "KEY"}]}, {"name": "b"}]"#))

        #expect(report == CatalogImportReport(updated: 1, unchanged: 1))
        let values = try await installations.asyncMap { try await store.userConfigurations.configuration($0, user: owner)?.values.env }
        #expect(values == [["KEY": "*****"], ["KEY": "open"]])
        let shown = try await store.userConfigurations.configuration(installations[0], user: owner, reveal: .decrypted)
        #expect(shown?.values.env == ["KEY": "s3cret"])
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
