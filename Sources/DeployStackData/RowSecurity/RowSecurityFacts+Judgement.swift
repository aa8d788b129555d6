import DeployStackModels

extension RowSecurityFacts {
    /// Throws when the policies would not bind the role, or it could do nothing, with a sentence on what to do.
    func validate() throws(DataError) {
        if let reason { throw DataError(.configuration, reason: reason, outcome: .notSent) }
    }

    private var reason: String? {
        let next = "run `deploystack-db row-security \(role)` as the owner of the tables"
        let another = "connect as a role of its own (CREATE ROLE … LOGIN NOSUPERUSER NOBYPASSRLS), for which you \(Self.command)"
        if isSuperuser { return "row security cannot be enforced: the role \(role) is a superuser, whom no policy binds; \(another)" }
        if bypassesPolicies { return "row security cannot be enforced: the role \(role) has BYPASSRLS; \(another)" }
        if !owned.isEmpty {
            return
                "row security cannot be enforced: the role \(role) owns tables, or is a member of the role that does (\(Self.list(owned))); \(another)"
        }
        if !open.isEmpty { return "row security cannot be enforced: no policies hold on \(Self.list(open)); migrate, and \(next)" }
        if !closed.isEmpty { return "the role \(role) may not use \(Self.list(closed)); \(next)" }
        return nil
    }

    private static let command = "run `deploystack-db row-security ROLE` as the owner of the tables"

    private static func list(_ names: [String]) -> String {
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }
}
