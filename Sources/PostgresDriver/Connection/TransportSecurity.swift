/// Whether a connection is encrypted, and how far the server's certificate is checked.
package enum TransportSecurity: Sendable, Hashable {
    /// No encryption. Right for Unix sockets and loopback; over a network only where the network itself is trusted.
    case disable
    /// Encrypted, but the certificate is not checked. Only channel binding protects such a connection against an interceptor.
    case require
    /// Encrypted, and the certificate must come from an authority in the given file (PEM); the name in it is not compared.
    case verifyCA(rootCertificate: String)
    /// Encrypted, and the certificate must come from an authority in the given file (PEM; nil: the system's bundle) and carry the host's name.
    case verifyFull(rootCertificate: String?)

    /// libpq's name of the mode.
    var libpqName: String {
        switch self {
        case .disable: "disable"
        case .require: "require"
        case .verifyCA: "verify-ca"
        case .verifyFull: "verify-full"
        }
    }

    /// The file of authorities that was named, if one was.
    var rootCertificate: String? {
        switch self {
        case .disable, .require, .verifyFull(nil): nil
        case .verifyCA(let path), .verifyFull(let path?): path
        }
    }

    /// Whether the server's certificate is checked at all.
    package var verifiesCertificate: Bool {
        switch self {
        case .disable, .require: false
        case .verifyCA, .verifyFull: true
        }
    }
}

/// Whether SCRAM must be bound to the TLS session, which proves that no one in between has opened it.
///
/// Where it is not demanded, the password proves us to the server and not the server to us: a server that asks for nothing is believed, and so is one that
/// begins SCRAM and lets us in before it has given its own proof. Only its certificate says who it is then.
package enum ChannelBinding: String, Sendable, Hashable {
    /// Never; the only possible choice without TLS.
    case disable
    /// Used if the server offers it. An interceptor with a certificate that is accepted goes unnoticed.
    case prefer
    /// Demanded: clear-text, MD5 and trust answers are refused too.
    case require
}

/// Which role a server must play to be accepted.
package enum TargetSession: String, Sendable, Hashable {
    /// Any server.
    case any
    /// A server that accepts writes.
    case readWrite = "read-write"
    /// A server that accepts reads only.
    case readOnly = "read-only"
    /// A server that is not in recovery.
    case primary
    /// A server in recovery.
    case standby
}
