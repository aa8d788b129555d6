import Foundation
import Testing

@testable import PostgresDriver

@Suite("Where a server is")
struct ConnectionConfigurationTests {
    private let password = "tr0ub4dor&3"

    private func configuration(host: String = "db.example.org", tls: TransportSecurity = .disable) -> ConnectionConfiguration {
        ConnectionConfiguration(host: host, database: "app", user: "service", password: Secret(password), tls: tls)
    }

    @Test func noDescriptionShowsThePassword() {
        let configuration = configuration()
        var dumped = ""
        dump(configuration, to: &dumped)

        let texts = [
            "\(configuration)", String(reflecting: configuration), dumped, "\(String(describing: configuration.password))",
            String(reflecting: configuration.password), "\([configuration])", "\(Mirror(reflecting: configuration).children.map { "\($0)" })",
        ]

        for text in texts { #expect(!text.contains(password)) }
    }

    @Test func aSettingThatCannotBePassedOnIsRefusedByItsName() {
        var wrong = configuration()
        wrong.database = "a\0b"

        let error = #expect(throws: PostgresError.self) { try wrong.validated() }

        #expect(error?.kind == .configuration)
        #expect(error?.outcome == .notSent)
        #expect(error?.message.contains("database") == true)
    }

    @Test(arguments: [0, -1, 65_536])
    func aPortOutOfRangeIsRefused(port: Int) {
        var wrong = configuration()
        wrong.port = port

        #expect(throws: PostgresError.self) { try wrong.validated() }
    }

    @Test func plainTextOverANetworkIsWarnedOfAndPlainTextAtHomeIsNot() {
        #expect(configuration().securityWarnings.count == 1)
        for host in ["localhost", "127.0.0.1", "::1", "/var/run/postgresql"] {
            #expect(configuration(host: host).securityWarnings.isEmpty)
        }
    }

    @Test func anUnverifiedServerIsWarnedOfUnlessChannelBindingProvesIt() {
        var configuration = configuration(tls: .require)
        #expect(configuration.securityWarnings.count == 1)

        configuration.channelBinding = .require

        #expect(configuration.securityWarnings.isEmpty)
    }

    @Test func aConnectionStringTakesEveryValueLiterally() {
        var configuration = configuration()
        configuration.database = "x' host='evil\\"

        let text = ConnectionString(configuration, address: "192.0.2.1").text

        #expect(text.contains("dbname='x\\' host=\\'evil\\\\'"))
        #expect(text.contains("hostaddr='192.0.2.1'"))
    }

    @Test func theEnvironmentHasNoSayBecauseEverythingIsSaid() {
        var open = configuration(tls: .require)
        open.password = nil

        let text = ConnectionString(open, address: nil).text

        for setting in [
            "password=''", "passfile='/dev/null/none'", "hostaddr=''", "options=''", "sslcert='/dev/null/none'", "sslrootcert='/dev/null/none'",
            "gssencmode='disable'", "requirepeer=''", "ssl_min_protocol_version='TLSv1.2'", "channel_binding='prefer'",
        ] {
            #expect(text.contains(setting), "\(setting)")
        }
    }

    @Test func theCodeOfARefusalIsFoundInItsText() {
        let text =
            "connection to server at \"::1\", port 1 failed: FATAL:  28P01: password authentication failed for user \"a\"\nLOCATION:  auth_failed"

        #expect(Connector.sqlState(in: text) == "28P01")
        #expect(Connector.sqlState(in: "connection refused: is it there?") == nil)
        #expect(Connector.sqlState(in: "") == nil)
    }

    @Test(arguments: ["", "a\0b"])
    func aRootCertificateThatLibpqWouldReadDifferentlyIsRefused(path: String) {
        #expect(throws: PostgresError.self) { try configuration(tls: .verifyFull(rootCertificate: path)).validated() }
        #expect(throws: PostgresError.self) { try configuration(tls: .verifyCA(rootCertificate: path)).validated() }
    }

    @Test func aRevocationListThatWouldHaveNoEffectIsRefused() {
        var configuration = configuration(tls: .require)
        configuration.revocationList = "/crl.pem"

        #expect(throws: PostgresError.self) { try configuration.validated() }

        configuration.tls = .verifyFull(rootCertificate: nil)

        #expect(throws: Never.self) { try configuration.validated() }
        #expect(ConnectionString(configuration, address: nil).text.contains("sslcrl='/crl.pem'"))
    }

    @Test(
        arguments: [
            ("-----BEGIN X509 CRL-----\nMAMCAQE=\n-----END X509 CRL-----\n", true), ("", false), ("-----BEGIN X509 CRL-----\nMAMCAQE=\n", false),
            ("-----BEGIN X509 CRL-----\nMAMCAQ==\n-----END X509 CRL-----\n", false), ("-----BEGIN X509 CRL-----\n?\n-----END X509 CRL-----\n", false),
            ("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n", false),
        ])
    func aRevocationListMustBeWhole(text: String, isUsable: Bool) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "crl-\(UInt64.random(in: .min ... .max)).pem")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }

        #expect(RevocationList.isUsable(file.path) == isUsable)
        #expect(!RevocationList.isUsable(file.path + ".none"))
    }

    @Test func aPoolWithoutConnectionsIsRefused() {
        #expect(throws: PostgresError.self) { try PoolConfiguration(maxConnections: 0).validated() }
        #expect(throws: PostgresError.self) { try PoolConfiguration(maxConnections: 2, minConnections: 3).validated() }
        #expect(throws: PostgresError.self) { try PoolConfiguration(acquireTimeout: .zero).validated() }
        #expect(throws: Never.self) { try PoolConfiguration().validated() }
    }
}
