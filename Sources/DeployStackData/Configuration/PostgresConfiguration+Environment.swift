public import DeployStackModels

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PostgresConfiguration {
    /// Reads a configuration from environment variables.
    ///
    /// | variable | default | meaning |
    /// | --- | --- | --- |
    /// | `POSTGRES_HOST` | `localhost` | host name, address or socket directory |
    /// | `POSTGRES_PORT` | `5432` | 1 to 65535 |
    /// | `POSTGRES_DATABASE` | `deploystack` | database |
    /// | `POSTGRES_USER` | `postgres` | user |
    /// | `POSTGRES_PASSWORD` | none, required | password |
    /// | `POSTGRES_SSL` | `false` | `true`: encrypted with required channel binding; `false`: not encrypted |
    /// | `POSTGRES_SSL_ROOT_CERT` | none | file with certificate authorities; with it, `POSTGRES_SSL=true` checks certificate and host name |
    /// | `POSTGRES_SSL_CRL` | none | file with the authorities' revocation lists; needs a mode that checks certificates |
    /// | `POSTGRES_SSL_MODE` | none | `disable`, `require`, `verify-ca` or `verify-full`; overrides `POSTGRES_SSL` |
    /// | `POSTGRES_CHANNEL_BINDING` | `require` with `POSTGRES_SSL=true`, else `prefer` | `disable`, `prefer` or `require` |
    /// | `POSTGRES_POOLER` | `none` | `transaction`: the host is a pooler such as PgBouncer in transaction mode; `none`: it is the server |
    ///
    /// A variable that is set to an empty text is an error like a wrong one; it does not count as absent.
    ///
    /// - Parameter environment: The variables, or `nil` for those of the process.
    /// - Throws: ``DataError`` of kind `.configuration` whose field names the variable and whose reason says what is allowed, never the value.
    public static func fromEnvironment(_ environment: [String: String]? = nil) throws(DataError) -> PostgresConfiguration {
        let reader = EnvironmentReader(environment: environment, prefix: "POSTGRES_")
        let host = try reader.text("HOST") ?? "localhost"
        guard let password = try reader.text("PASSWORD") else { throw reader.wrong("PASSWORD", "it is required") }
        let (tls, channelBinding) = try reader.transportSecurity()
        return PostgresConfiguration(
            host: host, port: try reader.port() ?? 5432, database: try reader.text("DATABASE") ?? "deploystack",
            user: try reader.text("USER") ?? "postgres", password: Password(password), tls: tls, revocationList: try reader.text("SSL_CRL"),
            channelBinding: channelBinding, route: try reader.route())
    }

    /// Reads the configuration of a server for tests from `TEST_POSTGRES_HOST`, `TEST_POSTGRES_PORT`, `TEST_POSTGRES_USER` and `TEST_POSTGRES_PASSWORD`.
    ///
    /// The defaults are `localhost`, `5432`, `postgres` and `password`; the database is `postgres`, from which test databases are made.
    ///
    /// - Parameter environment: The variables, or `nil` for those of the process.
    /// - Throws: ``DataError`` of kind `.configuration` whose field names the variable.
    public static func testFromEnvironment(_ environment: [String: String]? = nil) throws(DataError) -> PostgresConfiguration {
        let reader = EnvironmentReader(environment: environment, prefix: "TEST_POSTGRES_")
        return PostgresConfiguration(
            host: try reader.text("HOST") ?? "localhost", port: try reader.port() ?? 5432, database: "postgres",
            user: try reader.text("USER") ?? "postgres", password: Password(try reader.text("PASSWORD") ?? "password"), tls: .disable)
    }
}

/// Reads environment variables that share a prefix.
struct EnvironmentReader {
    private let environment: [String: String]?
    private let prefix: String

    init(environment: [String: String]?, prefix: String) {
        self.environment = environment
        self.prefix = prefix
    }

    /// The variable's text, or `nil` when it is not set.
    func text(_ name: String) throws(DataError) -> String? {
        let variables = environment ?? ProcessInfo.processInfo.environment
        guard let value = variables[prefix + name] else { return nil }
        guard !value.isEmpty, !value.utf8.contains(0) else { throw wrong(name, "it must not be empty") }
        return value
    }

    func port() throws(DataError) -> Int? {
        guard let text = try text("PORT") else { return nil }
        guard let port = PostgresConfiguration.port(text) else { throw wrong("PORT", "it must be a number from 1 to 65535") }
        return port
    }

    /// What the variables say about the way to the server.
    func route() throws(DataError) -> ServerRoute {
        guard let text = try text("POOLER") else { return .direct }
        guard let route = ServerRoute(pooler: text) else { throw wrong("POOLER", "it must be none or transaction") }
        return route
    }

    /// How the variables say that the connection is encrypted and the server checked.
    func transportSecurity() throws(DataError) -> (TLSMode, ChannelBinding) {
        let isEncrypted: Bool
        switch try text("SSL") {
        case nil, "false": isEncrypted = false
        case "true": isEncrypted = true
        default: throw wrong("SSL", "it must be true or false")
        }
        let root = try text("SSL_ROOT_CERT")
        let mode: TLSMode
        switch try text("SSL_MODE") {
        case "disable": mode = .disable
        case "require": mode = .require
        case "verify-ca":
            guard let root else { throw wrong("SSL_ROOT_CERT", "it is required with verify-ca") }
            mode = .verifyCA(rootCertificate: root)
        case "verify-full": mode = .verifyFull(rootCertificate: root)
        case nil where isEncrypted: mode = root.map { .verifyFull(rootCertificate: $0) } ?? .require
        case nil: mode = .disable
        default: throw wrong("SSL_MODE", "it must be disable, require, verify-ca or verify-full")
        }
        guard let binding = try text("CHANNEL_BINDING") else { return (mode, mode == .require ? .require : .prefer) }
        guard let channelBinding = ChannelBinding(rawValue: binding) else {
            throw wrong("CHANNEL_BINDING", "it must be disable, prefer or require")
        }
        return (mode, channelBinding)
    }

    func wrong(_ name: String, _ allowed: String) -> DataError {
        DataError(.configuration, field: prefix + name, reason: "\(prefix + name): \(allowed)", outcome: .notSent)
    }
}
