import DeployStackData
import DeployStackModels

/// A role that owns nothing and bypasses nothing, as whom a test reaches its database under row security.
struct TenantRole: Sendable {
    /// The role's name, which begins with that of the database.
    let name: String

    init(number: Int, of database: TestDatabase) {
        name = "\(database.name)_tenant_\(number)"
    }

    /// Where the database is for the role, past any pooler. Its password is that of the server's account.
    func configuration(of database: TestDatabase) -> PostgresConfiguration {
        var configuration = database.configuration
        configuration.user = name
        return configuration
    }

    /// The statement that makes the role.
    func creation(passwordOf server: TestServer) throws(TestServerError) -> String {
        let password = server.configuration.password.map { " PASSWORD \(SQLLiteral($0.reveal()))" } ?? ""
        return "CREATE ROLE \(try MaintenanceDatabase.quoted(name)) LOGIN NOSUPERUSER NOBYPASSRLS\(password)"
    }

    /// The statement that drops it.
    var removal: String {
        get throws(TestServerError) { "DROP ROLE IF EXISTS \(try MaintenanceDatabase.quoted(name))" }
    }
}
