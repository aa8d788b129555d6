public import DeployStackData

/// An empty, migrated database that was made for a test.
///
/// Its name is `test_<milliseconds since 1970>_<number>_<text that keeps processes apart>`. It is dropped when its test has succeeded; that of a failed
/// test stays, and the line that opens it is printed. What was left behind more than an hour ago is dropped by a later run.
public struct TestDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// Where the database is, with a small pool, so that many tests can run at the same time.
    public let configuration: PostgresConfiguration

    init(name: TestDatabaseName, on server: TestServer) {
        self.name = name.text
        var configuration = server.configuration
        configuration.database = name.text
        configuration.applicationName = "deploystack-tests"
        // A call may wait for long when many tests share a small machine, which is not what they are about.
        configuration.pool = PoolOptions(maxConnections: 8, connectTimeout: .seconds(20), acquireTimeout: .seconds(60))
        configuration.callTimeout = .seconds(120)
        self.configuration = configuration
    }

    /// The command with which a person opens the database. It has no password; `PGPASSWORD` can hold it.
    public var psqlCommand: String {
        "psql -h \(configuration.host) -p \(configuration.port) -U \(configuration.user) -d \(name)"
    }

    /// The database that the running test has on loan; the first call makes it.
    ///
    /// It is also the one that the test's first store of ``Backend/postgres`` stands on.
    ///
    /// - Throws: ``TestServerError`` when there is no server, or the test has no trait ``Testing/Trait/database``.
    public static func lent() async throws(TestServerError) -> TestDatabase {
        try await TestLoan.running().database()
    }
}

/// Makes an empty, migrated database, runs a closure with it and drops it. When the closure throws, the database stays and the line that opens it is
/// printed.
///
/// Tests that have the trait ``Testing/Trait/database`` need not call this.
///
/// ```swift
/// try await withTestDatabase { database in
///     try await withDataStore(try await .postgres(database.configuration)) { store in … }
/// }
/// ```
///
/// - Parameter body: What to do with the database.
/// - Returns: What the closure returns.
/// - Throws: ``TestServerError`` when there is no server, and what the closure throws.
public func withTestDatabase<Result: Sendable>(_ body: (TestDatabase) async throws -> Result) async throws -> Result {
    let workshop = try await DatabaseWorkshop.shared()
    let database = try await workshop.make()
    do {
        let result = try await body(database)
        await workshop.finish(database)
        return result
    } catch {
        Announcement.print("A database is kept for a look at it: \(database.psqlCommand)")
        throw error
    }
}
