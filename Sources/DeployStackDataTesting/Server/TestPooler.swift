import DeployStackData
import EphemeralPostgres
import Foundation

/// The PgBouncer that the stores of tests go through when `TEST_POSTGRES_POOLER=1`.
///
/// Test databases are made, migrated and dropped past it, because none of that can be done behind a pooler in transaction mode.
enum TestPooler {
    /// The most connections of a store to the pooler, which shares five of the server's among them.
    private static let clients = 50

    /// Whether the environment asks for it.
    static var isAsked: Bool { ProcessInfo.processInfo.environment["TEST_POSTGRES_POOLER"] == "1" }

    /// The way that a test's store takes to a database: through the pooler if that is asked for. The first call starts it.
    ///
    /// - Throws: ``TestServerError`` when it is asked for and there is none, or no throw-away server to put it before.
    static func route(_ configuration: PostgresConfiguration) async throws(TestServerError) -> PostgresConfiguration {
        guard isAsked else { return configuration }
        let pooler = try await starting.value.get()
        var routed = configuration
        routed.host = pooler.socketDirectory
        routed.port = pooler.port
        routed.route = .transactionPooler
        routed.pool.maxConnections = clients
        return routed
    }

    private static let starting = Task { () -> Result<ThrowAwayPooler, TestServerError> in
        do throws(ClusterError) {
            guard try await isThrowAway() else {
                return .failure(TestServerError("TEST_POSTGRES_POOLER=1 needs the throw-away server. Next: unset TEST_POSTGRES_HOST and the like."))
            }
            return .success(try await ThrowAwayPooler.start(before: try await ThrowAwayCluster.shared()))
        } catch {
            return .failure(TestServerError(error.description))
        }
    }

    /// Whether the tests' server is one that this machine makes. What is wrong with it is told by whoever asks for a database.
    private static func isThrowAway() async throws(ClusterError) -> Bool {
        do throws(TestServerError) {
            return try await TestServer.shared().isThrowAway
        } catch {
            throw ClusterError(.startFailed, error.description)
        }
    }
}
