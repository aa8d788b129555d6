package import EphemeralPostgres
import Foundation
package import PostgresDriver
package import Testing

/// A PgBouncer in transaction mode before the shared server, and both ways to it.
package struct PooledServer: Sendable {
    /// The pooler.
    package let pooler: ThrowAwayPooler
    /// How to reach the server through the pooler.
    package let pooled: ConnectionConfiguration
    /// How to reach it past the pooler.
    package let direct: ConnectionConfiguration

    /// Starts a pooler of one's own.
    ///
    /// - Parameters:
    ///   - poolSize: How many sessions of the server it shares among its clients.
    ///   - database: The database of both ways.
    package static func start(poolSize: Int, database: String = "postgres") async throws -> PooledServer {
        let cluster = try await ThrowAwayCluster.shared()
        let pooler = try await ThrowAwayPooler.start(before: cluster, poolSize: poolSize)
        return PooledServer(
            pooler: pooler,
            pooled: ConnectionConfiguration(
                host: pooler.socketDirectory, port: pooler.port, database: database, user: pooler.userName, route: .transactionPooler),
            direct: ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: database, user: cluster.userName))
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves a test out when this machine has no PgBouncer, with a sentence that says so. `DEPLOYSTACK_REQUIRE_POSTGRES=1` lets it fail instead.
    package static var requiresPooler: Self {
        .enabled("There is no PgBouncer; install the package pgbouncer.") {
            PoolerProgram.find() != nil || ProcessInfo.processInfo.environment["DEPLOYSTACK_REQUIRE_POSTGRES"] == "1"
        }
    }
}
