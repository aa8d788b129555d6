import DeployStackData
import Logging
import PostgresDriver
import Synchronization

/// Where test databases are made and dropped. There is one for each process.
final class DatabaseWorkshop: Sendable {
    /// How old a database of somebody else must be before it is dropped.
    static let leftoverAge = Duration.seconds(3_600)

    private let server: TestServer
    private let maintenance: MaintenanceDatabase
    private let template: TemplateDatabase
    private let made = Atomic<Int>(0)

    private init(server: TestServer, maintenance: MaintenanceDatabase, template: TemplateDatabase) {
        self.server = server
        self.maintenance = maintenance
        self.template = template
    }

    /// The workshop of this process. The first call starts the server if need be, sweeps leftovers and makes the template, which the cancellation of
    /// the test that came first does not reach.
    ///
    /// - Throws: ``TestServerError``, the same one for every caller.
    static func shared() async throws(TestServerError) -> DatabaseWorkshop {
        try await opening.value.get()
    }

    private static let opening = Task { () -> Result<DatabaseWorkshop, TestServerError> in
        do throws(TestServerError) {
            let server = try await TestServer.shared()
            let maintenance = try MaintenanceDatabase(server)
            try await maintenance.validateServer()
            let template = try TemplateDatabase(server: server, maintenance: maintenance)
            await maintenance.sweepTestDatabases(olderThan: leftoverAge)
            await template.sweepOthers()
            try await template.prepare()
            return .success(DatabaseWorkshop(server: server, maintenance: maintenance, template: template))
        } catch {
            return .failure(error)
        }
    }

    /// Makes an empty, migrated database.
    func make() async throws(TestServerError) -> TestDatabase {
        let name = TestDatabaseName(number: made.add(1, ordering: .relaxed).newValue)
        try await maintenance.clone(template.name, as: name)
        return TestDatabase(name: name, on: server)
    }

    /// Makes a role.
    func make(_ role: TenantRole) async throws(TestServerError) {
        try await maintenance.run(role.creation(passwordOf: server))
    }

    /// Drops a role whose databases are gone.
    func finish(_ role: TenantRole) async {
        try? await maintenance.run(role.removal)
    }

    /// Drops a database that is no longer needed. One that cannot be dropped now is left to a later run.
    func finish(_ database: TestDatabase) async {
        try? await maintenance.drop(database.name)
    }
}
