public import DeployStackModels

/// The secret that configuration values are encrypted with. It is never printed.
public struct EncryptionSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The environment variable that holds the secret.
    public static let variable = "DEPLOYSTACK_ENCRYPTION_SECRET"

    let bytes: [UInt8]

    /// Wraps a secret.
    ///
    /// - Parameter text: The secret, at least 16 bytes.
    /// - Throws: ``DataError`` of kind `.configuration` when it is shorter.
    public init(_ text: String) throws(DataError) {
        guard text.utf8.count >= 16 else {
            throw DataError(.configuration, field: Self.variable, reason: "the encryption secret must have at least 16 bytes")
        }
        bytes = Array(text.utf8)
    }

    /// Reads the secret from `DEPLOYSTACK_ENCRYPTION_SECRET`.
    ///
    /// ```swift
    /// let options = StoreOptions(encryptionSecret: try .fromEnvironment())
    /// ```
    ///
    /// - Parameter environment: The variables, or `nil` for those of the process.
    /// - Throws: ``DataError`` of kind `.configuration` whose field names the variable when it is missing, empty or shorter than 16 bytes.
    public static func fromEnvironment(_ environment: [String: String]? = nil) throws(DataError) -> EncryptionSecret {
        let reader = EnvironmentReader(environment: environment, prefix: "DEPLOYSTACK_")
        guard let text = try reader.text("ENCRYPTION_SECRET") else { throw reader.wrong("ENCRYPTION_SECRET", "it is required") }
        return try EncryptionSecret(text)
    }

    /// A placeholder.
    public var description: String { "<secret>" }
    /// A placeholder.
    public var debugDescription: String { "<secret>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
