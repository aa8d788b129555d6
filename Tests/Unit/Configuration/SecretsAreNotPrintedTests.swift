import DeployStackData
import DeployStackModels
import Foundation
import Testing

/// Whatever is done to print a value that holds a secret, the secret is not in it.
struct SecretsAreNotPrintedTests {
    private static let canary = "canary-7f3a9c"

    private struct Wrapper<Value> {
        var value: Value
    }

    private final class Reference<Value> {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private struct WrappingError<Value: Sendable>: Error {
        var cause: Value
    }

    /// Every way in which a value becomes a text without anybody asking for its secret.
    private static func forms<Value: Sendable>(of value: Value) -> [String] {
        func plain(_ value: Any) -> [String] {
            var dumped = ""
            dump(value, to: &dumped)
            var printed = ""
            print(value, to: &printed)
            debugPrint(value, to: &printed)
            return ["\(value)", String(describing: value), String(reflecting: value), dumped, printed] + children(of: value)
        }
        let error: any Error = WrappingError(cause: value)
        return plain(value) + plain(Wrapper(value: value)) + plain(Reference(value)) + plain([value]) + plain(["key": value])
            + plain(Value?.some(value) as Any)
            + plain((value, 1)) + plain(Result<Value, any Error>.success(value)) + plain(error) + [error.localizedDescription, "\(error as NSError)"]
    }

    private static func children(of value: Any) -> [String] {
        Mirror(reflecting: value).children.flatMap { child in ["\(child)", String(reflecting: child.value)] + children(of: child.value) }
    }

    private static func expectHidden<Value: Sendable>(_ value: Value, _ canary: String = canary, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in forms(of: value) { #expect(!text.contains(canary), sourceLocation: sourceLocation) }
        #expect(!(value is any Encodable), "It could be encoded.", sourceLocation: sourceLocation)
    }

    @Test func aSecretTextIsNotPrinted() {
        let secret = SecretText(Self.canary)

        Self.expectHidden(secret)
        #expect(secret.reveal() == Self.canary)
        #expect("\(secret)" == SecretText.placeholder)
        #expect("\(secret.playgroundDescription)" == SecretText.placeholder)
    }

    @Test func aPasswordIsNotPrinted() {
        let configuration = PostgresConfiguration(host: "localhost", database: "data", user: "ada", password: Password(Self.canary))

        Self.expectHidden(configuration)
        Self.expectHidden(configuration.connection)
    }

    @Test func anEncryptionSecretIsNotPrinted() throws {
        let old = try EncryptionSecret(Self.canary + "-before", keyID: "old")
        let secret = try EncryptionSecret(Self.canary + "-and-more", previous: [old])

        Self.expectHidden(secret)
        Self.expectHidden(StoreOptions(encryptionSecret: secret))
    }

    @Test func aShortEncryptionSecretIsRefusedByName() {
        let error = #expect(throws: DataError.self) { try EncryptionSecret("short") }

        #expect(error?.field == "DEPLOYSTACK_ENCRYPTION_SECRET")
    }

    @Test func secretsAreEqualWhenTheirBytesAre() {
        #expect(SecretText("e\u{301}") != SecretText("\u{e9}"))
        #expect(SecretText("one") != SecretText("two"))
        #expect(SecretText("one") != SecretText("one and more"))
        #expect(Set([SecretText("one"), SecretText("one")]).count == 1)
    }
}
