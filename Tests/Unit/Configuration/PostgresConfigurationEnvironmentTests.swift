import DeployStackData
import DeployStackModels
import Testing

struct PostgresConfigurationEnvironmentTests {
    private static let complete = ["POSTGRES_PASSWORD": "s3cret"]

    @Test func onlyThePasswordIsRequired() throws {
        let configuration = try PostgresConfiguration.fromEnvironment(Self.complete)

        #expect(configuration.host == "localhost")
        #expect(configuration.port == 5432)
        #expect(configuration.database == "deploystack")
        #expect(configuration.user == "postgres")
        #expect(configuration.tls == .disable)
        #expect(configuration.password == Password("s3cret"))
    }

    @Test func everyVariableIsRead() throws {
        let configuration = try PostgresConfiguration.fromEnvironment([
            "POSTGRES_HOST": "db.example.org", "POSTGRES_PORT": "6543", "POSTGRES_DATABASE": "data", "POSTGRES_USER": "service",
            "POSTGRES_PASSWORD": "s3cret", "POSTGRES_SSL": "true", "POSTGRES_SSL_CRL": "/crl.pem", "POSTGRES_POOLER": "transaction",
        ])

        #expect(configuration.host == "db.example.org")
        #expect(configuration.port == 6543)
        #expect(configuration.database == "data")
        #expect(configuration.user == "service")
        #expect(configuration.tls == .require)
        #expect(configuration.channelBinding == .require)
        #expect(configuration.revocationList == "/crl.pem")
        #expect(configuration.route == .transactionPooler)
    }

    @Test func withoutAWordOnPoolersTheServerIsReachedDirectly() throws {
        #expect(try PostgresConfiguration.fromEnvironment(Self.complete).route == .direct)
        #expect(try PostgresConfiguration.fromEnvironment(Self.complete.merging(["POSTGRES_POOLER": "none"]) { $1 }).route == .direct)
    }

    @Test(
        arguments: [
            ("POSTGRES_HOST", ""), ("POSTGRES_PORT", ""), ("POSTGRES_PORT", "x"), ("POSTGRES_PORT", "0"), ("POSTGRES_PORT", "65536"),
            ("POSTGRES_PORT", "54 32"), ("POSTGRES_DATABASE", ""), ("POSTGRES_USER", ""), ("POSTGRES_PASSWORD", ""), ("POSTGRES_SSL", ""),
            ("POSTGRES_SSL", "yes"), ("POSTGRES_SSL", "TRUE"), ("POSTGRES_SSL_MODE", "prefer"), ("POSTGRES_SSL_ROOT_CERT", ""),
            ("POSTGRES_SSL_CRL", ""),
            ("POSTGRES_CHANNEL_BINDING", "maybe"), ("POSTGRES_POOLER", ""), ("POSTGRES_POOLER", "session"),
        ])
    func anEmptyOrWrongVariableIsNamed(variable: String, value: String) {
        let environment = Self.complete.merging([variable: value]) { $1 }

        let error = #expect(throws: DataError.self) { try PostgresConfiguration.fromEnvironment(environment) }

        #expect(error?.kind == .configuration)
        #expect(error?.field == variable)
        #expect(error?.description.contains(variable) == true)
    }

    @Test func aMissingPasswordIsNamed() {
        let error = #expect(throws: DataError.self) { try PostgresConfiguration.fromEnvironment([:]) }

        #expect(error?.field == "POSTGRES_PASSWORD")
    }

    @Test(
        arguments: [
            (["POSTGRES_SSL": "true", "POSTGRES_SSL_ROOT_CERT": "/ca.pem"], TLSMode.verifyFull(rootCertificate: "/ca.pem"), ChannelBinding.prefer),
            (["POSTGRES_SSL": "true", "POSTGRES_SSL_MODE": "disable"], .disable, .prefer),
            (["POSTGRES_SSL_MODE": "verify-full"], .verifyFull(rootCertificate: nil), .prefer),
            (["POSTGRES_SSL_MODE": "verify-ca", "POSTGRES_SSL_ROOT_CERT": "/ca.pem"], .verifyCA(rootCertificate: "/ca.pem"), .prefer),
            (["POSTGRES_SSL": "true", "POSTGRES_CHANNEL_BINDING": "prefer"], .require, .prefer),
            (["POSTGRES_SSL": "false"], .disable, .prefer),
        ])
    func theVariablesForEncryptionWorkTogether(variables: [String: String], tls: TLSMode, binding: ChannelBinding) throws {
        let configuration = try PostgresConfiguration.fromEnvironment(Self.complete.merging(variables) { $1 })

        #expect(configuration.tls == tls)
        #expect(configuration.channelBinding == binding)
    }

    @Test func testsHaveVariablesAndDefaultsOfTheirOwn() throws {
        let defaults = try PostgresConfiguration.testFromEnvironment([:])
        let read = try PostgresConfiguration.testFromEnvironment([
            "TEST_POSTGRES_HOST": "10.0.0.1", "TEST_POSTGRES_PORT": "1", "TEST_POSTGRES_USER": "u", "TEST_POSTGRES_PASSWORD": "p",
        ])

        #expect((defaults.host, defaults.port, defaults.user) == ("localhost", 5432, "postgres"))
        #expect(defaults.password == Password("password"))
        #expect((read.host, read.port, read.user) == ("10.0.0.1", 1, "u"))
        #expect(read.password == Password("p"))
    }
}
