import DeployStackData
import DeployStackModels
import Testing

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
}
