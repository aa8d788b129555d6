import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ReencryptionTests {
    private static let configurations = McpConfigurationSchemas(
        team: .init(env: [["name": "KEY", "type": "secret"]]), user: .init(headers: [["name": "KEY", "type": "secret"]]))

    @Test(arguments: Backend.all)
    func whatHasTheCurrentKeyIsLeftAsItIs(_ backend: Backend) async throws {
        let old = try EncryptionSecret("what we began with, years ago")
        let scene = try await TeamScene.make(on: backend, encryptionSecret: old)
        let server = try await scene.addServer(.fixture(configuration: Self.configurations))
        for number in 0..<5 {
            let configuration = TeamConfiguration(env: number < 3 ? ["KEY": "secret", "OTHER": "x"] : ["OTHER": "x"])
            let installation = try await scene.store.installations.createInstallation(
                team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: configuration))
            try await scene.store.userConfigurations.save(
                installation.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(headers: number < 2 ? ["KEY": "secret"] : [:]))
        }

        try await scene.store.settings.set("smtp.password", to: .secret("secret"))
        try await scene.store.settings.set("smtp.host", to: "mail.example.org")

        #expect(try await scene.store.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 6, reencrypted: 0))
        await expectInvalid("batchSize") { try await scene.store.reencryptSecrets(batchSize: 0) }
    }

    /// The identifier of a key is what a program calls it, and says nothing of the secret behind it.
    @Test(arguments: Backend.all, HeldSecret.allCases)
    func anotherSecretUnderTheSameIdentifierIsAnError(_ backend: Backend, _ held: HeldSecret) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("what we began with, years ago", keyID: "2026"))
        try await held.store(in: scene, Self.configurations)
        let other = try await backend.makeStore(
            on: scene.store, options: StoreOptions(encryptionSecret: EncryptionSecret("what nobody stored anything with", keyID: "2026")))

        await #expect { try await other.reencryptSecrets() } throws: { ($0 as? DataError)?.kind == .undecryptable }

        #expect(try await scene.store.reencryptSecrets() == ReencryptionReport(examined: 1, reencrypted: 0))
    }

    /// A value that cannot be read ends the batch that it is in, of which nothing is changed.
    @Test(arguments: Backend.all)
    func ofABatchWithAValueThatCannotBeReadNothingIsReencrypted(_ backend: Backend) async throws {
        let old = try EncryptionSecret("what we began with, years ago")
        let first = try await backend.makeStore(options: StoreOptions(encryptionSecret: old))
        try await first.settings.set("a", to: .secret("s"))
        let foreign = try await backend.makeStore(
            on: first, options: StoreOptions(encryptionSecret: EncryptionSecret("what nobody stored anything with", keyID: "2026")))
        try await foreign.settings.set("b", to: .secret("t"))
        let second = try await backend.makeStore(
            on: first, options: StoreOptions(encryptionSecret: EncryptionSecret("what we use from now on", keyID: "2026", previous: [old])))

        await #expect { try await second.reencryptSecrets() } throws: { ($0 as? DataError)?.kind == .undecryptable }

        #expect(try await first.settings.get("a")?.secret?.reveal() == "s")
        #expect(try await foreign.settings.get("b")?.secret?.reveal() == "t")
        #expect(try await second.settings.delete("b"))
        #expect(try await second.reencryptSecrets() == ReencryptionReport(examined: 1, reencrypted: 1))
    }

    @Test(arguments: Backend.all)
    func withoutASecretNothingIsReencrypted(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectRule(.encryptionSecretRequired) { try await store.reencryptSecrets() }
    }
}

/// Where a secret is stored.
enum HeldSecret: CaseIterable {
    case setting
    case installation
    case userConfiguration

    /// Stores one secret and nothing else.
    func store(in scene: TeamScene, _ schemas: McpConfigurationSchemas) async throws {
        guard self != .setting else {
            try await scene.store.settings.set("smtp.password", to: .secret("secret"))
            return
        }
        let server = try await scene.addServer(.fixture(configuration: schemas))
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id,
            .fixture(serverID: server.id, configuration: TeamConfiguration(env: self == .installation ? ["KEY": "secret"] : [:])))
        guard self == .userConfiguration else { return }
        try await scene.store.userConfigurations.save(
            installation.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(headers: ["KEY": "secret"]))
    }
}
