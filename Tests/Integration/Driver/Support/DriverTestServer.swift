import EphemeralPostgres
import Foundation
import PostgresDriver

/// The server that the driver's tests run against: the one that `TEST_POSTGRES_HOST` names, or a throw-away cluster.
enum DriverTestServer {
    /// How to reach the server as its superuser.
    static func configuration() async throws -> ConnectionConfiguration {
        let environment = ProcessInfo.processInfo.environment
        if let host = environment["TEST_POSTGRES_HOST"], !host.isEmpty {
            return ConnectionConfiguration(
                host: host, port: environment["TEST_POSTGRES_PORT"].flatMap { Int($0) } ?? 5432, database: "postgres",
                user: environment["TEST_POSTGRES_USER"] ?? "postgres", password: environment["TEST_POSTGRES_PASSWORD"].map { Secret($0) },
                tls: .disable)
        }
        return configuration(of: try await ThrowAwayCluster.shared())
    }

    /// How to reach a cluster of one's own.
    static func configuration(of cluster: ThrowAwayCluster) -> ConnectionConfiguration {
        ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName)
    }
}

extension ClientLimits {
    /// For tests in which a connection must outlive what is done on it: one that does not become clean in time is closed, and a busy machine takes its time.
    static var patient: ClientLimits { ClientLimits(callTimeout: .seconds(60), cleaningTimeout: .seconds(60)) }
}

/// Runs `body` with a client of its own, which is closed afterwards whatever happens.
func withClient<Value>(
    pool: PoolConfiguration = PoolConfiguration(),
    limits: ClientLimits = ClientLimits(),
    configuration: ConnectionConfiguration? = nil,
    _ body: (PostgresClient) async throws -> Value
) async throws -> Value {
    let connection: ConnectionConfiguration
    if let configuration { connection = configuration } else { connection = try await DriverTestServer.configuration() }
    let client = try PostgresClient(connection: connection, pool: pool, limits: limits)
    do {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}

/// Runs `body` with an empty database of its own, which is dropped afterwards whatever happens.
func withTestDatabase<Value>(_ body: (ConnectionConfiguration) async throws -> Value) async throws -> Value {
    let server = try await DriverTestServer.configuration()
    let name = "test_\(Int(Date().timeIntervalSince1970 * 1000))_\(UInt32.random(in: .min ... .max))"
    try await runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0", on: server)
    var configuration = server
    configuration.database = name
    do {
        let value = try await body(configuration)
        try await runScript("DROP DATABASE \"\(name)\" WITH (FORCE)", on: server)
        return value
    } catch {
        try await runScript("DROP DATABASE \"\(name)\" WITH (FORCE)", on: server)
        throw error
    }
}

/// Runs statements, one connection for all of them.
func runScript(_ statements: String..., on configuration: ConnectionConfiguration) async throws {
    try await withClient(configuration: configuration) { client in
        try await client.withConnection { session in
            for statement in statements { try await session.runScript(statement) }
        }
    }
}

extension PostgresClient {
    /// Waits, without sleeping, until the server shows a state: each look is a round trip.
    func wait(until condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw WaitingTookTooLong() }
            await Task.yield()
        }
    }
}

/// A state that a test waited for did not come.
struct WaitingTookTooLong: Error {}

/// The error that `body` throws, if it is one of the driver's.
func postgresError(_ body: () async throws -> some Any) async -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Cancels the task that calls, as another one could at this very point.
func cancelCurrentTask() {
    unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
}
