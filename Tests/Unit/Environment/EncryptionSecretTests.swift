import DeployStackModels
import Testing

@testable import DeployStackData

struct EncryptionSecretTests {
    @Test func theSecretIsReadFromItsVariable() throws {
        _ = try EncryptionSecret.fromEnvironment(["DEPLOYSTACK_ENCRYPTION_SECRET": "sixteen bytes ok"])
    }

    @Test(arguments: [[:], ["DEPLOYSTACK_ENCRYPTION_SECRET": ""], ["DEPLOYSTACK_ENCRYPTION_SECRET": "fifteen bytes.."]])
    func aVariableThatIsMissingEmptyOrTooShortIsNamedAndNotShown(_ environment: [String: String]) throws {
        let error = try #require(throws: DataError.self) { try EncryptionSecret.fromEnvironment(environment) }

        #expect(error.kind == .configuration)
        #expect(error.field == EncryptionSecret.variable)
        #expect(!error.debugDescription.contains("fifteen"))
    }

    @Test func theSecretsFromBeforeAreReadToo() throws {
        let secret = try EncryptionSecret.fromEnvironment([
            "DEPLOYSTACK_ENCRYPTION_SECRET": "the newest of secrets", "DEPLOYSTACK_ENCRYPTION_KEY_ID": "3",
            "DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS": #"{"first": "the oldest of secrets", "2": "one secret between"}"#,
        ])

        #expect(secret.keyID == "3")
        #expect(Set(secret.previous.map(\.keyID)) == ["first", "2"])
    }

    @Test(
        arguments: [
            ("DEPLOYSTACK_ENCRYPTION_KEY_ID", ""), ("DEPLOYSTACK_ENCRYPTION_KEY_ID", "a:b"),
            ("DEPLOYSTACK_ENCRYPTION_KEY_ID", String(repeating: "k", count: 33)),
            ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", "canary-and-more-of-it"), ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", "[]"),
            ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", #"{"2": "canary"}"#), ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", #"{"2": 1}"#),
            ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", #"{"a:b": "canary-and-more-of-it"}"#),
            ("DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS", #"{"first": "canary-and-more-of-it"}"#),
        ])
    func aVariableThatIsWrongIsNamedAndNotShown(_ variable: String, _ value: String) throws {
        let environment = ["DEPLOYSTACK_ENCRYPTION_SECRET": "sixteen bytes ok", variable: value]

        let error = try #require(throws: DataError.self) { try EncryptionSecret.fromEnvironment(environment) }

        #expect(error.kind == .configuration)
        #expect(error.field == variable)
        #expect(!error.debugDescription.contains("canary"))
    }

    @Test func twoKeysCannotHaveOneIdentifier() throws {
        let oldest = try EncryptionSecret("the oldest of secrets", keyID: "1")
        let older = try EncryptionSecret("a secret in between", keyID: "2", previous: [oldest])

        #expect(throws: DataError.self) { try EncryptionSecret("the newest of secrets", keyID: "1", previous: [older]) }
    }
}
