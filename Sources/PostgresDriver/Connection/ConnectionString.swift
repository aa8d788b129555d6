/// Writes libpq's connection string so that nothing outside of the configuration has a say.
///
/// A string rather than arrays of keywords, because only there an empty value is a value: in an array libpq passes over it and asks the
/// environment (`PGPASSWORD`, `PGHOSTADDR`, `PGREQUIREPEER`). Where empty means "look in the home directory", a path that cannot exist is given.
struct ConnectionString {
    /// A path below something that is no directory: opening it fails on every system, quietly.
    private static let nowhere = "/dev/null/none"

    private(set) var text = ""

    init(_ configuration: ConnectionConfiguration, address: String?) {
        let isEncrypted = !configuration.isUnixSocket && configuration.tls != .disable
        add("host", configuration.host)
        add("hostaddr", address ?? "")
        add("port", "\(configuration.port)")
        add("dbname", configuration.database)
        add("user", configuration.user)
        add("password", configuration.password?.revealed ?? "")
        add("passfile", Self.nowhere)
        add("requirepeer", "")
        add("channel_binding", isEncrypted ? configuration.channelBinding.rawValue : "disable")
        add("sslmode", isEncrypted ? configuration.tls.libpqName : "disable")
        add("sslrootcert", isEncrypted ? Self.rootCertificate(configuration.tls) : Self.nowhere)
        add("sslcert", Self.nowhere)
        add("sslkey", Self.nowhere)
        add("sslcrl", isEncrypted ? configuration.revocationList ?? Self.nowhere : Self.nowhere)
        add("sslcrldir", "")
        add("sslcompression", "0")
        add("sslsni", "1")
        add("ssl_min_protocol_version", "TLSv1.2")
        add("ssl_max_protocol_version", "")
        add("gssencmode", "disable")
        add("krbsrvname", "postgres")
        add("target_session_attrs", configuration.targetSession.rawValue)
        add("client_encoding", "UTF8")
        add("application_name", configuration.applicationName)
        add("options", "")
        add("connect_timeout", "0")
        add("keepalives", "1")
        let idle = max(1, configuration.keepaliveIdle.components.seconds)
        add("keepalives_idle", "\(idle)")
        add("keepalives_interval", "\(max(1, idle / 3))")
        add("keepalives_count", "3")
        add("tcp_user_timeout", "\(max(0, configuration.tcpUserTimeout.clampedNanoseconds / 1_000_000))")
    }

    private mutating func add(_ keyword: String, _ value: String) {
        text += text.isEmpty ? "" : " "
        text += keyword
        text += "='"
        for character in value.unicodeScalars {
            if character == "'" || character == "\\" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(character)
        }
        text += "'"
    }

    private static func rootCertificate(_ tls: TransportSecurity) -> String {
        switch tls {
        case .disable, .require: nowhere
        case .verifyCA(let path): path
        case .verifyFull(let path): path ?? SystemCertificates.bundle ?? nowhere
        }
    }
}
