import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// A server, a proxy before it, and ways past the proxy.
struct ProxiedServer: Sendable {
    let proxy: FaultProxy
    /// How to reach the server without the proxy.
    let direct: ConnectionConfiguration
    /// How to reach it through the proxy.
    let proxied: ConnectionConfiguration

    /// The shared server of this process with a proxy of one's own, to be closed with ``close()``.
    static func start(database: String = "postgres") async throws -> ProxiedServer {
        let cluster = try await ThrowAwayCluster.shared()
        let direct = ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: database, user: cluster.userName)
        let proxy = try FaultProxy(to: .server(at: cluster.socketDirectory, port: cluster.port))
        return ProxiedServer(proxy: proxy, direct: direct, proxied: direct.through(port: proxy.port))
    }

    func close() async {
        await proxy.close()
    }
}

/// Runs `body` with a server behind a proxy and a client that reaches it only so. Everything is closed afterwards; a failure prints the proxy's log.
func withProxiedClient<Value: Sendable>(
    pool: PoolConfiguration = PoolConfiguration(),
    limits: ClientLimits = ClientLimits(),
    database: String = "postgres",
    _ body: (PostgresClient, ProxiedServer) async throws -> Value
) async throws -> Value {
    let server = try await ProxiedServer.start(database: database)
    let client = try PostgresClient(connection: server.proxied, pool: pool, limits: limits)
    let result: Result<Value, any Error>
    do { result = .success(try await body(client, server)) } catch { result = .failure(error) }
    await client.close()
    if case .failure = result { print(server.proxy.logText()) }
    await server.close()
    return try result.get()
}

/// Does the same with a database that has one table, `scratch (id bigint)`, and with a second client that goes past the proxy.
func withProxiedDatabase<Value: Sendable>(
    pool: PoolConfiguration = PoolConfiguration(),
    _ body: (PostgresClient, ProxiedServer, PostgresClient) async throws -> Value
) async throws -> Value {
    let name = "fault_proxy_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let cluster = try await ThrowAwayCluster.shared()
    let administrator = ConnectionConfiguration(
        host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName)
    try await runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0", on: administrator)
    let result: Result<Value, any Error>
    do {
        result = .success(
            try await withProxiedClient(pool: pool, database: name) { client, server in
                try await withClient(server.direct) { direct in
                    _ = try await direct.run(Statement<Void>("CREATE TABLE \"scratch\" (\"id\" bigint NOT NULL)"))
                    return try await body(client, server, direct)
                }
            })
    } catch {
        result = .failure(error)
    }
    try await runScript("DROP DATABASE \"\(name)\" WITH (FORCE)", on: administrator)
    return try result.get()
}

private func runScript(_ sql: String, on configuration: ConnectionConfiguration) async throws {
    try await withClient(configuration) { client in
        try await client.withConnection { session in _ = try await session.runScript(sql) }
    }
}

/// Runs `body` with a client of its own, which is closed afterwards whatever happens.
func withClient<Value: Sendable>(
    _ connection: ConnectionConfiguration, pool: PoolConfiguration = PoolConfiguration(), limits: ClientLimits = ClientLimits(),
    _ body: (PostgresClient) async throws -> Value
) async throws -> Value {
    // What it would log is a fault that is meant.
    let client = try PostgresClient(connection: connection, pool: pool, limits: limits, logger: LogRecorder().logger)
    let result: Result<Value, any Error>
    do { result = .success(try await body(client)) } catch { result = .failure(error) }
    await client.close()
    return try result.get()
}

/// The error that `body` throws, if it is one of the driver's.
func driverError(_ body: () async throws -> some Any) async -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// How long `body` takes.
func duration(_ body: () async throws -> Void) async throws -> Duration {
    let start = ContinuousClock.now
    try await body()
    return ContinuousClock.now - start
}
