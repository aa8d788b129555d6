import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ReencryptionTests {
    private static let configurations = McpConfigurationSchemas(
        team: .init(env: [["name": "KEY", "type": "secret"]]), user: .init(headers: [["name": "KEY", "type": "secret"]]))

    @Test(arguments: Backend.all)
    func whatHasTheCurrentKeyIsLeftAsItIs(_ backend: Backend) async throws {
        let old = try EncryptionSecret("what we began with, years ago")
        let scene = try await TeamScene.make(on: backend, encryptionSecret: old)
        let server = try await scene.addServer(.fixture(configuration: Self.configurations))
        for number in 0..<5 {
            let configuration = TeamConfiguration(env: number < 3 ? ["KEY": "secret", "OTHER": "x"] : ["OTHER": "x"])
            let installation = try await scene.store.installations.createInstallation(
                team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: configuration))
            try await scene.store.userConfigurations.save(
                installation.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(headers: number < 2 ? ["KEY": "secret"] : [:]))
        }

        try await scene.store.settings.set("smtp.password", to: .secret("secret"))
        try await scene.store.settings.set("smtp.host", to: "mail.example.org")

        #expect(try await scene.store.reencryptSecrets(batchSize: 2) == ReencryptionReport(examined: 6, reencrypted: 0))
        await expectInvalid("batchSize") { try await scene.store.reencryptSecrets(batchSize: 0) }
    }

    @Test(arguments: Backend.all)
    func withoutASecretNothingIsReencrypted(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectRule(.encryptionSecretRequired) { try await store.reencryptSecrets() }
    }
}
