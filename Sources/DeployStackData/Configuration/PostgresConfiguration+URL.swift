public import DeployStackModels

extension PostgresConfiguration {
    /// Reads a configuration from a URL such as `postgres://user:password@host:5432/database?sslmode=verify-full`.
    ///
    /// The scheme is `postgres` or `postgresql`. User, password, host and database may be percent-encoded (RFC 3986, section 2.1). The query may have
    /// `sslmode` (`disable`, `require`, `verify-ca`, `verify-full`; without it, certificate and host name are checked), `sslrootcert`, `sslcrl`, `channel_binding`
    /// (`disable`, `prefer`, `require`), `application_name`, `pooler` (`none`; `transaction`, when a pooler in transaction mode answers at that place) and
    /// `host`, which may be the directory of a Unix socket.
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``DataError`` of kind `.configuration` with field `url` that says which part is wrong, never showing the URL.
    public init(url: String) throws(DataError) {
        let parts = try PostgresURL(url)
        let tls: TLSMode
        switch parts.query["sslmode"] {
        case "disable": tls = .disable
        case "require": tls = .require
        case "verify-ca":
            guard let root = parts.query["sslrootcert"] else { throw PostgresURL.wrong("sslmode=verify-ca needs sslrootcert") }
            tls = .verifyCA(rootCertificate: root)
        case "verify-full", nil: tls = .verifyFull(rootCertificate: parts.query["sslrootcert"])
        default: throw PostgresURL.wrong("sslmode must be disable, require, verify-ca or verify-full")
        }
        let binding = try parts.query["channel_binding"].map { text throws(DataError) in
            guard let binding = ChannelBinding(rawValue: text) else { throw PostgresURL.wrong("channel_binding must be disable, prefer or require") }
            return binding
        }
        let route = try parts.query["pooler"].map { text throws(DataError) in
            guard let route = ServerRoute(pooler: text) else { throw PostgresURL.wrong("pooler must be none or transaction") }
            return route
        }
        self.init(
            host: parts.host, port: parts.port, database: parts.database, user: parts.user, password: parts.password.map { Password($0) }, tls: tls,
            revocationList: parts.query["sslcrl"], channelBinding: binding ?? (tls == .require ? .require : .prefer),
            applicationName: parts.query["application_name"] ?? "deploystack", route: route ?? .direct)
    }
}

/// The parts of a PostgreSQL URL.
private struct PostgresURL {
    var user = "postgres"
    var password: String?
    var host = "localhost"
    var port = 5432
    var database: String
    var query: [String: String] = [:]

    private static let knownParameters: Set<String> = ["sslmode", "sslrootcert", "sslcrl", "channel_binding", "application_name", "host", "pooler"]

    init(_ url: String) throws(DataError) {
        guard let scheme = ["postgres://", "postgresql://"].first(where: url.hasPrefix) else {
            throw Self.wrong("it must begin with postgres:// or postgresql://")
        }
        let (place, parameters) = Self.split(url.dropFirst(scheme.count), at: "?")
        let (authority, path) = Self.split(place, at: "/")
        let (beforeAt, afterAt) = Self.splitLast(authority, at: "@")
        if let credentials = beforeAt {
            let (user, password) = Self.split(credentials, at: ":")
            self.user = try Self.decoded(user, "the user")
            self.password = try password.map { password throws(DataError) in try Self.decoded(password, "the password") }
        }
        guard let path, !path.isEmpty else { throw Self.wrong("the database is missing: it follows the host, after a slash") }
        // A slash or an at sign that is not encoded is more likely part of a password than of a database's name, and must not be shown as one.
        guard !path.contains("/"), !path.contains("@") else { throw Self.wrong("/ and @ in user, password or database must be percent-encoded") }
        database = try Self.decoded(path, "the database")
        try readHost(afterAt)
        try readParameters(parameters)
    }

    private mutating func readHost(_ text: Substring) throws(DataError) {
        var host = text
        var portText: Substring?
        if text.hasPrefix("[") {
            // An IPv6 address stands in brackets (RFC 3986, section 3.2.2).
            let (address, rest) = Self.split(text.dropFirst(), at: "]")
            guard let rest else { throw Self.wrong("an address in brackets must be closed") }
            host = address
            if rest.hasPrefix(":") { portText = rest.dropFirst() } else if !rest.isEmpty { throw Self.wrong("the host is malformed") }
        } else {
            (host, portText) = Self.split(text, at: ":")
        }
        if !host.isEmpty { self.host = try Self.decoded(host, "the host") }
        if let portText {
            guard let port = PostgresConfiguration.port(portText) else { throw Self.wrong("the port must be a number from 1 to 65535") }
            self.port = port
        }
    }

    private mutating func readParameters(_ text: Substring?) throws(DataError) {
        for parameter in (text ?? "").split(separator: "&") {
            let (name, value) = Self.split(parameter, at: "=")
            guard Self.knownParameters.contains(String(name)) else {
                throw Self.wrong("it may have the parameters \(Self.knownParameters.sorted().joined(separator: ", "))")
            }
            query[String(name)] = try Self.decoded(value ?? "", "the parameter \(name)")
        }
        if let host = query["host"] { self.host = host }
    }

    static func wrong(_ reason: String) -> DataError {
        DataError(.configuration, field: "url", reason: reason, outcome: .notSent)
    }

    private static func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func splitLast(_ text: Substring, at separator: Character) -> (Substring?, Substring) {
        guard let index = text.lastIndex(of: separator) else { return (nil, text) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func decoded(_ text: Substring, _ part: String) throws(DataError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = hexadecimal(high, low)
            else { throw wrong("\(part) has a malformed percent-encoding") }
            bytes.append(value)
        }
        guard !bytes.isEmpty, !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw wrong("\(part) must be text and not empty")
        }
        return decoded
    }

    /// The byte that two hexadecimal digits stand for. `UInt8(_:radix:)` would also take a sign.
    private static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = Character(Unicode.Scalar(high)).hexDigitValue, let low = Character(Unicode.Scalar(low)).hexDigitValue else { return nil }
        return UInt8(high * 16 + low)
    }
}
