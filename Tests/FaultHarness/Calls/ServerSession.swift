package import PostgresDriver

/// Runs a closure with a connection of its own, which is closed afterwards: for what a test needs to see or do that the library has no call for.
@discardableResult
package func withServerSession<Value>(
    _ configuration: ConnectionConfiguration, _ body: (PostgresSession) async throws -> Value
) async throws -> Value {
    let client = try PostgresClient(connection: configuration, pool: PoolConfiguration(maxConnections: 1))
    do {
        let value = try await client.withConnection(body)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}
