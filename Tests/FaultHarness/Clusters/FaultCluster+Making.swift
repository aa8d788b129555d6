import EphemeralPostgres
import Foundation
import PostgresDriver

extension FaultCluster {
    /// How often another port is tried when one is taken.
    private static let portsTried = 5

    static func make(_ kind: Kind, settings: [String: String]) async throws -> FaultCluster {
        let cluster = try await start(kind, settings: settings)
        do {
            try await cluster.setUp()
            return cluster
        } catch {
            try await cluster.stop()
            throw error
        }
    }

    private static func start(_ kind: Kind, settings: [String: String]) async throws -> FaultCluster {
        var tries = 0
        while true {
            let start = await attempt(kind.settings.merging(settings) { _, given in given })
            // Somebody may have the port that was chosen.
            if case .failure(let error) = start, error.kind == .startFailed, kind.listens, tries < portsTried {
                tries += 1
                continue
            }
            return FaultCluster(kind: kind, server: try start.get())
        }
    }

    private static func attempt(_ settings: [String: String]) async -> Result<ThrowAwayCluster, ClusterError> {
        do throws(ClusterError) { return .success(try await .exclusive(settings: settings)) } catch { return .failure(error) }
    }

    /// Makes the role, and for TCP the rules and certificates, which a restart puts into force.
    private func setUp() async throws {
        let administrator = try Administrator(self)
        do {
            try await administrator.runScript("CREATE ROLE \"\(Self.role)\" LOGIN CREATEDB PASSWORD '\(Self.password.revealed)'")
            if kind == .tls {
                try await administrator.shell(CertificateScript.text)
                try await administrator.runScript("ALTER SYSTEM SET ssl TO on")
            }
        } catch {
            await administrator.close()
            throw error
        }
        await administrator.close()
        guard kind.listens else { return }
        try await server.stopServer()
        // Superusers use the socket alone, so a password is proven by everyone who comes through TCP.
        let rules = "local all all trust\n\(kind == .tls ? "hostssl" : "host") all all 127.0.0.1/32 scram-sha-256\n"
        try rules.write(toFile: "\(server.dataDirectory)/pg_hba.conf", atomically: false, encoding: .utf8)
        try await server.startServer()
    }
}

extension FaultCluster.Kind {
    /// Whether the server has a TCP port.
    fileprivate var listens: Bool { self == .tcp || self == .tls }

    fileprivate var settings: [String: String] {
        switch self {
        case .plain: [:]
        case .tiny: ["max_connections": "25"]
        // Below the ports that systems give to outgoing connections, so that no client takes it while the server is stopped.
        case .tcp, .tls: ["listen_addresses": "127.0.0.1", "port": "\(Int.random(in: 20_000...29_999))"]
        }
    }
}

/// Makes an authority and, from it, a certificate for `localhost` and 127.0.0.1.
enum CertificateScript {
    static let rootCertificate = "root.crt"

    /// What the server runs in its data directory, so that the files belong to its account and go away with it.
    static let text = """
        umask 077
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout root.key -out \(rootCertificate) -subj "/CN=fault tests" &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=localhost &&
        printf "subjectAltName=DNS:localhost,IP:127.0.0.1" > server.ext &&
        openssl x509 -req -in server.csr -CA \(rootCertificate) -CAkey root.key -CAcreateserial -days 2 -extfile server.ext -out server.crt
        """
}
