import DeployStackModels
import Testing

@testable import DeployStackData

struct ConfigurationSealingTests {
    private static let schema = McpConfigurationSchemas.Tier(
        args: [["name": "--token", "type": "secret"]], env: [["name": "KEY", "type": "secret"], ["name": "NOTE"]])

    @Test(
        arguments: [
            (TeamConfiguration(env: ["KEY": "*****"]), "configuration.env.KEY"),
            (TeamConfiguration(args: [["name": "--token", "value": "*****"]]), "configuration.args.--token"),
        ])
    func theMaskOfASecretIsNotStoredAsTheSecret(_ configuration: TeamConfiguration, _ field: String) throws {
        let cipher = SecretCipher(secret: try EncryptionSecret("a secret of some length"), random: SystemRandomSource())

        let error = #expect(throws: DataError.self) { try configuration.sealed(for: Self.schema, with: cipher) }

        #expect(error?.kind == .validation)
        #expect(error?.field == field)
    }

    @Test func starsThatAreNoSecretAreAnOrdinaryValue() throws {
        let configuration = TeamConfiguration(env: ["NOTE": "*****"])

        #expect(try configuration.sealed(for: Self.schema, with: nil) == configuration)
    }
}
