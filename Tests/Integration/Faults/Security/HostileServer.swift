#if os(Linux)
    import EphemeralPostgres
    import DeployStackData
    import DeployStackDataTesting
    import DeployStackModels
    import FaultHarness
    import Foundation
    import Logging
    import PostgresDriver

    /// How a server behaves that no PostgreSQL would.
    enum HostileManner: CaseIterable {
        /// It agrees to encryption and goes.
        case closesAfterAgreeing
        /// It agrees to encryption and says more in the clear, which a careless client takes for said under encryption (CVE-2021-23222).
        case injectsBeforeTheHandshake

        /// What libpq says about it.
        var reason: String {
            switch self {
            case .closesAfterAgreeing: "SSL SYSCALL error"
            case .injectsBeforeTheHandshake: "received unencrypted data after SSL response"
            }
        }
    }

    extension HostileCertificate {
        static let oldProtocol = HostileCertificate(name: "TLS 1.1 only", reason: "protocol version", highestProtocol: "TLSv1.1")
        static let withoutEncryption = HostileCertificate(name: "no encryption", reason: "does not support SSL", highestProtocol: "")
    }

    /// A real server that shows whatever certificate it is told to, asks for the password as it is, and logs who says anything to it.
    struct HostileServer {
        enum Checking {
            /// The default: certificate and host name are checked.
            case checked
            /// The explicit choice not to.
            case unchecked
        }

        struct Attempt {
            var error: PostgresError?
            var warnings: [String]
            /// Whether the server got as far as asking for the password, or the password was among what it received.
            var sawPassword: Bool
        }

        private static let password = "seen by nobody else"

        /// An address that no other server of this machine has.
        private static let address = "127.\(Int.random(in: 10...250)).\(Int.random(in: 1...250)).1"

        private let cluster: ThrowAwayCluster
        private let certificates: String

        static func start() async throws -> HostileServer {
            let cluster = try await ThrowAwayCluster.exclusive(
                settings: ["listen_addresses": address, "log_connections": "on", "log_statement": "none"])
            let server = HostileServer(cluster: cluster, certificates: (cluster.logFile as NSString).deletingLastPathComponent + "/certs")
            let made = try await server.shell(HostileCertificate.script, on: server.administrator)
            let needed = Set((HostileCertificate.all + HostileCertificate.good).map(\.files))
            guard needed.isSubset(of: made) else { throw Missing(what: "certificates: \(made)") }
            let rules = "local all all trust\\nhostssl all all 127.0.0.0/8 password\\nhost all all 127.0.0.0/8 password\\n"
            // OpenSSL refuses to show weak certificates too, unless the server is told otherwise when it starts.
            let weak =
                "openssl_conf = i\\n[i]\\nssl_conf = s\\n[s]\\nsystem_default = d\\n[d]\\nCipherString = ALL:@SECLEVEL=0\\nMinProtocol = TLSv1\\n"
            try await server.shell("printf \"\(rules)\" > pg_hba.conf; printf \"\(weak)\" > weak.cnf", on: server.administrator)
            try await withServerSession(server.administrator) { session in
                try await session.runScript("ALTER SYSTEM SET ssl_ciphers TO 'ALL:@SECLEVEL=0'")
                try await session.runScript("CREATE ROLE victim LOGIN PASSWORD '\(password)'")
            }
            try await server.restartWithWeakOpenSSL()
            return server
        }

        /// Has another server, which runs under the same account, start this one again with a configuration of OpenSSL that takes everything.
        private func restartWithWeakOpenSSL() async throws {
            let helper = try await TestServer.shared().configuration.connection
            let control = try await PostgresBinaries.find().path(of: "pg_ctl")
            let data = (cluster.logFile as NSString).deletingLastPathComponent
            try await shell(
                """
                \(control) stop -s -w -m fast -D \(data) >/dev/null 2>&1
                OPENSSL_CONF=\(data)/weak.cnf \(control) start -s -w -D \(data) -l \(data)/server.log -o "-c config_file=\(data)/../postgresql.conf" \
                    </dev/null >/dev/null 2>&1
                """, on: helper)
        }

        private var administrator: ConnectionConfiguration {
            ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName)
        }

        /// Has a server run a shell script in its data directory, under its own account; gives the lines that it prints.
        @discardableResult
        private func shell(_ script: String, on server: ConnectionConfiguration) async throws -> [String] {
            try await withServerSession(server) { session in
                try await session.runScript("CREATE TEMPORARY TABLE shell_output (number bigserial, line text)")
                let quoted = "(\(script)\n) 2>&1 | tr -d '\\\\\\t'".replacing("'", with: "''")
                try await session.runScript("COPY shell_output (line) FROM PROGRAM '\(quoted)'")
                return try await session.run(Statement<String>("SELECT line FROM pg_temp.shell_output ORDER BY number")).rows
            }
        }

        struct Missing: Error {
            let what: String
        }

        func stop() async throws {
            try await cluster.stop()
        }

        /// Has the server show a certificate, or speak an old protocol, or none.
        func present(_ hostile: HostileCertificate) async throws {
            let lowest = hostile.highestProtocol == nil ? "TLSv1.2" : "TLSv1"
            let loaded: Statement<Timestamp> = "SELECT pg_conf_load_time()"
            let before = try await withServerSession(administrator) { try await $0.run(loaded).rows }
            try await shell(
                "cp certs/\(hostile.files).crt server.crt; cp certs/\(hostile.files).key server.key; chmod 600 server.key", on: administrator)
            try await withServerSession(administrator) { session in
                try await session.runScript("ALTER SYSTEM SET ssl TO \(hostile.highestProtocol == "" ? "off" : "on")")
                try await session.runScript("ALTER SYSTEM SET ssl_min_protocol_version TO '\(lowest)'")
                try await session.runScript("ALTER SYSTEM SET ssl_max_protocol_version TO '\(hostile.highestProtocol ?? "")'")
                try await session.runScript("SELECT pg_reload_conf()")
            }
            // A session that begins after the settings were read was forked after the certificate was, too.
            let deadline = ContinuousClock.now + .seconds(20)
            while try await withServerSession(administrator, { try await $0.run(loaded).rows }) == before {
                guard ContinuousClock.now < deadline else { throw Missing(what: hostile.name) }
            }
        }

        /// Whether the server really speaks TLS 1.1 with somebody who has nothing against it.
        func speaksOldProtocol() async throws -> Bool {
            let lines = try await shell(
                "openssl s_client -connect \(Self.address):\(cluster.port) -starttls postgres -tls1_1 -cipher ALL:@SECLEVEL=0 </dev/null",
                on: administrator)
            return lines.contains { $0.contains("Protocol") && $0.contains("TLSv1.1") }
        }

        func attempt(_ hostile: HostileCertificate, _ checking: Checking) async throws -> Attempt {
            var configuration = configuration(hostile.host ?? Self.address, at: Self.address, port: cluster.port, checking)
            if hostile.checksRevocation, checking == .checked { configuration.revocationList = "\(certificates)/root.crl" }
            let before = try await introductions()
            let (error, warnings) = await connect(configuration)
            let after = try await introductions()
            return Attempt(error: error, warnings: warnings, sawPassword: error != nil && after != before)
        }

        func attempt(_ manner: HostileManner, _ checking: Checking) async throws -> Attempt {
            switch manner {
            case .closesAfterAgreeing:
                let scripted = try ScriptedServer([.awaitPacket, .send([UInt8(ascii: "S")]), .reset])
                let (error, warnings) = await connect(configuration("db.test", at: "127.0.0.1", port: scripted.port, checking))
                let sawPassword = scripted.sessions.contains { $0.hasReceived(Self.password.utf8) || $0.hasReceived("victim".utf8) }
                await scripted.close()
                return Attempt(error: error, warnings: warnings, sawPassword: sawPassword)
            case .injectsBeforeTheHandshake:
                try await present(HostileCertificate(name: "good"))
                let before = try await introductions()
                let address = Self.address.split(separator: ".").compactMap { UInt8($0) }
                let relay = try InjectingRelay(before: address, port: cluster.port, saying: BackendMessage.authenticationCleartext)
                let (error, warnings) = await connect(configuration("db.test", at: "127.0.0.1", port: relay.port, checking))
                await relay.close()
                let after = try await introductions()
                return Attempt(error: error, warnings: warnings, sawPassword: after != before)
            }
        }

        private func configuration(_ host: String, at address: String, port: Int, _ checking: Checking) -> ConnectionConfiguration {
            // Nothing but the root certificate is said: what is checked is the default.
            var configuration = ConnectionConfiguration(
                host: host, address: address, port: port, database: "postgres", user: "victim", password: Secret(Self.password),
                tls: .verifyFull(rootCertificate: "\(certificates)/root.crt"))
            if checking == .unchecked { configuration.tls = .require }
            return configuration
        }

        private func connect(_ configuration: ConnectionConfiguration) async -> (PostgresError?, [String]) {
            let recorder = TraceRecorder()
            do throws(PostgresError) {
                let client = try PostgresClient(
                    connection: configuration, pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(1)), logger: recorder.logger
                )
                defer { client.closeNow() }
                let isEncrypted: Statement<Bool> = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
                guard try await client.run(isEncrypted).rows == [true] else { return (nil, ["not encrypted"]) }
                return (nil, Self.securityWarnings(recorder))
            } catch {
                return (error, Self.securityWarnings(recorder))
            }
        }

        /// The warnings about what protects the connection; that an attempt has failed is another matter.
        private static func securityWarnings(_ recorder: TraceRecorder) -> [String] { recorder.warnings.filter { $0.contains("encrypted") } }

        /// How often somebody has told the server who they are, which is what comes before the password. It happens under encryption, or not at all.
        private func introductions() async throws -> Int {
            let statement: Statement<Int> = "SELECT count(*) FROM regexp_matches(pg_read_file('server.log'), 'victim', 'g')"
            return try await withServerSession(administrator) { try await $0.run(statement).rows.first ?? 0 }
        }

        // MARK: - The environment

        /// Variables and files that would make every hostile server welcome, if libpq looked at them.
        func weakenEnvironment() {
            ProcessVariables.set([
                "PGSSLMODE": "disable", "PGSSLROOTCERT": "\(certificates)/stranger.crt", "PGSSLCRL": "", "PGSSLMINPROTOCOLVERSION": "TLSv1",
                "PGSSLMAXPROTOCOLVERSION": "TLSv1.1", "PGCHANNELBINDING": "disable", "PGSSLSNI": "0", "PGHOSTADDR": Self.address,
                "HOME": certificates,
            ])
        }

        func restoreEnvironment() { ProcessVariables.restore() }
    }
#endif
