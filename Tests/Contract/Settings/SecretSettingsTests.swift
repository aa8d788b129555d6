import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SecretSettingsTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        try await backend.makeStore(options: StoreOptions(encryptionSecret: try EncryptionSecret("only for tests, never elsewhere")))
    }

    @Test(arguments: Backend.all)
    func aSecretComesBackAndIsNotPrinted(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        let stored = try await store.settings.set("smtp.password", to: .secret("canary-7c1f"))

        #expect(stored.isEncrypted && stored.type == .string)
        #expect(stored.value?.secret?.reveal() == "canary-7c1f")
        #expect(try await store.settings.get("smtp.password")?.secret?.reveal() == "canary-7c1f")
        #expect(try await store.settings.search("smtp").first?.value?.secret?.reveal() == "canary-7c1f")
        var dumped = ""
        dump(stored, to: &dumped)
        #expect(!"\(stored) \(String(reflecting: stored)) \(dumped)".contains("canary"))
    }

    @Test(arguments: Backend.all)
    func starsLeaveTheSecretAsItIs(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        try await store.settings.set("smtp.password", to: .secret("first"))

        let renamed = try await store.settings.set(NewSetting("smtp.password", .secret("*****"), name: "Password", groupID: "team"))

        #expect(renamed.name == "Password" && renamed.groupID == "team")
        #expect(try await store.settings.get("smtp.password")?.secret?.reveal() == "first")
        try await store.settings.set("smtp.password", to: .secret("second"))
        #expect(try await store.settings.get("smtp.password")?.secret?.reveal() == "second")
        let nothing = DataError.validation("value", "there is no secret that ***** could stand for")
        try await store.settings.set("plain", to: "x")
        for key in ["nothing", "plain"] { await expectError(nothing) { try await store.settings.set(key, to: .secret("*****")) } }
    }

    @Test(arguments: Backend.all)
    func aSecretIsNotReplacedByAValueInClear(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        try await store.settings.set("smtp.password", to: .secret("first"))

        await expectError(.ruleViolation(.encryptedSettingStays, "a secret is not replaced by a value that is stored in clear; delete it first")) {
            try await store.settings.set("smtp.password", to: "first")
        }
        await expectRule(.encryptedSettingStays) { try await store.settings.setMany([NewSetting("a", 1), NewSetting("smtp.password", 1)]) }

        #expect(try await store.settings.get("a") == nil)
        #expect(try await store.settings.get("smtp.password")?.secret?.reveal() == "first")
        try await store.settings.set("plain", to: "x")
        #expect(try await store.settings.set("plain", to: .secret("x")).isEncrypted)
    }

    @Test(arguments: Backend.all)
    func aDefaultMayBeASecretButNotItsMask(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        #expect(try await store.settings.initializeDefaults([SettingDefinition("s", .secret("first"))]) == 1)
        #expect(try await store.settings.initializeDefaults([SettingDefinition("s", .secret("second"))]) == 0)
        await expectError(.validation("value", "there is no secret that ***** could stand for")) {
            try await store.settings.initializeDefaults([SettingDefinition("t", .secret("*****"))])
        }

        #expect(try await store.settings.get(SettingDefinition("s", .secret("second"))).secret?.reveal() == "first")
        #expect(try await store.settings.get("t") == nil)
        await expectError(DataError(.configuration, entity: .setting, field: "s", reason: "the setting must be a text")) {
            _ = try await store.settings.get(SettingDefinition("s", ""))
        }
    }

    @Test(arguments: Backend.all)
    func withoutAnEncryptionSecretNoSecretIsStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectRule(.encryptionSecretRequired) { try await store.settings.set("smtp.password", to: .secret("x")) }
        await expectRule(.encryptionSecretRequired) { try await store.settings.initializeDefaults([SettingDefinition("s", .secret("x"))]) }

        #expect(try await store.settings.get("smtp.password") == nil)
        #expect(try await store.settings.get("s") == nil)
    }
}
