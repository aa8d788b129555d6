package import EphemeralPostgres
package import PostgresDriver

/// A server that fault tests may mistreat: a throw-away cluster, and the ways to reach it.
///
/// ```swift
/// let cluster = try await FaultCluster.shared(.plain)     // for tests that leave the server as it was
/// let cluster = try await FaultCluster.own(.plain)        // for tests that kill it; they stop it at their end
/// ```
package final class FaultCluster: Sendable {
    /// What a server is like.
    package enum Kind: String, Sendable, CaseIterable {
        /// It listens on its Unix socket alone.
        case plain
        /// It also listens on a port of 127.0.0.1, without TLS: what stands behind a proxy.
        case tcp
        /// It also listens on a port of 127.0.0.1, with TLS alone and a certificate for `localhost` and 127.0.0.1 from an authority of its own.
        case tls
        /// It takes 25 connections, three of which are kept for superusers.
        case tiny
    }

    /// The role that tests connect as. It is no superuser, owns the databases made for tests, and may end its own sessions.
    package static let role = "app"
    /// The password of ``role``, where one is asked for: on TCP.
    package static let password: Secret = "a password of the fault tests"

    package let kind: Kind
    package let server: ThrowAwayCluster

    init(kind: Kind, server: ThrowAwayCluster) {
        self.kind = kind
        self.server = server
    }

    /// How the superuser reaches the server: through its socket, without a password.
    package var superuser: ConnectionConfiguration {
        ConnectionConfiguration(
            host: server.socketDirectory, port: server.port, database: "postgres", user: server.userName, applicationName: Administrator.name)
    }

    /// How ``role`` reaches a database: through the socket for servers without a port, through TCP for the others.
    package func connection(to database: String = "postgres") -> ConnectionConfiguration {
        switch kind {
        case .plain, .tiny:
            ConnectionConfiguration(host: server.socketDirectory, port: server.port, database: database, user: Self.role, tls: .disable)
        case .tcp:
            ConnectionConfiguration(
                host: "127.0.0.1", port: server.port, database: database, user: Self.role, password: Self.password, tls: .disable)
        case .tls:
            ConnectionConfiguration(
                host: "127.0.0.1", port: server.port, database: database, user: Self.role, password: Self.password,
                tls: .verifyFull(rootCertificate: rootCertificate))
        }
    }

    /// The certificate of the authority that a server of the kind ``Kind/tls`` has its own from.
    package var rootCertificate: String { "\(server.dataDirectory)/\(CertificateScript.rootCertificate)" }

    /// Stops the server and removes its files. A shared one must be left alone.
    package func stop() async throws {
        try await server.stop()
    }
}

extension FaultCluster {
    private static let starts = Lock<[Kind: Task<FaultCluster, any Error>]>([:])

    /// The server of a kind that the tests of this process share. It is made when it is first asked for and goes away with the process.
    package static func shared(_ kind: Kind) async throws -> FaultCluster {
        let start = starts.withLock { starts in
            if let start = starts[kind] { return start }
            let start = Task { try await make(kind, settings: [:]) }
            starts[kind] = start
            return start
        }
        return try await start.value
    }

    /// A server that one test has for itself, to be ended with ``stop()``. It goes away with the process at the latest.
    ///
    /// - Parameter settings: Server settings beside those of the kind.
    package static func own(_ kind: Kind, settings: [String: String] = [:]) async throws -> FaultCluster {
        // A task of its own, because a half-made cluster helps nobody.
        try await Task { try await make(kind, settings: settings) }.value
    }
}
