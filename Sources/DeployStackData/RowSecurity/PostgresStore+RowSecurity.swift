import DeployStackModels
import PostgresDriver

extension PostgresStore {
    /// Throws when the policies would not bind the role of this store, with a sentence on what to do.
    func validateRowSecurity() async throws(DataError) {
        try await unbound.one(.rowSecurityFacts(tables: RowSecurityRules.tables)).validate()
    }

    func enableRowSecurity(for role: String) async throws(DataError) {
        guard scope == nil else { throw RowSecurityRules.migrationRefused }
        do {
            _ = try await unbound.one(.enableRowSecurity(for: role))
        } catch {
            throw Self.whatToDo(about: error, role)
        }
    }

    private var unbound: Database { Database(executor: .client(client), environment: environment) }

    private static func whatToDo(about error: DataError, _ role: String) -> DataError {
        let reason: String
        switch error.sqlState {
        case "42704": reason = "there is no role \(role); make it first: CREATE ROLE … LOGIN NOSUPERUSER NOBYPASSRLS"
        case "42501": reason = "only the owner of the tables can enable row security and grant rights on them"
        case "42883": reason = "the schema has no policies yet; run `deploystack-db up` or call `store.migrate()`"
        default: return error
        }
        var error = error
        (error.kind, error.reason) = (.configuration, reason)
        return error
    }
}
