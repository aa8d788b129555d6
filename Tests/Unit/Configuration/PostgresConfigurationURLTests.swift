import DeployStackData
import DeployStackModels
import Testing

struct PostgresConfigurationURLTests {
    @Test func everyPartIsRead() throws {
        let configuration = try PostgresConfiguration(
            url: "postgres://ad%40a:p%2Fw@db.example.org:6543/da%20ta?sslmode=verify-ca&sslrootcert=%2Fca.pem&sslcrl=%2Fcrl.pem"
                + "&application_name=web&pooler=transaction")

        #expect(configuration.user == "ad@a")
        #expect(configuration.password == Password("p/w"))
        #expect(configuration.host == "db.example.org")
        #expect(configuration.port == 6543)
        #expect(configuration.database == "da ta")
        #expect(configuration.tls == .verifyCA(rootCertificate: "/ca.pem"))
        #expect(configuration.applicationName == "web")
        #expect(configuration.revocationList == "/crl.pem")
        #expect(configuration.route == .transactionPooler)
    }

    @Test func whatIsLeftOutHasADefault() throws {
        let configuration = try PostgresConfiguration(url: "postgresql:///data")

        #expect((configuration.host, configuration.port, configuration.user) == ("localhost", 5432, "postgres"))
        #expect(configuration.password == nil)
        #expect(configuration.tls == .verifyFull(rootCertificate: nil))
        #expect(configuration.route == .direct)
    }

    @Test func anIPv6AddressStandsInBrackets() throws {
        let configuration = try PostgresConfiguration(url: "postgres://u@[::1]:5433/data")

        #expect(configuration.host == "::1")
        #expect(configuration.port == 5433)
    }

    @Test func aSocketDirectoryIsAParameter() throws {
        let configuration = try PostgresConfiguration(url: "postgres://u@/data?host=%2Fvar%2Frun%2Fpostgresql&sslmode=disable")

        #expect(configuration.host == "/var/run/postgresql")
    }

    @Test(
        arguments: [
            "", "data", "mysql://localhost/data", "postgres://localhost", "postgres://localhost/", "postgres://localhost:x/data",
            "postgres://localhost:70000/data", "postgres://u:p%zz@localhost/data", "postgres://u:p%00@localhost/data",
            "postgres://u:p%+5@localhost/data", "postgres://localhost:+5432/data",
            "postgres://localhost/data?sslmode=prefer", "postgres://localhost/data?sslmode=verify-ca", "postgres://localhost/data?options=-c%20x",
            "postgres://[::1/data", "postgres://u:12/34@host/data", "postgres://u:12/34@host", "postgres://localhost/data?channel_binding=x",
            "postgres://localhost/data?pooler=session",
        ])
    func aMalformedURLIsRefusedWithoutBeingShown(url: String) {
        let error = #expect(throws: DataError.self) { try PostgresConfiguration(url: url) }

        #expect(error?.kind == .configuration)
        #expect(error?.field == "url")
    }

    @Test func thePasswordOfARefusedURLIsNotShown() throws {
        let error = try #require(throws: DataError.self) { try PostgresConfiguration(url: "postgres://ada:hunter2@localhost:x/data") }

        #expect(!String(reflecting: error).contains("hunter2"))
        #expect(!error.description.contains("hunter2"))
    }
}
