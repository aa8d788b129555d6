import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstallationConfigurationTests {
    private static let schema = McpConfigurationSchemas(
        team: .init(
            args: [["name": "--token", "type": "secret", "required": true], ["name": "--level"]],
            env: [
                ["name": "KEY", "type": "secret", "required": true], ["name": "REGION", "required": true], ["name": "OPTIONAL", "type": "secret"],
            ]))

    private static func install(
        _ configuration: TeamConfiguration, in scene: TeamScene
    ) async throws -> McpInstallationDetail {
        let server = try await scene.addServer(.fixture(configuration: schema))
        return try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: configuration))
    }

    @Test(arguments: Backend.all)
    func secretsReadAsStars(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let configuration = TeamConfiguration(
            args: [["name": "--token", "value": "s3cret-1"], ["name": "--level", "value": "debug"]],
            env: ["KEY": "s3cret-2", "REGION": "eu", "OTHER": 7])

        let detail = try await Self.install(configuration, in: scene)

        let masked = TeamConfiguration(
            args: [["name": "--token", "value": "*****"], ["name": "--level", "value": "debug"]], env: ["KEY": "*****", "REGION": "eu", "OTHER": 7])
        #expect(detail.installation.configuration == masked)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).map(\.installation.configuration) == [masked])
    }

    private static let secretsOfAllKinds = McpConfigurationSchemas(
        team: .init(
            args: [["name": "--token", "type": "secret"]], env: [["name": "KEY", "type": "secret"]],
            headers: [["name": "X-Key", "type": "secret"]], queryParams: [["name": "key", "type": "secret"]]))

    private static let allKinds = TeamConfiguration(
        args: [["name": "--token", "value": "s3cret-1"]], env: ["KEY": "s3cret-2"], headers: ["X-Key": "s3cret-3", "X": "y"],
        queryParams: ["key": "s3cret-4", "q": 1])

    @Test(arguments: Backend.all)
    func secretsOfAllKindsAreEncryptedAndMasked(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let service = scene.store.installations
        let server = try await scene.addServer(.fixture(configuration: Self.secretsOfAllKinds))

        let made = try await service.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: Self.allKinds))

        let masked = TeamConfiguration(
            args: [["name": "--token", "value": "*****"]], env: ["KEY": "*****"], headers: ["X-Key": "*****", "X": "y"],
            queryParams: ["key": "*****", "q": 1])
        #expect(made.installation.configuration == masked)
        #expect(try await service.installation(made.id, team: scene.team.id)?.installation.configuration == masked)
        #expect(try await service.installationViews(team: scene.team.id).map(\.installation.configuration) == [masked])
        #expect(
            try await service.installation(made.id, team: scene.team.id, reveal: .decrypted)?.installation.configuration == Self.allKinds)
    }

    @Test(arguments: Backend.all)
    func aSecretOfAnyKindNeedsASecretToEncryptItWith(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let service = scene.store.installations
        let server = try await scene.addServer(.fixture(configuration: Self.secretsOfAllKinds))
        let plain = try await scene.install(server)
        let all = Self.allKinds
        let kinds = [
            (TeamConfiguration(args: all.args), InstallationPatch(args: .set(all.args ?? []))),
            (TeamConfiguration(env: all.env), InstallationPatch(env: .set(all.env ?? [:]))),
            (TeamConfiguration(headers: all.headers), InstallationPatch(headers: .set(all.headers ?? [:]))),
            (TeamConfiguration(queryParams: all.queryParams), InstallationPatch(queryParams: .set(all.queryParams ?? [:]))),
        ]

        for (configuration, patch) in kinds {
            await expectRule(.encryptionSecretRequired) {
                try await service.createInstallation(
                    team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: configuration))
            }
            await expectRule(.encryptionSecretRequired) { try await service.updateInstallation(plain.id, team: scene.team.id, patch) }
        }

        #expect(try await service.installationViews(team: scene.team.id).map(\.installation) == [plain.installation])
    }

    @Test(arguments: Backend.all)
    func secretsAreRefusedWithoutASecretToEncryptThemWith(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.ruleViolation(.encryptionSecretRequired, "open the store with an encryption secret to store secrets")) {
            _ = try await Self.install(TeamConfiguration(env: ["KEY": "s3cret", "REGION": "eu"]), in: scene)
        }

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
    }

    private static let missing: [(configuration: TeamConfiguration, field: String)] = [
        (TeamConfiguration(env: [:]), "configuration.env.KEY"),
        (TeamConfiguration(env: ["KEY": "", "REGION": "eu"]), "configuration.env.KEY"),
        (TeamConfiguration(env: ["KEY": .null, "REGION": "eu"]), "configuration.env.KEY"),
        (TeamConfiguration(env: ["KEY": "k", "REGION": " \u{3000}"]), "configuration.env.REGION"),
        (TeamConfiguration(args: []), "configuration.args.--token"),
        (TeamConfiguration(args: [["name": "--token"]]), "configuration.args.--token"),
        (TeamConfiguration(args: [["value": "x"]], env: [:]), "configuration.args.--token"),
    ]

    @Test(arguments: Backend.all)
    func aKindThatIsSetHasItsRequiredValues(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))

        for example in Self.missing {
            await expectError(.validation(example.field, "it is required and must not be blank")) {
                _ = try await Self.install(example.configuration, in: scene)
            }
        }

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
    }

    @Test(arguments: Backend.all)
    func aKindThatIsNotSetNeedsNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let detail = try await Self.install(TeamConfiguration(headers: ["X": "y"]), in: scene)

        #expect(detail.installation.configuration == TeamConfiguration(headers: ["X": "y"]))
    }

    private static let misshapen: [(configuration: TeamConfiguration, field: String)] = [
        (TeamConfiguration(args: [:]), "configuration.args"), (TeamConfiguration(env: []), "configuration.env"),
        (TeamConfiguration(headers: "x"), "configuration.headers"), (TeamConfiguration(queryParams: .null), "configuration.queryParams"),
        (TeamConfiguration(headers: ["X": "a\0b"]), "configuration.headers"),
        (TeamConfiguration(queryParams: ["a\0b": 1]), "configuration.queryParams"),
        (TeamConfiguration(headers: ["X": .string(String(repeating: "x", count: 1_048_577))]), "configuration.headers"),
    ]

    @Test(arguments: Backend.all)
    func aKindHasItsShape(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for example in Self.misshapen {
            await expectInvalid(example.field) { _ = try await Self.install(example.configuration, in: scene) }
        }

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
    }

    @Test(arguments: Backend.all)
    func aTypeThatThisVersionDoesNotKnowIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        await expectError(.validation("type", "it must be global or team")) {
            try await scene.store.installations.createInstallation(
                team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, type: .unknown("elsewhere")))
        }
    }
}
