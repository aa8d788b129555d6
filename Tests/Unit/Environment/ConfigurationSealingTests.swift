import DeployStackModels
import Testing

@testable import DeployStackData

struct ConfigurationSealingTests {
    private static let schema = McpConfigurationSchemas.Tier(
        args: [["name": "--token", "type": "secret"]], env: [["name": "KEY", "type": "secret"], ["name": "NOTE"]])

    private let place = SecretPlace.installation("installation")
    private let cipher: SecretCipher

    init() throws {
        cipher = SecretCipher(secret: try EncryptionSecret("a secret of some length"), random: SystemRandomSource())
    }

    private func seal(_ configuration: TeamConfiguration, keeping stored: TeamConfiguration? = nil) throws -> TeamConfiguration {
        try configuration.sealed(for: Self.schema, with: cipher, at: place, keeping: stored)
    }

    @Test(
        arguments: [
            (TeamConfiguration(env: ["KEY": "*****"]), "configuration.env.KEY"),
            (TeamConfiguration(args: [["name": "--token", "value": "*****"]]), "configuration.args.--token"),
        ])
    func theMaskOfASecretIsNotStoredAsTheSecret(_ configuration: TeamConfiguration, _ field: String) throws {
        let error = #expect(throws: DataError.self) { try seal(configuration) }

        #expect(error?.kind == .validation)
        #expect(error?.field == field)
    }

    @Test func starsThatAreNoSecretAreAnOrdinaryValue() throws {
        let configuration = TeamConfiguration(env: ["NOTE": "*****"])

        #expect(try configuration.sealed(for: Self.schema, with: nil, at: place) == configuration)
    }

    @Test func secretsAreMaskedUnlessTheyAreRevealed() throws {
        let configuration = TeamConfiguration(
            args: [["name": "--token", "value": "one"], ["name": "--token", "value": "two"], ["name": "--level", "value": "debug"]],
            env: ["KEY": 17, "NOTE": "n"])

        let stored = try seal(configuration)

        #expect(try stored.revealed(.decrypted, with: cipher, at: place) == configuration)
        #expect(
            try stored.revealed(.masked, with: nil, at: place)
                == TeamConfiguration(
                    args: [["name": "--token", "value": "*****"], ["name": "--token", "value": "*****"], ["name": "--level", "value": "debug"]],
                    env: ["KEY": "*****", "NOTE": "n"]))
        #expect(throws: SecretCipher.secretRequiredToReveal) { try stored.revealed(.decrypted, with: nil, at: place) }
    }

    @Test func theMaskWrittenBackLeavesTheSecretAsItIs() throws {
        let stored = try seal(
            TeamConfiguration(args: [["name": "--token", "value": "one"], ["name": "--token", "value": "two"]], env: ["KEY": "k"]))
        let edited = TeamConfiguration(
            args: [["name": "--token", "value": "new"], ["name": "--token", "value": "*****"]], env: ["KEY": "*****", "NOTE": "n"])

        let merged = try seal(edited, keeping: stored)

        #expect(
            try merged.revealed(.decrypted, with: cipher, at: place)
                == TeamConfiguration(
                    args: [["name": "--token", "value": "new"], ["name": "--token", "value": "two"]], env: ["KEY": "k", "NOTE": "n"]))
        #expect(merged.env?["KEY"] == stored.env?["KEY"])
    }

    @Test func theMaskKeepsASecretThatTheSchemaNoLongerCallsOne() throws {
        let stored = try seal(TeamConfiguration(env: ["KEY": "k"]))

        let merged = try TeamConfiguration(env: ["KEY": "*****"]).sealed(for: .init(), with: cipher, at: place, keeping: stored)

        #expect(merged == stored)
    }

    @Test func theMaskNeedsNoEncryptionSecret() throws {
        let stored = try seal(TeamConfiguration(env: ["KEY": "k"]))

        #expect(try TeamConfiguration(env: ["KEY": "*****"]).sealed(for: Self.schema, with: nil, at: place, keeping: stored) == stored)
    }

    @Test(arguments: [
        (TeamConfiguration(env: ["NOTE": ["$enc": "v1:AAAA"]]), "configuration.env"),
        (TeamConfiguration(headers: ["X": [["$enc": 1]]]), "configuration.headers"),
        (TeamConfiguration(args: [["name": "--token", "value": ["$enc": "v1:AAAA"]]]), "configuration.args"),
    ])
    func whatPassesForAnEncryptedValueIsRefused(_ configuration: TeamConfiguration, _ field: String) throws {
        let error = #expect(throws: DataError.self) { try seal(configuration) }

        #expect(error?.kind == .validation)
        #expect(error?.field == field)
    }

    @Test func aSecretOpensOnlyUnderItsOwnName() throws {
        let stored = try seal(TeamConfiguration(env: ["KEY": "k"]))
        let moved = TeamConfiguration(env: ["NOTE": try #require(stored.env?["KEY"])])

        let error = #expect(throws: DataError.self) { try moved.revealed(.decrypted, with: cipher, at: place) }

        #expect(error?.kind == .undecryptable)
    }

    @Test func aConfigurationIsBroughtToTheNewKey() throws {
        let configuration = TeamConfiguration(args: [["name": "--token", "value": "one"]], env: ["KEY": "k", "NOTE": "n"])
        let stored = try seal(configuration)
        let old = try EncryptionSecret("a secret of some length")
        let renewed = SecretCipher(
            secret: try EncryptionSecret("another secret, and longer", keyID: "2", previous: [old]), random: SystemRandomSource())
        let alone = SecretCipher(secret: try EncryptionSecret("another secret, and longer", keyID: "2"), random: SystemRandomSource())

        let resealed = try stored.resealed(with: renewed, at: place)

        #expect(try resealed.revealed(.decrypted, with: alone, at: place) == configuration)
        #expect(resealed.env?["KEY"]?["$enc"]?.string?.hasPrefix("v1:2:") == true)
        #expect(try resealed.resealed(with: renewed, at: place) == resealed)
    }
}
