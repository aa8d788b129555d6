import DeployStackData
import EphemeralPostgres
import FaultHarness
import PostgresDriver

/// A server of one's own that keeps account of every statement that it is sent.
struct LoggingServer {
    let cluster: ThrowAwayCluster

    /// Starts a server with statistics of statements, and with logging to `log/statements.csv` in its data directory if that is asked for.
    static func start(logging: Bool = false, _ settings: [String: String] = [:]) async throws -> LoggingServer {
        var all = ["shared_preload_libraries": "pg_stat_statements", "pg_stat_statements.max": "50000", "synchronous_commit": "off"]
        if logging {
            all.merge([
                "logging_collector": "on", "log_destination": "csvlog", "log_directory": "log", "log_filename": "statements.log",
                "log_statement": "all", "log_parameter_max_length": "-1", "log_parameter_max_length_on_error": "-1", "log_rotation_size": "0",
            ]) { _, given in given }
        }
        let server = LoggingServer(cluster: try await .exclusive(settings: all.merging(settings) { _, given in given }))
        try await withServerSession(server.administrator()) { session in
            try await session.runScript("CREATE EXTENSION pg_stat_statements")
            try await session.runScript("CREATE ROLE observed LOGIN SUPERUSER")
        }
        return server
    }

    /// How to reach the server as its superuser.
    func administrator(_ database: String = "postgres") -> ConnectionConfiguration {
        ConnectionConfiguration(
            host: cluster.socketDirectory, port: cluster.port, database: database, user: cluster.userName, applicationName: "administrator")
    }

    /// The role whose statements are looked at.
    static let role = "observed"

    /// How a store reaches a database.
    func configuration(_ database: String) -> PostgresConfiguration {
        PostgresConfiguration(
            host: cluster.socketDirectory, port: cluster.port, database: database, user: Self.role, tls: .disable,
            pool: PoolOptions(maxConnections: 2, acquireTimeout: .seconds(60)), callTimeout: .seconds(120))
    }

    /// Makes a copy of a database, which takes a few milliseconds.
    func copy(_ name: String, as copy: String) async throws {
        try await withServerSession(administrator()) { session in
            try await session.runScript("CREATE DATABASE \"\(copy)\" TEMPLATE \"\(name)\" STRATEGY file_copy")
        }
    }

    func drop(_ name: String) async throws {
        try await withServerSession(administrator()) { session in try await session.runScript("DROP DATABASE \"\(name)\" WITH (FORCE)") }
    }

    /// Makes a migrated database with a table that nobody may touch.
    func makeDatabase(_ name: String) async throws {
        try await withServerSession(administrator()) { session in
            try await session.runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0 ENCODING 'UTF8'")
        }
        _ = try await withDataStore(try await .postgres(configuration(name))) { try await $0.migrate() }
        try await withServerSession(administrator(name)) { session in
            try await session.runScript("CREATE TABLE canary AS SELECT a FROM generate_series(1, 100) AS a")
        }
    }

    /// What would be different if anything had been injected: the canary's rows, and how much of everything the database consists of.
    func fingerprint(of database: String) async throws -> String {
        try await withServerSession(administrator(database)) { session in
            let statement: Statement<String> = """
                SELECT concat_ws(' ', (SELECT concat(count(*), '/', sum(a)) FROM canary), (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_proc),
                    (SELECT count(*) FROM pg_roles), (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_attribute))
                """
            return try await session.run(statement).rows.joined()
        }
    }

    /// The statements that a role has run in a database, from the server's own statistics, by their identity.
    ///
    /// The identity is made from what the server has understood: a value in the text in place of a parameter gives another one, although the statistics
    /// show both as `$1`.
    func statements(of role: String, in database: String) async throws -> [Int64: String] {
        try await withServerSession(administrator()) { session in
            let statement = Statement(
                """
                SELECT s.queryid, s.query
                FROM pg_stat_statements AS s
                JOIN pg_database AS d ON d.oid = s.dbid
                JOIN pg_roles AS r ON r.oid = s.userid
                WHERE d.datname = \(database) AND r.rolname = \(role)
                """
            ) { row in (try row.read() as Int64, try row.read() as String) }
            return Dictionary(try await session.run(statement).rows) { first, _ in first }
        }
    }
}
