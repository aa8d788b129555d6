import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Synchronization
import Testing

/// What is stored while a server's schema makes a value secret, or while the server is deleted, with the order of events under control.
@Suite(.requiresServer, .database)
struct SchemaRaceTests {
    private struct Scene {
        let store: DataStore
        let owner: UserID
        let team: TeamID
        let server: McpServerID

        /// A server of which nothing is secret yet.
        static func make() async throws -> Scene {
            let options = StoreOptions(encryptionSecret: try EncryptionSecret("a secret of some length"))
            let store = try await Backend.postgres.makeStore(options: options)
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
            let team = try await store.teams.createTeam(.fixture(owner: owner)).id
            let server = try await store.catalog.create(.fixture(), by: .system).id
            return Scene(store: store, owner: owner, team: team, server: server)
        }

        static let installed = TeamConfiguration(env: ["KEY": "s3cret", "REGION": "eu"])

        func install(_ configuration: TeamConfiguration = TeamConfiguration(), in store: DataStore) async throws -> McpInstallationDetail {
            try await store.installations.createInstallation(
                team: team, user: owner, .fixture(serverID: server, configuration: configuration))
        }

        func makeKeySecret(in store: DataStore) async throws {
            let secret: JSONValue = [["name": "KEY", "type": "secret"]]
            try await store.catalog.update(
                server, ServerPatch(configuration: McpConfigurationSchemas(team: .init(env: secret), user: .init(env: secret))), by: .system)
        }

        func configurations() async throws -> [TeamConfiguration] {
            try await store.installations.installationViews(team: team).map(\.installation.configuration)
        }

        func userValues() async throws -> [UserConfigurationValues] {
            try await store.userConfigurations.list(user: owner, team: team).map(\.values)
        }
    }

    private static let masked = TeamConfiguration(env: ["KEY": "*****", "REGION": "eu"])

    @Test func whatBecomesSecretDuringAnInstallationIsEncrypted() async throws {
        let scene = try await Scene.make()

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { try await scene.makeKeySecret(in: $0) }, second: { try await scene.install(Scene.installed, in: $0) })

