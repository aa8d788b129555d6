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

    /// A placeholder.
    public var description: String { "<secret>" }
    /// A placeholder.
    public var debugDescription: String { "<secret>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
