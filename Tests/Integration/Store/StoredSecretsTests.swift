import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.requiresServer, .database)
struct StoredSecretsTests {
    private static let text = "what we began with, years ago"

    private static let newText = "what we use from now on"

    private static func open(_ database: TestDatabase, with secret: EncryptionSecret) async throws -> DataStore {
        try await DataStore.postgres(database.configuration, options: StoreOptions(encryptionSecret: secret))
    }

    /// Installs servers, each with a secret of the team and one of the user.
    private static func installations(in store: DataStore, count: Int) async throws {
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let limits = TeamLimits(mcpServers: 50, nonHttp: 40, github: 0)
        let team = try await store.teams.createTeam(.fixture(owner: user.id, limits: limits))
        let secret: JSONValue = [["name": "KEY", "type": "secret"]]
        let server = try await store.catalog.create(
            .fixture(configuration: McpConfigurationSchemas(team: .init(env: secret), user: .init(args: secret))), by: .system)
        for number in 0..<count {
            let installation = try await store.installations.createInstallation(
                team: team.id, user: user.id,
                .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": .string("secret \(number)"), "OTHER": "x"])))
            try await store.userConfigurations.save(
                installation.id, user: user.id, team: team.id, UserConfigurationValues(args: ["KEY": "mine"]))
        }
    }

    @Test func afterReencryptingEveryValueNamesTheNewKey() async throws {
        let old = try EncryptionSecret(Self.text)
        let database = try await TestDatabase.lent()
        let store = try await Self.open(database, with: old)
        try await Self.installations(in: store, count: 5)
        try await store.settings.set("smtp.password", to: .secret("canary"))
        let renewed = try await Self.open(database, with: try EncryptionSecret(Self.newText, keyID: "2026", previous: [old]))

        #expect(try await renewed.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 11, reencrypted: 11))
        #expect(try await renewed.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 11, reencrypted: 0))

        #expect(try await database.text(of: "mcpTeamInstallations").matches(of: /v1:2026:/).count == 5)
        #expect(try await database.text(of: "mcpUserConfigurations").matches(of: /v1:2026:/).count == 5)
        let alone = try await Self.open(database, with: try EncryptionSecret(Self.newText, keyID: "2026"))
        #expect(try await alone.reencryptSecrets() == ReencryptionReport(examined: 11, reencrypted: 0))
        #expect(try await alone.settings.get("smtp.password")?.secret?.reveal() == "canary")
        for store in [store, renewed, alone] { await store.close() }
    }

    @Test func noKindOfASecretIsStoredAsItIs() async throws {
        let database = try await TestDatabase.lent()
        let store = try await Self.open(database, with: try EncryptionSecret(Self.text))
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let team = try await store.teams.createTeam(.fixture(owner: user)).id
        let secret: JSONValue = [["name": "KEY", "type": "secret"]]
        let tier = McpConfigurationSchemas.Tier(args: secret, env: secret, headers: secret, queryParams: secret)
        let server = try await store.catalog.create(.fixture(configuration: McpConfigurationSchemas(team: tier, user: tier)), by: .system)
        let value: JSONValue = ["KEY": "canary"]

        let installation = try await store.installations.createInstallation(
            team: team, user: user,
            .fixture(
                serverID: server.id,
                configuration: TeamConfiguration(args: [["name": "KEY", "value": "canary"]], env: value, headers: value, queryParams: value)))
        try await store.userConfigurations.save(
            installation.id, user: user, team: team, UserConfigurationValues(args: value, env: value, headers: value, queryParams: value))

        for table in ["mcpTeamInstallations", "mcpUserConfigurations"] {
            let stored = try await database.text(of: table)
            #expect(!stored.contains("canary") && stored.matches(of: /v1:/).count == 4, "\(table)")
        }
        await store.close()
    }

    @Test func aSatelliteIsToldWhichInstanceHasASecretThatCannotBeDecrypted() async throws {
        let database = try await TestDatabase.lent()
        let store = try await Self.open(database, with: try EncryptionSecret(Self.text))
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let team = try await store.teams.createTeam(.fixture(owner: user, limits: TeamLimits(mcpServers: 5, nonHttp: 5, github: 0))).id
        let schema = McpConfigurationSchemas(team: .init(env: [["name": "KEY", "type": "secret"]]))
        let server = try await store.catalog.create(.fixture(configuration: schema), by: .system)
        var made: [McpInstallationID] = []
        for env: JSONValue in [["KEY": "canary"], ["OTHER": "x"]] {
            let new = NewInstallation.fixture(serverID: server.id, configuration: TeamConfiguration(env: env))
            made.append(try await store.installations.createInstallation(team: team, user: user, new).id)
        }
        let satellite = try await store.satellites.register(NewSatellite(name: "everybodys-satellite")).satellite.id
        let other = try await Self.open(database, with: try EncryptionSecret(Self.newText, keyID: "2026"))

        let found = try await other.installations.satelliteConfigurations(satellite)

        let configurations = Dictionary(uniqueKeysWithValues: found.map { ($0.instance.installationID, $0.configuration) })
        #expect(configurations.count == 2)
        #expect(try configurations[made[1]]?.get() == ResolvedConfiguration(env: ["OTHER": "x"]))
        let error = #expect(throws: DataError.self) { try configurations[made[0]]?.get() }
        #expect(error?.kind == .undecryptable)
        for store in [store, other] { await store.close() }
    }

    @Test func aValueWhoseKeyIsMissingStopsIt() async throws {
        let database = try await TestDatabase.lent()
        let store = try await Self.open(database, with: try EncryptionSecret(Self.text))
        try await Self.installations(in: store, count: 2)
        let other = try await Self.open(database, with: try EncryptionSecret(Self.newText, keyID: "2026"))

        let error = await #expect(throws: DataError.self) { try await other.reencryptSecrets() }

        #expect(error?.kind == .undecryptable)
        #expect(error?.field == EncryptionSecret.previousVariable)
        for store in [store, other] { await store.close() }
    }
}
