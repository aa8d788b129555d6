import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What a store remembers of settings when it is told to, beside another store that changes them as another process would.
@Suite(.database)
struct RememberedSettingsTests {
    /// A store that remembers settings for a minute, and another one on the same tables.
    private struct Scene {
        let clock = ManualTimeSource()
        let store: DataStore
        let other: DataStore

        init(on backend: Backend, secret: EncryptionSecret? = nil) async throws {
            var options = StoreOptions(timeSource: clock, encryptionSecret: secret)
            other = try await backend.makeStore(options: options)
            options.settingsLifetime = .seconds(60)
            store = try await backend.makeStore(on: other, options: options)
        }
    }

    @Test(arguments: Backend.all)
    func nothingIsRememberedUnlessAStoreIsToldTo(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)

        #expect(try await scene.other.settings.get("a") == nil)
        try await scene.store.settings.set("a", to: "1")
        #expect(try await scene.other.settings.get("a") == "1")
    }

    @Test(arguments: Backend.all)
    func aSettingIsRememberedUntilItsTimeIsOver(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        try await scene.other.settings.set("a", to: "1")
        #expect(try await scene.store.settings.get("a") == "1")
        #expect(try await scene.store.settings.get("b") == nil)

        try await scene.other.settings.setMany([NewSetting("a", "2"), NewSetting("b", "2"), NewSetting("team.creation_limit", 9)])
        scene.clock.advance(by: .seconds(60) - .microseconds(1))

        #expect(try await scene.store.settings.get("a") == "1")
        #expect(try await scene.store.settings.get("b") == nil)
        #expect(try await scene.store.settings.get(.teamCreationLimit) == 9)
        #expect(try await scene.store.settings.list().map(\.value).contains("2"))
        scene.clock.advance(by: .microseconds(1))
        #expect(try await scene.store.settings.get("a") == "2")
        #expect(try await scene.store.settings.get("b") == "2")
    }

    /// Swift takes the sign for kelvin and the letter K for the same.
    @Test(arguments: Backend.all)
    func whatCannotBeAKeyIsNotTakenForOne(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        try await scene.other.settings.set("x.K", to: "1")

        #expect(try await scene.store.settings.get("x.\u{212A}") == nil)
        #expect(try await scene.store.settings.get("x.K") == "1")
        #expect(try await scene.store.settings.get("x.\u{212A}") == nil)
    }

    @Test(arguments: Backend.all)
    func aSettingIsForgottenWhenSomebodySaysSo(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        for key in ["a", "b"] { #expect(try await scene.store.settings.get(key) == nil) }
        try await scene.other.settings.setMany([NewSetting("a", "1"), NewSetting("b", "1")])

        scene.store.invalidateSetting("a")

        #expect(try await scene.store.settings.get("a") == "1")
        #expect(try await scene.store.settings.get("b") == nil)
        scene.store.invalidateSettings()
        #expect(try await scene.store.settings.get("b") == "1")
        scene.other.invalidateSettings()
    }

    @Test(arguments: Backend.all)
    func aStoreKnowsWhatItHasWrittenItself(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        let settings = scene.store.settings

        #expect(try await settings.get("a") == nil)
        try await settings.set("a", to: "1")
        #expect(try await settings.get("a") == "1")
        try await settings.setMany([NewSetting("a", "2")])
        #expect(try await settings.get("a") == "2")
        #expect(try await settings.delete("a"))
        #expect(try await settings.get("a") == nil)
        #expect(try await settings.initializeDefaults([SettingDefinition("a", "3")]) == 1)
        #expect(try await settings.get("a") == "3")
    }

    /// In a transaction the database is asked, and what the transaction wrote is known when it has been committed.
    @Test(arguments: Backend.all)
    func aTransactionAsksAndItsWritesAreKnownAfterwards(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        for key in ["a", "b", "c"] { #expect(try await scene.store.settings.get(key) == nil) }
        try await scene.other.settings.setMany([NewSetting("a", "1"), NewSetting("b", "1")])

        try await scene.store.transaction { store in
            #expect(try await store.settings.get("a") == "1")
            try await store.settings.set("b", to: "2")
            #expect(try await store.settings.get("b") == "2")
            try await store.transaction { store in
                try await store.settings.set("c", to: "2")
                #expect(try await store.settings.get("c") == "2")
            }
        }

        #expect(try await scene.store.settings.get("a") == nil)
        #expect(try await scene.store.settings.get("b") == "2")
        #expect(try await scene.store.settings.get("c") == "2")
    }

    @Test(arguments: Backend.all)
    func whatATransactionUndidIsNotRemembered(_ backend: Backend) async throws {
        struct Undone: Error {}
        let scene = try await Scene(on: backend)
        try await scene.store.settings.set("a", to: "1")

        await #expect(throws: Undone.self) {
            try await scene.store.transaction { store in
                try await store.settings.set("a", to: "2")
                #expect(try await store.settings.get("a") == "2")
                throw Undone()
            }
        }
        #expect(try await scene.store.settings.get("a") == "1")

        try await scene.store.transaction { store in
            _ = try? await store.transaction { store in
                _ = try await store.settings.delete("a")
                let deleted = try await store.settings.get("a")
                #expect(deleted == nil)
                throw Undone()
            }
            let kept = try await store.settings.get("a")
            #expect(kept == "1")
        }
        #expect(try await scene.store.settings.get("a") == "1")
    }

    @Test(arguments: Backend.all)
    func aSecretIsNeverRemembered(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend, secret: EncryptionSecret("only for tests, never elsewhere"))
        try await scene.other.settings.set("smtp.password", to: .secret("s"))
        #expect(try await scene.store.settings.get("smtp.password")?.secret?.reveal() == "s")

        try await scene.other.settings.set("smtp.password", to: .secret("t"))

        #expect(try await scene.store.settings.get("smtp.password")?.secret?.reveal() == "t")
    }

    /// What is remembered is not told to those who would be refused otherwise.
    @Test(arguments: Backend.all)
    func whoeverMayNotAskIsNotAnsweredFromMemory(_ backend: Backend) async throws {
        let scene = try await Scene(on: backend)
        try await scene.other.settings.set("a", to: "1")
        #expect(try await scene.store.settings.get("a") == "1")

        try await scene.store.transaction { _ in
            await expectRule(.outerStoreInTransaction) { _ = try await scene.store.settings.get("a") }
        }
        await #expect {
            try await withThrowingTaskGroup(of: SettingValue?.self) { group in
                group.cancelAll()
                group.addTask { try await scene.store.settings.get("a") }
                _ = try await group.next()
            }
        } throws: { ($0 as? DataError)?.kind == .cancelled }
        #expect(try await scene.store.settings.get("a") == "1")
        await scene.store.close()
        await #expect(throws: DataError.self) { try await scene.store.settings.get("a") }
    }

    @Test(arguments: Backend.all)
    func aStoreOfATeamAlwaysAsks(_ backend: Backend) async throws {
        var options = StoreOptions()
        options.settingsLifetime = .seconds(60)
        let platform = try await backend.makeStore(options: options)
        let tenants = try await backend.makeTenantStore(on: platform, options: options)
        let tenant = try tenants.scoped(to: "team")
        #expect(try await tenant.settings.get("a") == nil)

        try await platform.settings.set("a", to: "1")

        #expect(try await tenant.settings.get("a") == "1")
        #expect(try await tenants.settings.get("a") == "1")
    }
}
