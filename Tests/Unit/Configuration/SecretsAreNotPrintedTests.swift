import DeployStackData
import DeployStackModels
import Testing

/// Whatever is done to print a value that holds a secret, the secret is not in it.
struct SecretsAreNotPrintedTests {
    private static let canary = "canary-7f3a9c"

    private static func forms(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(describing: value), String(reflecting: value), dumped, "\(Mirror(reflecting: value).children.map { "\($0)" })"]
    }

    @Test func aPasswordIsNotPrinted() {
        let configuration = PostgresConfiguration(host: "localhost", database: "data", user: "ada", password: Password(Self.canary))

        for text in Self.forms(of: configuration) + Self.forms(of: Password(Self.canary)) + Self.forms(of: configuration.connection) {
            #expect(!text.contains(Self.canary))
        }
    }

    @Test func aTokenIsNotPrinted() {
        for text in Self.forms(of: TokenText(Self.canary)) {
            #expect(!text.contains(Self.canary))
        }
    }

    @Test func anEncryptionSecretIsNotPrinted() throws {
        let secret = try EncryptionSecret(Self.canary + "-and-more")
        let options = StoreOptions(encryptionSecret: secret)

        for text in Self.forms(of: secret) + Self.forms(of: options) {
            #expect(!text.contains(Self.canary))
        }
    }

    @Test func aShortEncryptionSecretIsRefusedByName() {
        let error = #expect(throws: DataError.self) { try EncryptionSecret("short") }

        #expect(error?.field == "DEPLOYSTACK_ENCRYPTION_SECRET")
    }
}
