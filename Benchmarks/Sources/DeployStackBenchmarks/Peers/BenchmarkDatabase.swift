import DeployStackData
import DeployStackModels
import Foundation

/// A database of its own on a server, made for one run and dropped after it.
///
/// Its name begins with `test_`, as those of all databases that this project makes and drops.
struct BenchmarkDatabase: Sendable {
    let url: String
    let name: String
    private let maintenanceDatabase: String

    /// Makes a database, runs a closure with it, and drops it, also after an error.
    ///
    /// - Parameters:
    ///   - url: A server's URL; the database in it is only used to create the other one from.
    ///   - body: What to do with it.
    static func withDatabase<Value: Sendable>(on url: String, _ body: (BenchmarkDatabase) async throws -> Value) async throws -> Value {
        let database = try BenchmarkDatabase(on: url)
        do {
            let value = try await body(database)
            try database.drop()
            return value
        } catch {
            try? database.drop()
            throw error
        }
    }

    private init(on url: String) throws {
        self.url = url
        maintenanceDatabase = try PostgresConfiguration(url: url).database
        name = "test_\(Int(Date().timeIntervalSince1970 * 1_000))_bench_\(ProcessInfo.processInfo.processIdentifier)"
        try RawConnection(url: url, database: maintenanceDatabase).execute("CREATE DATABASE \"\(name)\" TEMPLATE template0 ENCODING 'UTF8'")
    }

    /// How the library connects to it.
    func configuration(connections: Int) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: url)
        configuration.database = name
        configuration.pool.maxConnections = connections
        return configuration
    }

    /// A plain connection to it.
    func connect() throws(BenchmarkError) -> RawConnection { try RawConnection(url: url, database: name) }

    /// Fills it.
    func load(_ script: DatasetScript, progress: (String) -> Void) throws {
        let connection = try connect()
        for step in script.steps {
            progress(step.name)
            try connection.execute(step.sql)
        }
    }

    /// The server's processes, if they can be seen from here.
    func serverProcesses() throws -> ServerProcesses? {
        let connection = try connect()
        let session = try connection.execute("SELECT pg_backend_pid()::text").first.flatMap { Int($0) }
        // The session must live until its process has been looked at.
        return withExtendedLifetime(connection) { session.flatMap { ServerProcesses(session: $0, database: name) } }
    }

    /// Its own URL, for programs that take nothing else.
    var ownURL: String {
        // The path begins after the authority, in which a slash is encoded, and ends before the query.
        guard let scheme = url.firstRange(of: "://"), let slash = url[scheme.upperBound...].firstIndex(of: "/") else { return url }
        let query = url[slash...].firstIndex(of: "?") ?? url.endIndex
        return url[...slash] + name + url[query...]
    }

    /// Drops the database, whoever is connected to it.
    private func drop() throws {
        try RawConnection(url: url, database: maintenanceDatabase).execute("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)")
    }
}
