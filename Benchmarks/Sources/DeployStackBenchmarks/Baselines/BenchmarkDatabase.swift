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

    /// Creates the database.
    ///
    /// - Parameter url: A server's URL; the database in it is only used to create the other one from.
    init(on url: String) throws {
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

    /// Fills it and returns its teams' identifiers.
    func load(_ script: DatasetScript, progress: (String) -> Void) throws -> [TeamID] {
        let connection = try connect()
        for step in script.steps {
            progress(step.name)
            try connection.execute(step.sql)
        }
        return try connection.execute("SELECT \"id\" FROM \"teams\" ORDER BY \"id\"").map { TeamID($0) }
    }

    /// Removes what the writes of a round have left, so that the next ones find the tables alike. Peers are not measured meanwhile.
    func tidy() throws {
        try connect().execute("VACUUM \"teams\"")
    }

    /// Drops the database, whoever is connected to it.
    func drop() throws {
        try RawConnection(url: url, database: maintenanceDatabase).execute("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)")
    }
}
