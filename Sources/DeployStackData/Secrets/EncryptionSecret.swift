public import DeployStackModels

/// The secret that values are encrypted with, and those that were used before it. It is never printed.
///
/// Every stored value says by an identifier which key encrypted it. To change the secret, give the new one an identifier of its own and keep the old one as
/// a previous one: new values are encrypted with the new key, and old values can still be read. `DataStore.reencryptSecrets(batchSize:)`
/// brings all of them to the new key, and then the old secret can go.
///
/// ```swift
/// let old = try EncryptionSecret("what we began with")
/// let secret = try EncryptionSecret("what we use from now on", keyID: "2026", previous: [old])
/// ```
public struct EncryptionSecret: Sendable {
    /// The environment variable that holds the secret.
    public static let variable = "DEPLOYSTACK_ENCRYPTION_SECRET"
    /// The environment variable that holds the key's identifier.
    public static let keyIDVariable = "DEPLOYSTACK_ENCRYPTION_KEY_ID"
    /// The environment variable that holds the secrets from before, as a JSON object from identifier to secret.
    public static let previousVariable = "DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS"
    /// The identifier of a key that was given none, such as the first that an installation of the platform ever has.
    public static let firstKeyID = "first"

    /// The key's identifier: 1 to 32 characters of `A`–`Z`, `a`–`z`, `0`–`9`, `_` and `-`. It is stored beside every value and is no secret.
    public let keyID: String
    /// The secret itself.
    let text: SecretText
    /// The keys from before, which decrypt but do not encrypt.
    let previous: [EncryptionSecret]

    /// Wraps a secret.
    ///
    /// - Parameters:
    ///   - text: The secret, at least 16 bytes.
    ///   - keyID: The key's identifier: 1 to 32 letters, digits, `_` and `-`.
    ///   - previous: The secrets that values may still be encrypted with. Secrets that these have before them count too.
    /// - Throws: ``DataError`` of kind `.configuration` when the secret is shorter, the identifier has other characters, or two keys have one identifier.
    public init(_ text: String, keyID: String = firstKeyID, previous: [EncryptionSecret] = []) throws(DataError) {
        guard text.utf8.count >= 16 else {
            throw Self.wrong(Self.variable, "the encryption secret must have at least 16 bytes")
        }
        guard Self.isKeyID(keyID) else {
            throw Self.wrong(Self.keyIDVariable, "a key's identifier must be 1 to 32 letters, digits, _ and -")
        }
        let previous = previous.flatMap { [$0] + $0.previous }
        let identifiers = [keyID] + previous.map(\.keyID)
        guard Set(identifiers).count == identifiers.count else {
            throw Self.wrong(Self.previousVariable, "each key must have an identifier of its own")
        }
        self.keyID = keyID
        self.text = SecretText(text)
        self.previous = previous
    }

    /// Reads the secret, its identifier and those from before from the environment.
    ///
    /// | variable | default | meaning |
    /// | --- | --- | --- |
    /// | `DEPLOYSTACK_ENCRYPTION_SECRET` | none, required | the secret, at least 16 bytes |
    /// | `DEPLOYSTACK_ENCRYPTION_KEY_ID` | `first` | its identifier |
    /// | `DEPLOYSTACK_ENCRYPTION_PREVIOUS_SECRETS` | none | the secrets from before: a JSON object from identifier to secret, such as `{"first": "…"}` |
    ///
    /// ```swift
    /// let options = StoreOptions(encryptionSecret: try .fromEnvironment())
    /// ```
    ///
    /// - Parameter environment: The variables, or `nil` for those of the process.
    /// - Throws: ``DataError`` of kind `.configuration` whose field names the variable when it is missing, empty or not acceptable.
    public static func fromEnvironment(_ environment: [String: String]? = nil) throws(DataError) -> EncryptionSecret {
        let reader = EnvironmentReader(environment: environment, prefix: "DEPLOYSTACK_")
        guard let text = try reader.text("ENCRYPTION_SECRET") else { throw reader.wrong("ENCRYPTION_SECRET", "it is required") }
        var previous: [EncryptionSecret] = []
        if let list = try reader.text("ENCRYPTION_PREVIOUS_SECRETS") {
            let malformed = reader.wrong("ENCRYPTION_PREVIOUS_SECRETS", "it must be a JSON object from identifier to secret of at least 16 bytes")
            guard let secrets = (try? JSONValue(parsing: list))?.object else { throw malformed }
            for (keyID, secret) in secrets {
                guard let text = secret.string, let old = try? EncryptionSecret(text, keyID: keyID) else { throw malformed }
                previous.append(old)
            }
        }
        return try EncryptionSecret(text, keyID: try reader.text("ENCRYPTION_KEY_ID") ?? firstKeyID, previous: previous)
    }

    /// Whether a text can be a key's identifier. It has no colon, which separates it in the stored form.
    static func isKeyID(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func wrong(_ variable: String, _ reason: String) -> DataError {
        DataError(.configuration, field: variable, reason: reason)
    }
}

extension EncryptionSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A placeholder.
    public var description: String { SecretText.placeholder }
    /// A placeholder.
    public var debugDescription: String { SecretText.placeholder }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
