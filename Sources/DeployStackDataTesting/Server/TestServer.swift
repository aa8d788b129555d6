public import DeployStackData
import DeployStackModels
import EphemeralPostgres
import Foundation

/// The PostgreSQL server that tests run on.
///
/// When any of `TEST_POSTGRES_HOST`, `TEST_POSTGRES_PORT`, `TEST_POSTGRES_USER` and `TEST_POSTGRES_PASSWORD` is set, it is the one that they name.
/// Otherwise it is a throw-away server, made from the programs on this machine, that goes away by itself. Without such programs there is none;
/// tests that need it are left out, unless `DEPLOYSTACK_REQUIRE_POSTGRES=1` makes that a failure.
public struct TestServer: Sendable {
    /// Where the server is; the database is the one from which others are made.
    public let configuration: PostgresConfiguration
    /// Whether it is a throw-away server, which syncs nothing to disk.
    let isThrowAway: Bool

    /// The server for this process. The first call may start it, which takes a few seconds; later ones return at once.
    ///
    /// - Throws: ``TestServerError`` when there is no server, or when a variable is wrong; it says what to do.
    public static func shared() async throws(TestServerError) -> TestServer {
        if isChosen {
            do {
                return TestServer(configuration: try PostgresConfiguration.testFromEnvironment(), isThrowAway: false)
            } catch {
                throw TestServerError("The server for tests cannot be used: \(error.reason ?? error.description).")
            }
        }
        do {
            let cluster = try await ThrowAwayCluster.shared()
            return TestServer(
                configuration: PostgresConfiguration(
                    host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName, tls: .disable),
                isThrowAway: true)
        } catch {
            throw TestServerError(error.description)
        }
    }

    /// Why tests that need a server are left out, in one sentence; `nil` when they run, be it only to fail because a server is required.
    public static var reasonToLeaveOut: String? {
        if isChosen || isRequired || ServerPrograms().exist { return nil }
        return """
            There are no PostgreSQL server programs on this machine, so tests run on the in-memory store only \
            (install PostgreSQL or set TEST_POSTGRES_HOST to run all of them).
            """
    }

    /// Whether a missing server is a failure: `DEPLOYSTACK_REQUIRE_POSTGRES` is `1`.
    static var isRequired: Bool { ProcessInfo.processInfo.environment["DEPLOYSTACK_REQUIRE_POSTGRES"] == "1" }

    /// Whether the environment names a server.
    private static var isChosen: Bool {
        let environment = ProcessInfo.processInfo.environment
        return ["HOST", "PORT", "USER", "PASSWORD"].contains { environment["TEST_POSTGRES_\($0)"] != nil }
    }
}
