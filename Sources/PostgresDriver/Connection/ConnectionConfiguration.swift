/// Where a server is and how a session on it begins.
///
/// The values here are all that counts: no `PG*` variable, service file, `~/.pgpass` or certificate in the home directory changes anything.
package struct ConnectionConfiguration: Sendable, Hashable {
    /// A host name, an address, or the directory of a Unix socket (begins with `/`).
    package var host: String

    /// The numeric address to connect to instead of asking for those of ``host``, which stays the name that certificates are held against.
    package var address: String?

    /// The TCP port, or the number in the Unix socket's file name.
    package var port: Int

    /// The database's name, taken literally and never expanded as a connection string.
    package var database: String

    /// The role's name.
    package var user: String

    /// The password, or nil where the server asks for none.
    package var password: Secret?

    /// Encryption and the checking of certificates. Ignored on a Unix socket.
    package var tls: TransportSecurity

    /// The file of revocation lists (PEM) that every certificate of the chain is held against, or nil. It needs a mode that checks certificates.
    package var revocationList: String?

    /// Whether SCRAM is bound to the TLS session. Ignored without TLS.
    package var channelBinding: ChannelBinding

    /// The name shown in `pg_stat_activity`.
    package var applicationName: String

    /// The longest time for one attempt: name resolution, TCP, TLS and authentication together.
    package var connectTimeout: Duration

    /// The time until a silent TCP peer is probed; the connection is given up after three probes of a third of it each, or on Linux when
    /// ``tcpUserTimeout`` has passed.
    package var keepaliveIdle: Duration

    /// The longest time for which sent data may stay unacknowledged, or nothing be heard of a peer that is being probed, before the kernel gives the
    /// connection up (Linux only). With the defaults of both a peer whose machine has gone is found within ten seconds.
    package var tcpUserTimeout: Duration

    /// The role the server must play.
    package var targetSession: TargetSession

    /// The server's own limit for each statement, or nil to leave its setting alone.
    package var statementTimeout: Duration?

    /// What stands between this program and the server.
    package var route: ServerRoute

    /// Describes a server; everything but the place, the database and the role has a default.
    package init(
        host: String,
        address: String? = nil,
        port: Int = 5432,
        database: String,
        user: String,
        password: Secret? = nil,
        tls: TransportSecurity = .verifyFull(rootCertificate: nil),
        revocationList: String? = nil,
        channelBinding: ChannelBinding = .prefer,
        applicationName: String = "deploystack",
        connectTimeout: Duration = .seconds(2),
        keepaliveIdle: Duration = .seconds(5),
        tcpUserTimeout: Duration = .seconds(9),
        targetSession: TargetSession = .any,
        statementTimeout: Duration? = nil,
        route: ServerRoute = .direct
    ) {
        self.host = host
        self.address = address
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.tls = tls
        self.revocationList = revocationList
        self.channelBinding = channelBinding
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.keepaliveIdle = keepaliveIdle
        self.tcpUserTimeout = tcpUserTimeout
        self.targetSession = targetSession
        self.statementTimeout = statementTimeout
        self.route = route
    }

    /// Whether statements stay prepared on a connection from call to call.
    var keepsPreparedStatements: Bool { route == .direct }

    /// Whether the server is reached through a socket in the file system.
    package var isUnixSocket: Bool { host.hasPrefix("/") || host.hasPrefix("@") }

    /// Whether data stays on this machine: a Unix socket or a loopback address.
    package var isLocal: Bool {
        isUnixSocket || host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

/// What stands between this program and the server.
package enum ServerRoute: Sendable, Hashable {
    /// Nothing that looks at statements: one connection is one session on the server.
    case direct
    /// A pooler such as PgBouncer in transaction mode: a session lasts for one transaction, so nothing is kept in it. Statements are not kept
    /// prepared, the server's own limit for statements is set in each transaction alone, and what needs a session is refused.
    case transactionPooler
}

extension ServerRoute {
    /// Refuses a statement that needs a session where there is none.
    func check(_ shape: StatementShape) throws(PostgresError) {
        guard self == .transactionPooler, shape.needsSession else { return }
        throw .configuration(
            "The statement belongs to a session, and behind a pooler in transaction mode there is none: connect to the server directly for it.")
    }
}

extension Duration {
    /// The duration in milliseconds, as the setting `statement_timeout` takes it; 0 would mean no limit.
    var asStatementTimeout: Int64 { min(max(1, clampedNanoseconds / 1_000_000), Int64(Int32.max)) }
}

extension ConnectionConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        let place = isUnixSocket ? "\(host)/.s.PGSQL.\(port)" : "\(host):\(port)"
        return "\(user)@\(place)/\(database) (TLS \(isUnixSocket ? "none" : tls.libpqName))"
    }

    package var debugDescription: String { description }
}

extension ConnectionConfiguration {
    /// Refuses what could not be passed on as it is.
    func validated() throws(PostgresError) -> ConnectionConfiguration {
        let texts = [
            ("host", host), ("database", database), ("user", user), ("password", password?.revealed ?? ""), ("applicationName", applicationName),
            ("address", address ?? ""),
        ]
        if let path = tls.rootCertificate {
            // libpq takes an empty path for "look in the home directory".
            guard !path.isEmpty, !path.utf8.contains(0) else { throw .configuration("The path of the root certificate is empty or contains NUL.") }
        }
        if let revocationList {
            guard !revocationList.isEmpty, !revocationList.utf8.contains(0) else {
                throw .configuration("The path of the revocation list is empty or contains NUL.")
            }
            // Accepted, it would look as if it protected somebody.
            guard tls.verifiesCertificate else { throw .configuration("A revocation list has no effect unless certificates are checked.") }
        }
        for (name, text) in texts where text.utf8.contains(0) {
            throw .configuration("The \(name) contains a NUL character.")
        }
        for (name, text) in texts.prefix(3) where text.isEmpty {
            throw .configuration("The \(name) is empty.")
        }
        guard (1...65_535).contains(port) else { throw .configuration("The port is not between 1 and 65535.") }
        guard connectTimeout > .zero else { throw .configuration("The connect timeout is not positive.") }
        return self
    }

    /// What a person who runs this should be told once, in words that are safe to log.
    var securityWarnings: [String] {
        guard !isUnixSocket else { return [] }
        var warnings: [String] = []
        if tls == .disable, !isLocal {
            warnings.append("Connections to \(host) are not encrypted: everything, passwords' proofs included, crosses the network in the clear.")
        }
        if tls == .require, channelBinding != .require {
            warnings.append(
                "Connections to \(host) are encrypted but unverified: neither the certificate nor channel binding proves who answers.")
        }
        return warnings
    }
}
