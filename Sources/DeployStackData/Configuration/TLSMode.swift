public import DeployStackModels

/// How a connection is encrypted and the server checked.
public enum TLSMode: Sendable, Hashable, CustomStringConvertible {
    /// Not encrypted.
    case disable
    /// Encrypted, without looking at the certificate. Use ``ChannelBinding/require`` with it, or an interceptor can pass for the server.
    case require
    /// Encrypted, and the certificate must come from an authority in the file.
    case verifyCA(rootCertificate: String)
    /// Encrypted, and the certificate must come from an authority in the file, or in the system's when it is `nil`, and be made out to the host.
    case verifyFull(rootCertificate: String?)

    /// The mode's name, as libpq's `sslmode` has it.
    public var description: String {
        switch self {
        case .disable: "disable"
        case .require: "require"
        case .verifyCA: "verify-ca"
        case .verifyFull: "verify-full"
        }
    }
}

/// Whether the server must prove, within the encrypted connection, that it knows the password.
public enum ChannelBinding: String, Sendable, Hashable {
    /// Not asked for.
    case disable
    /// Asked for when the server can.
    case prefer
    /// Insisted on. Servers that cannot, and answers in clear text, MD5 or without a password, are refused.
    case require
}

/// A password. It is never printed.
public typealias Password = SecretText
