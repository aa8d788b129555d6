import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.requiresServer, .database)
struct StoredSecretsTests {
    private static let text = "what we began with, years ago"

    private static func installations(in store: DataStore, count: Int) async throws {
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let limits = TeamLimits(mcpServers: 50, nonHttp: 40, github: 0)
        let team = try await store.teams.createTeam(.fixture(owner: user.id, limits: limits))
        let server = try await store.catalog.create(
            .fixture(configuration: McpConfigurationSchemas(team: .init(env: [["name": "KEY", "type": "secret"]]))), by: .system)
        for number in 0..<count {
            try await store.installations.createInstallation(
                team: team.id, user: user.id,
                .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": .string("secret \(number)"), "OTHER": "x"])))
        }
    }

    @Test func afterReencryptingEveryValueNamesTheNewKey() async throws {
        let old = try EncryptionSecret(Self.text)
        let store = try await Backend.postgres.makeStore(options: StoreOptions(encryptionSecret: old))
        try await Self.installations(in: store, count: 5)
        let database = try await TestDatabase.lent()
        try await store.settings.set("smtp.password", to: .secret("canary"))

        let renewed = try await Backend.postgres.makeStore(
            options: StoreOptions(encryptionSecret: try EncryptionSecret("what we use from now on", keyID: "2026", previous: [old])))
        #expect(try await renewed.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 6, reencrypted: 6))
        #expect(try await renewed.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 6, reencrypted: 0))

        #expect(try await database.text(of: "mcpTeamInstallations").matches(of: /v1:2026:/).count == 5)
        let alone = try await Backend.postgres.makeStore(
            options: StoreOptions(encryptionSecret: try EncryptionSecret("what we use from now on", keyID: "2026")))
        #expect(try await alone.reencryptSecrets() == ReencryptionReport(examined: 6, reencrypted: 0))
        #expect(try await alone.settings.get("smtp.password")?.secret?.reveal() == "canary")
    }

    @Test func aValueWhoseKeyIsMissingStopsIt() async throws {
        let store = try await Backend.postgres.makeStore(options: StoreOptions(encryptionSecret: try EncryptionSecret(Self.text)))
        try await Self.installations(in: store, count: 2)
        let other = try await Backend.postgres.makeStore(
            options: StoreOptions(encryptionSecret: try EncryptionSecret("what we use from now on", keyID: "2026")))

        let error = await #expect(throws: DataError.self) { try await other.reencryptSecrets() }

        #expect(error?.kind == .undecryptable)
        #expect(error?.field == EncryptionSecret.previousVariable)
    }
}
