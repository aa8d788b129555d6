import DeployStackData
import Logging
import PostgresDriver

/// The database of a server from which others are created, listed and dropped.
struct MaintenanceDatabase: Sendable {
    /// The comment on every test database. Without it, a database is not swept whatever its name.
    static let testMarker = "test database of DeployStackDataTesting"

    private let client: PostgresClient
    /// Whether files are copied faster than their pages are logged, because nothing is synced to disk.
    private let prefersCopies: Bool

    init(_ server: TestServer) throws(TestServerError) {
        prefersCopies = server.isThrowAway
        do {
            client = try PostgresClient(
                connection: server.configuration.connection,
                // Two at a time: making a database is mostly copying, so more would only be slower.
                pool: PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(300)),
                limits: ClientLimits(callTimeout: .seconds(300)),
                logger: Logger(label: "deploystack.testing"))
        } catch {
            throw TestServerError("The server for tests cannot be used: \(error)")
        }
    }

    /// Throws when the server cannot be reached. Later calls are patient, because many tests may wait for their turn; this one is not.
    func validateServer() async throws(TestServerError) {
        try await withSession(within: .seconds(10)) { session in
            _ = try await session.run("SELECT 1" as Statement<Int>)
        }
    }

    /// Lends a session of its own, and gives errors a sentence that says what to do.
    func withSession<Value>(
        within duration: Duration = .seconds(300), _ body: (PostgresSession) async throws -> Value
    ) async throws(TestServerError) -> Value {
        do {
            return try await CallDeadline.within(duration) { try await client.withConnection(body) }
        } catch let error as TestServerError {
            throw error
        } catch let error as PostgresError {
            throw TestServerError(error, on: client.connection)
        } catch {
            throw TestServerError("A test database could not be made: \(error)")
        }
    }

    /// Runs a statement that is known as text only.
    func run(_ sql: String) async throws(TestServerError) {
        _ = try await withSession { session in try await session.runScript(sql) }
    }

    /// Makes a test database as a copy of a template.
    func clone(_ template: String, as name: TestDatabaseName) async throws(TestServerError) {
        let (copy, original) = (try Self.quoted(name.text), try Self.quoted(template))
        try await withSession { session in
            // The choice exists since PostgreSQL 15.
            let strategy = prefersCopies && session.serverVersion >= 150_000 ? " STRATEGY file_copy" : ""
            try await Self.whileInUse {
                try await session.runScript("CREATE DATABASE \(copy) TEMPLATE \(original)\(strategy)")
            }
            try await session.runScript("COMMENT ON DATABASE \(copy) IS \(SQLLiteral(Self.testMarker))")
        }
    }

    /// Drops a test database, whoever is connected to it.
    ///
    /// - Throws: ``TestServerError`` when the name does not begin with `test_`: such a database is never dropped.
    func drop(_ name: String) async throws(TestServerError) {
        try await drop(name, isForced: true)
    }

    /// Drops the test databases that are older than an age and that nobody uses, and the roles of those that are gone, as far as that succeeds.
    func sweepTestDatabases(olderThan age: Duration) async {
        let names = (try? await withSession { session in try await session.run(.unusedDatabases(marker: Self.testMarker)).rows }) ?? []
        for name in names where TestDatabaseName(parsing: name)?.isOlder(than: age) == true {
            // Whoever has connected to it meanwhile keeps it, so this is not forced.
            try? await drop(name, isForced: false)
        }
        let roles = (try? await withSession { session in try await session.run(.rolesOfNoDatabase()).rows }) ?? []
        for role in roles {
            guard let role = SQLIdentifier(role) else { continue }
            try? await run("DROP ROLE IF EXISTS \(role)")
        }
    }

    private func drop(_ name: String, isForced: Bool) async throws(TestServerError) {
        guard name.hasPrefix(TestDatabaseName.prefix) else {
            throw TestServerError("The database \(name) is not a test database, so it is not dropped.")
        }
        let database = try Self.quoted(name)
        _ = try await withSession { session in
            try await session.runScript("DROP DATABASE IF EXISTS \(database)\(isForced ? " WITH (FORCE)" : "")")
        }
    }

    static func quoted(_ name: String) throws(TestServerError) -> SQLIdentifier {
        guard let identifier = SQLIdentifier(name) else {
            throw TestServerError("A name of a database has 1 to \(SQLIdentifier.maximumBytes) bytes and no NUL.")
        }
        return identifier
    }

    /// Repeats what is refused because somebody is still connected to the database that is copied or dropped (SQLSTATE 55006).
    static func whileInUse(_ body: () async throws -> Void) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await body()
            } catch let error as PostgresError where error.sqlState == "55006" && ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}

extension TestServerError {
    fileprivate init(_ error: PostgresError, on server: ConnectionConfiguration) {
        let next =
            switch error.sqlState {
            case "42501": " Next: ALTER ROLE \(server.user) CREATEDB, or unset TEST_POSTGRES_… to use a throw-away server."
            case "28P01", "28000": " Next: set TEST_POSTGRES_USER and TEST_POSTGRES_PASSWORD."
            case nil: " Next: start the server, or set TEST_POSTGRES_HOST and TEST_POSTGRES_PORT, or unset them to use a throw-away server."
            default: ""
            }
        self.init("A test database could not be made on \(server.host):\(server.port) as \(server.user): \(error)\(next)")
    }
}

extension Statement<String> {
    /// The names of the databases that have a comment and no session, in order.
    fileprivate static func unusedDatabases(marker: String) -> Self {
        Self(
            """
            SELECT d."datname"::text
            FROM "pg_database" AS d
            WHERE shobj_description(d."oid", 'pg_database') = \(marker)
                AND NOT EXISTS (SELECT FROM "pg_stat_activity" AS a WHERE a."datid" = d."oid")
            ORDER BY 1
            """)
    }

    /// The names of the roles for tenants whose database does not exist any more, in order.
    fileprivate static func rolesOfNoDatabase() -> Self {
        Self(
            """
            SELECT r."rolname"::text
            FROM "pg_roles" AS r
            WHERE r."rolname" ~ '^test_.*_tenant_[0-9]+$'
                AND NOT EXISTS (
                    SELECT FROM "pg_database" AS d WHERE d."datname" = regexp_replace(r."rolname"::text, '_tenant_[0-9]+$', '')::name)
            ORDER BY 1
            """)
    }
}
