import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A secret whose key is not there: an error where it is asked for, an entry that says so in lists.
@Suite(.database)
struct UnreadableSecretsTests {
    private static let old = "only for tests, never elsewhere"
    private static let new = "another secret that nobody has"

    private static func options(_ secret: EncryptionSecret?) -> StoreOptions { StoreOptions(encryptionSecret: secret) }

    @Test(arguments: Backend.all)
    func aSettingOfAnotherKeyIsAnErrorAloneAndMarkedInLists(_ backend: Backend) async throws {
        let first = try await backend.makeStore(options: Self.options(EncryptionSecret(Self.old)))
        try await first.settings.set(NewSetting("smtp.password", .secret("s"), groupID: "team"))
        try await first.settings.set(NewSetting("smtp.host", "mail.example.org", groupID: "team"))
        let second = try await backend.makeStore(on: first, options: Self.options(EncryptionSecret(Self.new)))
        let none = try await backend.makeStore(on: first, options: Self.options(nil))

        let wrong = await #expect(throws: DataError.self) { try await second.settings.get("smtp.password") }

        #expect(wrong?.kind == .undecryptable && wrong?.outcome == .rejected)
        await expectRule(.encryptionSecretRequired) { _ = try await none.settings.get("smtp.password") }
        for store in [second, none] {
            #expect(try await store.settings.get("smtp.host") == "mail.example.org")
            let found = try await store.settings.search("smtp")
            #expect(found.map(\.key) == ["smtp.host", "smtp.password"] && found.map(\.value) == ["mail.example.org", nil])
            let listed = try await store.settings.list(group: "team")
            let grouped = try await store.settings.groupsWithSettings().flatMap(\.settings)
            for setting in found + listed + grouped {
                guard setting.key == "smtp.password" else { continue }
                guard case .unreadable(let error) = setting.content else {
                    Issue.record("\(setting)")
                    continue
                }
                #expect(setting.isEncrypted && (error == wrong || error.rule == .encryptionSecretRequired))
            }
        }
        #expect(try await first.settings.get("smtp.password")?.secret?.reveal() == "s")
    }

    /// What cannot be read can be replaced, and keeps what is said about it when its stars are written back.
    @Test(arguments: Backend.all)
    func aSettingThatCannotBeReadCanBeReplacedAndRemoved(_ backend: Backend) async throws {
        let first = try await backend.makeStore(options: Self.options(EncryptionSecret(Self.old)))
        for key in ["a", "b", "c"] { try await first.settings.set(key, to: .secret("s")) }
        let second = try await backend.makeStore(on: first, options: Self.options(EncryptionSecret(Self.new)))

        let kept = try await second.settings.set(NewSetting("a", .secret("*****"), name: "A"))
        try await second.settings.set("b", to: .secret("t"))

        #expect(kept.name == "A" && kept.value == nil && kept.isEncrypted)
        #expect(try await first.settings.get("a")?.secret?.reveal() == "s")
        #expect(try await second.settings.get("b")?.secret?.reveal() == "t")
        await #expect { try await first.settings.get("b") } throws: { ($0 as? DataError)?.kind == .undecryptable }
        #expect(try await second.settings.delete("c"))
        #expect(try await first.settings.get("c") == nil)
    }

    @Test(arguments: Backend.all)
    func aKeyThatWasReplacedStillDecrypts(_ backend: Backend) async throws {
        let old = try EncryptionSecret(Self.old)
        let first = try await backend.makeStore(options: Self.options(old))
        try await first.settings.set("smtp.password", to: .secret("s"))
        let second = try await backend.makeStore(
            on: first, options: Self.options(EncryptionSecret(Self.new, keyID: "2026", previous: [old])))
        try await second.settings.set("smtp.user", to: .secret("t"))

        #expect(try await second.settings.get("smtp.password")?.secret?.reveal() == "s")
        await #expect { try await first.settings.get("smtp.user") } throws: { ($0 as? DataError)?.kind == .undecryptable }
        #expect(try await second.reencryptSecrets() == ReencryptionReport(examined: 2, reencrypted: 1))

        let alone = try await backend.makeStore(on: first, options: Self.options(EncryptionSecret(Self.new, keyID: "2026")))
        #expect(try await alone.settings.get("smtp.password")?.secret?.reveal() == "s")
        await #expect { try await first.settings.get("smtp.password") } throws: { ($0 as? DataError)?.kind == .undecryptable }
    }

    @Test(arguments: Backend.all)
    func aConfigurationOfAnotherKeyIsMaskedAndNotRevealed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: EncryptionSecret(Self.old))
        let schema = McpConfigurationSchemas(team: .init(env: [["name": "KEY", "type": "secret"]]))
        let server = try await scene.addServer(.fixture(configuration: schema))
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": "secret"])))
        let second = try await backend.makeStore(on: scene.store, options: Self.options(EncryptionSecret(Self.new, keyID: "2026")))

        #expect(try await second.installations.installation(installation.id, team: scene.team.id, reveal: .masked) != nil)
        await #expect {
            try await second.installations.installation(installation.id, team: scene.team.id, reveal: .decrypted)
        } throws: { ($0 as? DataError)?.kind == .undecryptable }
        await #expect { try await second.reencryptSecrets() } throws: { ($0 as? DataError)?.kind == .undecryptable }
    }

    /// The second store is one on the same tables: a call on either inside a transaction of the other is a mistake of the caller's, not a wait without end.
    @Test func storesOnTheSameTablesInMemoryKnowOfEachOthersTransactions() async throws {
        let first = DataStore.inMemory()
        let second = try DataStore.inMemory(on: first, options: StoreOptions())

        try await first.transaction { _ in
            await expectRule(.outerStoreInTransaction) { try await second.settings.set("a", to: "b") }
        }
        try await second.settings.set("a", to: "b")

        #expect(try await first.settings.get("a") == "b")
        await second.close()
        await #expect(throws: DataError.self) { try await first.settings.get("a") }
    }
}
