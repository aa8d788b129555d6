#if os(Linux)
    import DeployStackDataTesting
    import EphemeralPostgres
    import Foundation
    import PostgresDriver
    import Testing

    /// Needs addresses of 127.0.0.0/8 other than 127.0.0.1, which only Linux has without being asked.
    @Suite("Encryption and authentication", .serialized, .requiresServer)
    struct EncryptionTests {
        @Test func aServerIsTrustedByItsCertificateAndItsName() async throws {
            try await withEncryptedServer { server in
                let verified = server.configuration(.verifyFull(rootCertificate: server.rootCertificate))
                let large = String(repeating: "0123456789abcdef", count: 65_536)

                let answer = try await withClient(configuration: verified) { client in
                    let isEncrypted = Statement<Bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    return (try await client.run(isEncrypted).rows, try await client.run(Statement<String>("SELECT \(large)")).rows)
                }

                #expect(answer.0 == [true])
                #expect(answer.1 == [large])
                await server.expectRefusal(of: server.configuration(.verifyFull(rootCertificate: server.rootCertificate), host: server.otherHost))
                await server.expectRefusal(of: server.configuration(.verifyFull(rootCertificate: nil)))
                await server.expectRefusal(of: server.configuration(.verifyCA(rootCertificate: "/nonexistent")))
                await server.expectSuccess(of: server.configuration(.verifyCA(rootCertificate: server.rootCertificate), host: server.otherHost))
            }
        }

        @Test func withoutACertificateThePasswordsProofMustBeBoundToTheSession() async throws {
            try await withEncryptedServer { server in
                var configuration = server.configuration(.require)
                configuration.channelBinding = .require
                await server.expectSuccess(of: configuration)

                // Trusted without a password: nothing proves that the server is the right one.
                configuration.user = "trusted"
                await server.expectRefusal(of: configuration)
                configuration.channelBinding = .prefer
                await server.expectSuccess(of: configuration)
            }
        }

        @Test func aWrongPasswordIsReportedAtOnceAndTriedOnce() async throws {
            try await withEncryptedServer { server in
                var configuration = server.configuration(.require)
                configuration.password = "wrong"
                let error = await server.expectRefusal(of: configuration)

                #expect(error?.sqlState == "28P01")
                #expect(error.map { "\($0)\(String(reflecting: $0))" }?.contains("wrong") == false)
            }
        }

        @Test func plainTextIsRefusedWhereTheServerWantsEncryptionAndUsedWhereBothAgree() async throws {
            try await withEncryptedServer { server in
                var configuration = server.configuration(.disable)
                let error = await server.expectRefusal(of: configuration)
                #expect(error?.sqlState == "28000")

                configuration.user = "plain"
                await server.expectSuccess(of: configuration)
            }
        }

        @Test func statementsOnAnEncryptedConnectionCanBeCancelled() async throws {
            try await withEncryptedServer { server in
                let pool = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60))
                try await withClient(pool: pool, limits: .patient, configuration: server.configuration(.require)) { client in
                    let before = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                    let error = await postgresError {
                        try await CallDeadline.within(.milliseconds(100)) { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) }
                    }
                    let after = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows

                    #expect(error?.kind == .deadlineExceeded)
                    #expect(before == after)
                }
            }
        }
    }

    /// A server of one's own that listens on two loopback addresses, with a certificate for the first.
    private struct EncryptedServer {
        let host: String
        let otherHost: String
        let rootCertificate: String

        func configuration(_ tls: TransportSecurity, host: String? = nil) -> ConnectionConfiguration {
            ConnectionConfiguration(host: host ?? self.host, database: "postgres", user: "app", password: "right", tls: tls)
        }

        @discardableResult
        func expectRefusal(of configuration: ConnectionConfiguration) async -> PostgresError? {
            let error = await connect(configuration)
            #expect(error?.kind == .connectionFailed, "\(configuration)")
            return error
        }

        func expectSuccess(of configuration: ConnectionConfiguration) async {
            let error = await connect(configuration)
            #expect(error == nil, "\(configuration): \(String(reflecting: error))")
        }

        private func connect(_ configuration: ConnectionConfiguration) async -> PostgresError? {
            await postgresError {
                try await withClient(pool: PoolConfiguration(acquireTimeout: .seconds(10)), configuration: configuration) { client in
                    try await client.run(Statement<Int64>("SELECT \(Int64(1))"))
                }
            }
        }
    }

    private func withEncryptedServer(_ body: (EncryptedServer) async throws -> Void) async throws {
        let prefix = "127.\(Int.random(in: 10...250)).\(Int.random(in: 1...250))"
        let (host, otherHost) = ("\(prefix).1", "\(prefix).2")
        let cluster = try await ThrowAwayCluster.exclusive(settings: ["listen_addresses": "\(host),\(otherHost)"])
        let local = DriverTestServer.configuration(of: cluster)
        // The server makes its files itself, so that they belong to whoever it runs as.
        let makeCertificate = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout server.key -out server.crt -subj /CN=test \
            -addext subjectAltName=IP:\(host) 2>/dev/null && chmod 600 server.key
            """
        let writeRules = """
            printf "local all all trust\\nhostssl all trusted all trust\\nhostssl all all all scram-sha-256\\nhost all plain all scram-sha-256\\n" \
            > pg_hba.conf
            """
        try await runScript(
            "CREATE TABLE output (line text)",
            "COPY output FROM PROGRAM '\(makeCertificate)'",
            "COPY output FROM PROGRAM '\(writeRules)'",
            "CREATE ROLE app LOGIN PASSWORD 'right'", "CREATE ROLE trusted LOGIN", "CREATE ROLE plain LOGIN PASSWORD 'right'",
            "ALTER SYSTEM SET ssl TO on", "SELECT pg_reload_conf()", on: local)
        let certificate = FileManager.default.temporaryDirectory.appending(path: "root-\(UInt32.random(in: .min ... .max)).crt")
        try await withClient(configuration: local) { client in
            let text = try await client.run(Statement<String>("SELECT pg_read_file('server.crt')")).rows[0]
            try text.write(to: certificate, atomically: true, encoding: .utf8)
            try await client.wait { try await client.run(Statement<String>("SELECT current_setting('ssl')")).rows == ["on"] }
        }
        try await body(EncryptedServer(host: host, otherHost: otherHost, rootCertificate: certificate.path))
        try FileManager.default.removeItem(at: certificate)
        try await cluster.stop()
    }
#endif
