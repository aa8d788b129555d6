import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SavingConfigurationsTests {
    @Test(arguments: Backend.all)
    func whatIsSavedIsReadWithItsSecretsMasked(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let values = UserConfigurationValues(
            args: ["level": "debug", "other": 1], env: ["KEY": "s3cret", "B": .bool(true)], headers: ["X-Region": "eu"], queryParams: [:])

        let saved = try await world.save(values)

        var masked = values
        masked.env = ["KEY": "*****", "B": .bool(true)]
        #expect(saved.values == masked)
        #expect(saved.installationID == world.installation && saved.userID == world.member && saved.lastUsedAt == nil)
        #expect(saved.createdAt == world.clock.now() && saved.updatedAt == world.clock.now())
        let repository = world.store.userConfigurations
        #expect(try await repository.configuration(world.installation, user: world.member) == saved)
        #expect(try await repository.configuration(world.installation, user: world.member, reveal: .decrypted)?.values == values)
        #expect(try await repository.list(user: world.member, team: world.team) == [saved])
    }

    @Test(arguments: Backend.all)
    func savingAgainTakesThePlaceOfAllKinds(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let first = try await world.save(UserConfigurationValues(args: ["level": 1], queryParams: ["q": 1]))
        world.clock.advance(by: .seconds(5))

        let second = try await world.save(UserConfigurationValues(args: ["level": 2]))

        #expect(second.id == first.id && second.createdAt == first.createdAt && second.updatedAt == world.clock.now())
        #expect(second.values == UserConfigurationValues(args: ["level": 2]))
        #expect(try await world.store.userConfigurations.list(user: world.member, team: world.team) == [second])
    }

    @Test(arguments: Backend.all)
    func theMaskWrittenBackLeavesTheSecret(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        var values = ConfiguredScene.complete
        try await world.save(values)

        values.env = ["KEY": "*****", "B": 2]
        try await world.save(values)

        let repository = world.store.userConfigurations
        #expect(
            try await repository.configuration(world.installation, user: world.member, reveal: .decrypted)?.values.env
                == ["KEY": "s3cret", "B": 2])
        try await repository.update(
            world.installation, user: world.member, team: world.team, UserConfigurationPatch(env: .set(["KEY": "*****"])))
        #expect(try await repository.configuration(world.installation, user: world.member, reveal: .decrypted)?.values.env == ["KEY": "s3cret"])
    }

    @Test(arguments: Backend.all)
    func aMaskWithNothingBehindItIsRefused(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        await expectInvalid("configuration.env.KEY") { try await world.save(UserConfigurationValues(env: ["KEY": "*****"])) }
    }

    @Test(arguments: Backend.all)
    func eachKindIsUpdatedByItself(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let saved = try await world.save(
            UserConfigurationValues(args: ["level": 1], env: ["KEY": "k"], headers: ["X-Region": "eu"], queryParams: ["q": 1]))
        world.clock.advance(by: .seconds(5))

        let updated = try await world.store.userConfigurations.update(
            world.installation, user: world.member, team: world.team,
            UserConfigurationPatch(args: .set(["level": 2, "x": .null]), queryParams: .clear))

        var expected = saved
        expected.values.args = ["level": 2, "x": .null]
        expected.values.queryParams = nil
        expected.updatedAt = world.clock.now()
        #expect(updated == expected)
        #expect(try await world.store.userConfigurations.configuration(world.installation, user: world.member) == expected)
    }

    @Test(arguments: Backend.all)
    func whatWasNeverSavedCannotBeUpdated(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        #expect(
            try await world.store.userConfigurations.update(
                world.installation, user: world.member, team: world.team, UserConfigurationPatch(args: .set([:]))) == nil)
        #expect(try await world.store.userConfigurations.configuration(world.installation, user: world.member) == nil)
    }

    private static let refused: [(values: UserConfigurationValues, field: String)] = [
        (UserConfigurationValues(args: []), "configuration.args"), (UserConfigurationValues(env: "x"), "configuration.env"),
        (UserConfigurationValues(headers: .null), "configuration.headers"),
        (UserConfigurationValues(queryParams: ["a\0b": 1]), "configuration.queryParams"),
        (UserConfigurationValues(env: ["KEY": ""]), "configuration.env.KEY"), (UserConfigurationValues(env: ["KEY": .null]), "configuration.env.KEY"),
        (UserConfigurationValues(headers: ["X-Region": " \u{3000}"]), "configuration.headers.X-Region"),
        (UserConfigurationValues(args: ["depth": ""]), "configuration.args.depth"),
        (UserConfigurationValues(env: ["B": ["$enc": "v1:AAAA"]]), "configuration.env"),
    ]

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsNotSaved(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let repository = world.store.userConfigurations

        for (values, field) in Self.refused {
            await expectInvalid(field) { try await world.save(values) }
        }
        #expect(try await repository.configuration(world.installation, user: world.member) == nil)

        let saved = try await world.save(UserConfigurationValues())
        for (values, field) in Self.refused {
            let patch = UserConfigurationPatch(
                args: values.args.map { .set($0) } ?? .unchanged, env: values.env.map { .set($0) } ?? .unchanged,
                headers: values.headers.map { .set($0) } ?? .unchanged, queryParams: values.queryParams.map { .set($0) } ?? .unchanged)
            await expectInvalid(field) {
                try await repository.update(world.installation, user: world.member, team: world.team, patch)
            }
        }
        #expect(try await repository.configuration(world.installation, user: world.member) == saved)
    }

    @Test(arguments: Backend.all)
    func aRequiredValueMayBeLeftOut(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        #expect(try await world.save(UserConfigurationValues(env: ["OTHER": 1], headers: [:])).values.env == ["OTHER": 1])
    }

    private static let secretsOfAllKinds = McpConfigurationSchemas(
        user: .init(
            args: [["name": "token", "type": "secret"]], env: [["name": "KEY", "type": "secret"]],
            headers: [["name": "X-Key", "type": "secret"]], queryParams: [["name": "key", "type": "secret"]]))

    private static let allKinds = UserConfigurationValues(
        args: ["token": "s3cret-1"], env: ["KEY": "s3cret-2"], headers: ["X-Key": "s3cret-3", "X": "y"], queryParams: ["key": "s3cret-4", "q": 1])

    @Test(arguments: Backend.all)
    func secretsOfAllKindsAreEncryptedAndMasked(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let repository = scene.store.userConfigurations
        let made = try await scene.install(try await scene.addServer(.fixture(configuration: Self.secretsOfAllKinds)))

        let saved = try await repository.save(made.id, user: scene.owner.id, team: scene.team.id, Self.allKinds)

        let masked = UserConfigurationValues(
            args: ["token": "*****"], env: ["KEY": "*****"], headers: ["X-Key": "*****", "X": "y"], queryParams: ["key": "*****", "q": 1])
        #expect(saved.values == masked)
        #expect(try await repository.configuration(made.id, user: scene.owner.id)?.values == masked)
        #expect(try await repository.list(user: scene.owner.id, team: scene.team.id).map(\.values) == [masked])
        #expect(try await repository.configuration(made.id, user: scene.owner.id, reveal: .decrypted)?.values == Self.allKinds)
    }

    @Test(arguments: Backend.all)
    func aSecretOfAnyKindNeedsAnEncryptionSecret(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let repository = scene.store.userConfigurations
        let made = try await scene.install(try await scene.addServer(.fixture(configuration: Self.secretsOfAllKinds)))
        let all = Self.allKinds

        for values in [
            UserConfigurationValues(args: all.args), UserConfigurationValues(env: all.env), UserConfigurationValues(headers: all.headers),
            UserConfigurationValues(queryParams: all.queryParams),
        ] {
            await expectRule(.encryptionSecretRequired) {
                try await repository.save(made.id, user: scene.owner.id, team: scene.team.id, values)
            }
        }

        #expect(try await repository.configuration(made.id, user: scene.owner.id) == nil)
    }

    @Test(arguments: Backend.all)
    func secretsNeedAnEncryptionSecret(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await scene.install(try await scene.addServer(.fixture(configuration: ConfiguredScene.schema)))

        await expectRule(.encryptionSecretRequired) {
            try await scene.store.userConfigurations.save(
                made.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["KEY": "s3cret"]))
        }
    }

    @Test(arguments: Backend.all)
    func manyWhoSaveAtOnceLeaveOneConfiguration(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        let outcomes = await race(16) { number in try await world.save(UserConfigurationValues(args: ["level": .number(number)])) }

        #expect(outcomes.errors.isEmpty)
        #expect(Set(outcomes.values.map(\.id)).count == 1)
        let list = try await world.store.userConfigurations.list(user: world.member, team: world.team)
        #expect(list.count == 1 && outcomes.values.contains { $0.values == list[0].values })
    }

    @Test(arguments: Backend.all)
    func updatesAtOnceDoNotUndoEachOther(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        try await world.save(ConfiguredScene.complete)
        let patches = [
            UserConfigurationPatch(args: .set(["new": 1])), UserConfigurationPatch(env: .set(["KEY": "*****", "new": 2])),
            UserConfigurationPatch(headers: .set(["new": 3])), UserConfigurationPatch(queryParams: .set(["new": 4])),
        ]

        let outcomes = await race(4) { number in
            try await world.store.userConfigurations.update(world.installation, user: world.member, team: world.team, patches[number])?.id
        }

        #expect(outcomes.errors.isEmpty)
        #expect(
            try await world.store.userConfigurations.configuration(world.installation, user: world.member, reveal: .decrypted)?.values
                == UserConfigurationValues(
                    args: ["new": 1], env: ["KEY": "s3cret", "new": 2], headers: ["new": 3], queryParams: ["new": 4]))
    }

    @Test(arguments: Backend.all)
    func savingWhileTheInstallationGoesAwayLeavesNothing(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        let outcomes = await race(9) { number in
            if number == 4 {
                _ = try await world.store.installations.deleteInstallation(world.installation, team: world.team)
            } else {
                try await world.save(ConfiguredScene.complete)
            }
        }

        #expect(Set(outcomes.errors).subtracting([.notFound(.installation)]) == [])
        #expect(try await world.store.userConfigurations.list(user: world.member, team: world.team).isEmpty)
    }
}