        #expect(try installing.get().installation.configuration == Self.masked)
        #expect(try await scene.configurations() == [Self.masked])
    }

    @Test func whatBecomesSecretAfterAnInstallationIsEncrypted() async throws {
        let scene = try await Scene.make()

        let changing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await scene.install(Scene.installed, in: $0) }, second: { try await scene.makeKeySecret(in: $0) })

        try changing.get()
        #expect(try await scene.configurations() == [Self.masked])
    }

    @Test func whatBecomesSecretWhileAnInstallationIsChangedIsEncrypted() async throws {
        let scene = try await Scene.make()
        let installation = try await scene.install(in: scene.store).id

        let changing = try await OpenTransaction.race(
            on: scene.store, first: { try await scene.makeKeySecret(in: $0) },
            second: {
                try await $0.installations.updateInstallation(
                    installation, team: scene.team, InstallationPatch(env: .set(["KEY": "s3cret", "REGION": "eu"])))
            })

        #expect(try changing.get()?.installation.configuration == Self.masked)
        #expect(try await scene.configurations() == [Self.masked])
    }

    @Test func whatBecomesSecretAfterAnInstallationWasChangedIsEncrypted() async throws {
        let scene = try await Scene.make()
        let installation = try await scene.install(in: scene.store).id

        let changing = try await OpenTransaction.race(
            on: scene.store,
            first: {
                try await $0.installations.updateInstallation(
                    installation, team: scene.team, InstallationPatch(env: .set(["KEY": "s3cret", "REGION": "eu"])))
            }, second: { try await scene.makeKeySecret(in: $0) })

        try changing.get()
        #expect(try await scene.configurations() == [Self.masked])
    }

    @Test func whatBecomesSecretWhileAUserSavesIsEncrypted() async throws {
        let scene = try await Scene.make()
        let installation = try await scene.install(in: scene.store).id

        let saving = try await OpenTransaction.race(
            on: scene.store, first: { try await scene.makeKeySecret(in: $0) },
            second: {
                try await $0.userConfigurations.save(
                    installation, user: scene.owner, team: scene.team, UserConfigurationValues(env: ["KEY": "s3cret"]))
            })

        #expect(try saving.get().values == UserConfigurationValues(env: ["KEY": "*****"]))
        #expect(try await scene.userValues() == [UserConfigurationValues(env: ["KEY": "*****"])])
    }

    @Test func whatBecomesSecretAfterAUserHasSavedIsEncrypted() async throws {
        let scene = try await Scene.make()
        let installation = try await scene.install(in: scene.store).id

        let changing = try await OpenTransaction.race(
            on: scene.store,
            first: {
                try await $0.userConfigurations.save(
                    installation, user: scene.owner, team: scene.team, UserConfigurationValues(env: ["KEY": "s3cret"]))
            }, second: { try await scene.makeKeySecret(in: $0) })

        try changing.get()
        #expect(try await scene.userValues() == [UserConfigurationValues(env: ["KEY": "*****"])])
    }

    /// What stores the key's value in a transaction whose snapshot may be older than the schema.
    enum Storing: CaseIterable, Sendable {
        case installation, changedInstallation, userValues, changedUserValues
    }

    @Test(arguments: Storing.allCases, [IsolationLevel.repeatableRead, .serializable])
    func whatHasBecomeSecretSinceTheSnapshotOfATransactionIsEncrypted(_ storing: Storing, _ level: IsolationLevel) async throws {
        let scene = try await Scene.make()
        var installation: McpInstallationID?
        if storing != .installation { installation = try await scene.install(in: scene.store).id }
        if storing == .changedUserValues, let installation {
            try await scene.store.userConfigurations.save(installation, user: scene.owner, team: scene.team, UserConfigurationValues())
        }

        let hasChanged = Atomic(false)
        try await scene.store.transaction(TransactionOptions(isolation: level)) { [installation] inside in
            _ = try await inside.users.user("nobody")
            if !hasChanged.exchange(true, ordering: .relaxed) {
                try await Task.detached { try await scene.makeKeySecret(in: scene.store) }.value
            }
            try await Self.store(storing, installation, scene, in: inside)
        }

        switch storing {
        case .installation, .changedInstallation: #expect(try await scene.configurations() == [Self.masked])
        case .userValues, .changedUserValues: #expect(try await scene.userValues() == [UserConfigurationValues(env: ["KEY": "*****"])])
        }
    }

    private static func store(_ storing: Storing, _ installation: McpInstallationID?, _ scene: Scene, in store: DataStore) async throws {
        let values = UserConfigurationValues(env: ["KEY": "s3cret"])
        switch storing {
        case .installation: _ = try await scene.install(Scene.installed, in: store)
        case .changedInstallation:
            try await store.installations.updateInstallation(
                try #require(installation), team: scene.team, InstallationPatch(env: .set(["KEY": "s3cret", "REGION": "eu"])))
        case .userValues:
            try await store.userConfigurations.save(try #require(installation), user: scene.owner, team: scene.team, values)
        case .changedUserValues:
            try await store.userConfigurations.update(
                try #require(installation), user: scene.owner, team: scene.team, UserConfigurationPatch(env: .set(["KEY": "s3cret"])))
        }
    }

    @Test func aServerThatIsDeletedMeanwhileIsNotFound() async throws {
        let scene = try await Scene.make()

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.catalog.delete(scene.server, by: .system) },
            second: { try await scene.install(Scene.installed, in: $0) })

        #expect(throws: DataError.notFound(.server)) { try installing.get() }
        #expect(try await scene.store.installations.usage(team: scene.team)?.total == 0)
    }

    @Test func aServerThatIsDisabledMeanwhileIsNotInstalled() async throws {
        let scene = try await Scene.make()

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.catalog.update(scene.server, ServerPatch(status: .disabled), by: .system) },
            second: { try await scene.install(Scene.installed, in: $0) })

        #expect((installing.error as? DataError)?.rule == .serverDisabled)
        #expect(try await scene.store.installations.usage(team: scene.team)?.total == 0)
    }

    @Test func aServerThatBecomesAProcessMeanwhileCountsAsOne() async throws {
        let scene = try await Scene.make()
        let limits = TeamLimits(mcpServers: 5, nonHttp: 0, github: 0)
        let team = try await scene.store.teams.createTeam(.fixture(owner: scene.owner, limits: limits)).id
        let strict = Scene(store: scene.store, owner: scene.owner, team: team, server: scene.server)

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.catalog.update(scene.server, ServerPatch(transport: .stdio), by: .system) },
            second: { try await strict.install(in: $0) })

        #expect(throws: DataError.limitExceeded(.nonHttp, maximum: 0, current: 0)) { try installing.get() }
        #expect(try await scene.store.installations.usage(team: team)?.total == 0)
    }
}

extension Result {
    fileprivate var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
