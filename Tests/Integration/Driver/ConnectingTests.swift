import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing

@Suite("Connecting", .requiresServer)
struct ConnectingTests {
    @Test func aServerThatIsNotThereIsReportedWithinTheTimeToWait() async throws {
        let nowhere = ConnectionConfiguration(host: "/nonexistent", database: "none", user: "none")
        try await withClient(pool: PoolConfiguration(acquireTimeout: .milliseconds(300)), configuration: nowhere) { client in
            let start = ContinuousClock.now
            let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

            #expect(error?.kind == .connectionFailed)
            #expect(error?.outcome == .notSent)
            #expect(ContinuousClock.now - start < .seconds(25))
        }
    }

    @Test func aDatabaseThatDoesNotExistIsReportedAtOnce() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.database = "no such database"
        try await withClient(pool: PoolConfiguration(acquireTimeout: .seconds(30)), configuration: configuration) { client in
            let start = ContinuousClock.now
            let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

            #expect(error?.kind == .connectionFailed)
            #expect(error?.sqlState == "3D000")
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test func aDatabaseNameIsNeverTakenForAConnectionString() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.database = "host=evil.invalid dbname=postgres user='x'"
        try await withClient(configuration: configuration) { client in
            let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

            #expect(error?.sqlState == "3D000")
        }
    }

    @Test func aPeerThatAcceptsAndSaysNothingIsGivenUpInTime() async throws {
        let silent = try SilentListener()
        let configuration = ConnectionConfiguration(
            host: "127.0.0.1", port: silent.port, database: "none", user: "none", tls: .disable, connectTimeout: .milliseconds(200))
        let pool = PoolConfiguration(acquireTimeout: .milliseconds(500))
        try await withClient(pool: pool, configuration: configuration) { client in
            let start = ContinuousClock.now
            let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

            #expect(error?.kind == .connectionFailed)
            #expect(ContinuousClock.now - start < .seconds(25))
        }
    }

    @Test func aHostNameThatDoesNotExistIsReported() async throws {
        let configuration = ConnectionConfiguration(host: "no-such-host.invalid", database: "none", user: "none", tls: .disable)
        try await withClient(pool: PoolConfiguration(acquireTimeout: .milliseconds(500)), configuration: configuration) { client in
            let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

            #expect(error?.kind == .connectionFailed)
            #expect(error?.outcome == .notSent)
        }
    }

    @Test func aSessionBeginsTheSameWhateverTheRoleAndTheDatabaseSay() async throws {
        try await withTestDatabase { database in
            try await runScript(
                "ALTER DATABASE \"\(database.database)\" SET TimeZone TO 'Asia/Tokyo'",
                "ALTER DATABASE \"\(database.database)\" SET DateStyle TO 'German'",
                "ALTER DATABASE \"\(database.database)\" SET client_encoding TO 'LATIN1'", on: database)

            try await withClient(configuration: database) { client in
                let settings = Statement<String>(
                    "SELECT concat_ws('|', current_setting('TimeZone'), current_setting('DateStyle'), current_setting('client_encoding'))")
                let rows = try await client.run(settings).rows
                #expect(rows == ["UTC|ISO, MDY|UTF8"])
            }
        }
    }

    @Test func theServersOwnLimitForStatementsCanBeSet() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.statementTimeout = .milliseconds(50)
        try await withClient(configuration: configuration) { client in
            let error = await postgresError { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) }

            #expect(error?.sqlState == "57014")
            #expect(error?.outcome == .failedCertain)
        }
    }

    @Test func noVariableOfTheEnvironmentChangesAnything() async throws {
        await #expect(processExitsWith: .success) {
            let configuration = try await DriverTestServer.configuration()
            let poison = [
                "PGHOST": "evil.invalid", "PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "PGDATABASE": "evil", "PGUSER": "evil", "PGPASSWORD": "evil",
                "PGPASSFILE": "/nonexistent", "PGSERVICE": "evil", "PGSERVICEFILE": "/nonexistent", "PGOPTIONS": "-c search_path=evil",
                "PGAPPNAME": "evil", "PGSSLMODE": "verify-full", "PGREQUIRESSL": "1", "PGSSLCERT": "/nonexistent", "PGSSLROOTCERT": "/nonexistent",
                "PGREQUIREPEER": "evil", "PGCHANNELBINDING": "require", "PGGSSENCMODE": "require", "PGTARGETSESSIONATTRS": "standby",
                "PGCLIENTENCODING": "LATIN1", "PGTZ": "nonsense", "PGDATESTYLE": "nonsense", "PGGEQO": "nonsense", "PGCONNECT_TIMEOUT": "1",
            ]
            for (name, value) in poison { unsafe setenv(name, value, 1) }

            let settings = Statement<String>(
                """
                SELECT concat_ws('|', current_user, current_database(), current_setting('search_path'), current_setting('application_name'),
                    current_setting('client_encoding'), current_setting('TimeZone'), current_setting('geqo'))
                """)
            let rows = try await withClient(configuration: configuration) { try await $0.run(settings).rows }
            #expect(rows == ["\(configuration.user)|postgres|\"$user\", public|deploystack|UTF8|UTC|on"])
        }
    }
}

/// A listener on loopback that never says a word. The kernel accepts for it.
private final class SilentListener {
    private let descriptor: Int32
    let port: Int

    init() throws {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(handle, pointer, length) == 0 && listen(handle, 8) == 0 && getsockname(handle, pointer, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        descriptor = handle
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        close(descriptor)
    }
}
