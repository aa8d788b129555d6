import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What somebody else did to the table of settings, and what the database holds of a secret.
@Suite(.requiresServer, .database)
struct StoredSettingsTests {
    private static func store(_ secret: EncryptionSecret?) async throws -> DataStore {
        try await DataStore.postgres(try await TestDatabase.lent().configuration, options: StoreOptions(encryptionSecret: secret))
    }

    @Test func theDatabaseHoldsNoSecret() async throws {
        let store = try await Self.store(EncryptionSecret("only for tests, never elsewhere"))

        try await store.settings.set("smtp.password", to: .secret("canary-91f2"))

        let table = try await TestDatabase.lent().text(of: "globalSettings")
        #expect(table.contains("smtp.password") && !table.contains("canary"))
        await store.close()
    }

    @Test func aSecretOfAnotherKeyIsAnErrorAloneAndMarkedInLists() async throws {
        let first = try await Self.store(EncryptionSecret("only for tests, never elsewhere"))
        try await first.settings.set(NewSetting("smtp.password", .secret("s"), groupID: "team"))
        let second = try await Self.store(EncryptionSecret("another secret that nobody has"))
        let none = try await Self.store(nil)

        let wrong = await #expect(throws: DataError.self) { try await second.settings.get("smtp.password") }
        let missing = await #expect(throws: DataError.self) { try await none.settings.get("smtp.password") }

        #expect(wrong?.kind == .undecryptable)
        #expect(missing?.rule == .encryptionSecretRequired)
        let listed = try await second.settings.list()
        #expect(listed.count == 9)
        let content = try #require(listed.first { $0.isEncrypted }).content
        #expect(content == .unreadable(try #require(wrong)))
        #expect(try await none.settings.search("smtp").map(\.value) == [nil])
        #expect(try await second.settings.groupsWithSettings().first?.settings.count == 9)
        for store in [first, second, none] { await store.close() }
    }

    @Test func aSecretIsReadWithTheKeyThatEncryptedIt() async throws {
        let old = try EncryptionSecret("only for tests, never elsewhere")
        let first = try await Self.store(old)
        try await first.settings.set("smtp.password", to: .secret("s"))
        let second = try await Self.store(EncryptionSecret("another secret that nobody has", keyID: "2026", previous: [old]))

        try await second.settings.set("smtp.user", to: .secret("t"))

        #expect(try await second.settings.get("smtp.password")?.secret?.reveal() == "s")
        #expect(try await second.settings.get("smtp.user")?.secret?.reveal() == "t")
        await #expect { try await first.settings.get("smtp.user") } throws: { ($0 as? DataError)?.kind == .undecryptable }
        for store in [first, second] { await store.close() }
    }

    @Test func aSecretThatWasMovedToAnotherKeyIsNotDecrypted() async throws {
        let store = try await Self.store(EncryptionSecret("only for tests, never elsewhere"))
        try await store.settings.set("smtp.password", to: .secret("s"))

        try await TestDatabase.lent().run("UPDATE \"globalSettings\" SET \"key\" = 'public.banner' WHERE \"key\" = 'smtp.password'")

        await #expect { try await store.settings.get("public.banner") } throws: { ($0 as? DataError)?.kind == .undecryptable }
        await store.close()
    }

    @Test func aTextThatIsNotOfItsTypeIsAnErrorAloneAndMarkedInLists() async throws {
        let store = try await Self.store(nil)
        let database = try await TestDatabase.lent()
        let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        try await database.run("UPDATE \"globalSettings\" SET \"value\" = 'many' WHERE \"key\" = 'team.creation_limit'")

        let error = await #expect(throws: DataError.self) { try await store.settings.get("team.creation_limit") }
        #expect(error?.kind == .configuration && error?.field == "team.creation_limit")
        let setting = try #require(try await store.settings.list().first { $0.key == "team.creation_limit" })
        #expect(setting.content == .unreadable(try #require(error)))
        let creation = await #expect(throws: DataError.self) { try await store.teams.createTeam(.fixture(owner: owner.id)) }
        #expect(creation?.kind == .configuration && creation?.field == "team.creation_limit")
        await store.close()
    }

    @Test func aBooleanIsReadInManySpellings() async throws {
        let store = try await Self.store(nil)
        let database = try await TestDatabase.lent()
        let spellings = [
            ("TRUE", true), ("1", true), ("Yes", true), (" on ", true), ("enabled", true), ("False", false), ("0", false), ("no", false),
            ("OFF", false),
            ("Disabled", false),
        ]

        for (text, flag) in spellings {
            try await database.run("UPDATE \"globalSettings\" SET \"value\" = '\(text)' WHERE \"key\" = 'team.allow_remote_mcp'")
            #expect(try await store.settings.get(.teamAllowsRemoteServers) == .boolean(flag), "\(text)")
        }
        for text in ["", "maybe", "2", "yess"] {
            try await database.run("UPDATE \"globalSettings\" SET \"value\" = '\(text)' WHERE \"key\" = 'team.allow_remote_mcp'")
            await #expect(throws: DataError.self, "\(text)") { try await store.settings.get("team.allow_remote_mcp") }
        }
        await store.close()
    }
}
