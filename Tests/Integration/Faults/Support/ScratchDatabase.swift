import EphemeralPostgres
import PostgresDriver

/// Runs `body` with the name of an empty database on the shared server and a client of the database `postgres`. The database is dropped afterwards.
func withScratchDatabase<Value: Sendable>(_ body: (String, PostgresClient) async throws -> Value) async throws -> Value {
    let name = "fault_scratch_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let cluster = try await ThrowAwayCluster.shared()
    let place = ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName)
    return try await withClient(place) { administrator in
        try await administrator.withConnection { _ = try await $0.runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0") }
        let result: Result<Value, any Error>
        do { result = .success(try await body(name, administrator)) } catch { result = .failure(error) }
        try await administrator.withConnection { _ = try await $0.runScript("DROP DATABASE \"\(name)\" WITH (FORCE)") }
        return try result.get()
    }
}
