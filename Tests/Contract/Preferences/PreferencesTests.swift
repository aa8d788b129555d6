import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct PreferencesTests {
    private static let definitions = [
        PreferenceDefinition("theme", "system"), PreferenceDefinition("email", true), PreferenceDefinition("columns", 3),
        PreferenceDefinition("Zoom", .number(JSONNumber(1))),
    ]

    private struct Scene {
        let store: DataStore
        let user: UserID
        let other: UserID

        static func make(on backend: Backend) async throws -> Scene {
            var options = StoreOptions()
            options.preferences = PreferencesTests.definitions
            let store = try await backend.makeStore(options: options)
            let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
            return Scene(store: store, user: user, other: try await store.users.createUser(.fixture(), withDefaultTeam: false).id)
        }
    }

    @Test(arguments: Backend.all)
    func whatAUserHasNotSaidHasItsDefault(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)

        let all = try await scene.store.preferences.all(user: scene.user)

        #expect(all.map(\.key) == ["Zoom", "columns", "email", "theme"])
        #expect(all.map(\.value) == [1, 3, true, "system"])
        #expect(all.allSatisfy { $0.isDefault })
        #expect(try await scene.store.preferences.get("theme", user: scene.user) == "system")
        for user: UserID in ["nobody", "a\0b"] {
            #expect(try await scene.store.preferences.all(user: user) == all)
            #expect(try await scene.store.preferences.get("email", user: user) == true)
        }
    }

    @Test(arguments: Backend.all)
    func whatAUserSaysIsThatUsersAlone(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)

        try await scene.store.preferences.set("theme", to: "dark", user: scene.user)
        try await scene.store.preferences.set("theme", to: "light", user: scene.other)
        try await scene.store.preferences.set("theme", to: "caf\u{e9}", user: scene.user)

        #expect(try await scene.store.preferences.get("theme", user: scene.user) == "caf\u{e9}")
        #expect(try await scene.store.preferences.get("theme", user: scene.other) == "light")
        let all = try await scene.store.preferences.all(user: scene.user)
        #expect(all.map(\.isDefault) == [true, true, true, false])
        #expect(all.last?.value == "caf\u{e9}")
    }

    @Test(arguments: Backend.all)
    func manyAreStoredTogetherOrNotAtAll(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)

        try await scene.store.preferences.setMany(["columns": 5, "email": false], user: scene.user)
        await expectInvalid("key") { try await scene.store.preferences.setMany(["columns": 6, "nothing": 1], user: scene.user) }
        await expectInvalid("value") { try await scene.store.preferences.setMany(["columns": 6, "email": 1], user: scene.user) }
        try await scene.store.preferences.setMany([:], user: scene.user)

        #expect(try await scene.store.preferences.all(user: scene.user).map(\.value) == [1, 5, false, "system"])
    }

    @Test(arguments: Backend.all)
    func onlyWhatIsDefinedCanBeSaidAndOnlyInItsType(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)

        for key in ["nothing", "Theme", "", "a\0b"] {
            await expectInvalid("key") { try await scene.store.preferences.set(key, to: "x", user: scene.user) }
            await expectInvalid("key") { _ = try await scene.store.preferences.get(key, user: scene.user) }
        }
        await expectInvalid("value") { try await scene.store.preferences.set("email", to: "yes", user: scene.user) }
        await expectInvalid("value") { try await scene.store.preferences.set("theme", to: .secret("x"), user: scene.user) }
        await expectInvalid("value") { try await scene.store.preferences.set("theme", to: "a\0b", user: scene.user) }
        await expectInvalid("value") {
            try await scene.store.preferences.set("theme", to: .string(String(repeating: "x", count: 65_537)), user: scene.user)
        }
        for user: UserID in ["nobody", "a\0b"] {
            await expectError(.referenceMissing(.user, constraint: "userPreferences_user_id_fkey")) {
                try await scene.store.preferences.set("theme", to: "x", user: user)
            }
        }
        #expect(try await scene.store.preferences.all(user: scene.user).allSatisfy { $0.isDefault })
    }

    @Test(arguments: Backend.all)
    func preferencesGoWithTheirUser(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)
        try await scene.store.preferences.set("theme", to: "dark", user: scene.other)

        #expect(try await scene.store.users.deleteUser(scene.other))

        #expect(try await scene.store.preferences.all(user: scene.other).allSatisfy { $0.isDefault })
    }

    @Test(arguments: Backend.all)
    func onePreferenceIsStoredOnceHoweverManyTryAtOnce(_ backend: Backend) async throws {
        let scene = try await Scene.make(on: backend)

        let outcomes = await race(8) { number in
            try await scene.store.preferences.setMany(["columns": .number(JSONNumber(number)), "email": false], user: scene.user)
        }

        #expect(outcomes.errors.isEmpty)
        #expect(try await (0..<8).contains(scene.store.preferences.get("columns", user: scene.user).integer ?? -1))
    }

    @Test(arguments: Backend.all)
    func aStoreKnowsSomePreferencesUnlessItIsToldOthers(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.preferences.all(user: "nobody").map(\.key) == PreferenceDefinition.standard.map(\.key).sorted())
    }
}
