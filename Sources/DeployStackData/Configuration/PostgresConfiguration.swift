/// Where a PostgreSQL database is and how to use it.
///
/// Values come from the environment (``fromEnvironment(_:)``), a URL (``init(url:)``) or the initialiser. Nothing else has any effect: not libpq's own `PG…`
/// variables, service files or password files. The password appears in no description, log or error.
public struct PostgresConfiguration: Sendable, Hashable {
    /// The host's name or address, or the directory of a Unix socket, which begins with `/`.
    public var host: String
    /// The port, 1 to 65 535.
    public var port: Int
    /// The database's name, taken literally.
    public var database: String
    /// The user's name.
    public var user: String
    /// The password, or `nil` when the server asks for none.
    public var password: Password?
    /// How the connection is encrypted and the server checked. A Unix socket is never encrypted.
    public var tls: TLSMode
    /// The file of revocation lists (PEM) of the authorities, or `nil` to look for no revoked certificates. Without a mode that checks certificates it is
    /// refused, and so is a file that cannot be read.
    public var revocationList: String?
    /// Whether the server must prove, within the encrypted connection, that it knows the password (RFC 5929 and RFC 7677).
    public var channelBinding: ChannelBinding
    /// The name under which the server shows the connections.
    public var applicationName: String
    /// How connections are pooled.
    public var pool: PoolOptions
    /// The longest that a call may take, from waiting for a connection to the last row.
    public var callTimeout: Duration
    /// After how long the server itself ends a statement, or `nil` for the server's own setting (`statement_timeout`).
    ///
    /// It is a net for what the deadline of the call cannot reach, such as a program that has died, and should be longer than ``callTimeout``. Through a
    /// pooler it holds in transactions only.
    public var statementTimeout: Duration?
    /// Whether the server is reached directly or through a pooler.
    public var route: ServerRoute

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - host: The host's name or address, or the directory of a Unix socket.
    ///   - port: The port, 1 to 65 535.
    ///   - database: The database's name.
    ///   - user: The user's name.
    ///   - password: The password, or `nil` when the server asks for none.
    ///   - tls: How the connection is encrypted and the server checked; by default certificate and host name are checked.
    ///   - revocationList: The file of revocation lists of the authorities.
    ///   - channelBinding: Whether the server must prove that it knows the password.
    ///   - applicationName: The name under which the server shows the connections.
    ///   - pool: How connections are pooled.
    ///   - callTimeout: The longest that a call may take.
    ///   - statementTimeout: After how long the server itself ends a statement.
    ///   - route: Whether the server is reached directly or through a pooler.
    public init(
        host: String,
        port: Int = 5432,
        database: String,
        user: String,
        password: Password? = nil,
        tls: TLSMode = .verifyFull(rootCertificate: nil),
        revocationList: String? = nil,
        channelBinding: ChannelBinding = .prefer,
        applicationName: String = "deploystack",
        pool: PoolOptions = PoolOptions(),
        callTimeout: Duration = .seconds(30),
        statementTimeout: Duration? = .seconds(60),
        route: ServerRoute = .direct
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.tls = tls
        self.revocationList = revocationList
        self.channelBinding = channelBinding
        self.applicationName = applicationName
        self.pool = pool
        self.callTimeout = callTimeout
        self.statementTimeout = statementTimeout
        self.route = route
    }
}

extension PostgresConfiguration {
    /// The port that a text names in decimal digits alone, or `nil`.
    static func port(_ text: some StringProtocol) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = Int(text) else { return nil }
        return (1...65_535).contains(port) ? port : nil
    }
}

extension PostgresConfiguration: CustomStringConvertible {
    /// The place and the user, without the password.
    public var description: String {
        "\(user)@\(host):\(port)/\(database) (TLS: \(tls))"
    }
}
