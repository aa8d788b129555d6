public import DeployStackModels

/// Whether the database itself keeps the rows of teams apart.
public enum RowSecurity: Sendable, Hashable {
    /// The statements of the library say which rows are meant, and its role may see all of them. For whoever serves the whole platform.
    case off
    /// Policies of the database say besides, whatever a statement says, that a store sees the rows of the team and user it was scoped to and no others.
    ///
    /// The role that the store connects as must be bound by them; see ``DataStore/enableRowSecurity(for:)``.
    case enforced
}

extension DataStore {
    /// The same store for the rows of one team, and perhaps of one user in it.
    ///
    /// On a store that was opened with ``RowSecurity/enforced``, everything that is done through the result, also in its transactions and streams, finds
    /// only what belongs to the team, and what belongs to nobody, such as the catalog that everybody sees. What is another team's is as if it did not
    /// exist. Notifications and preferences belong to a user: they are there when the user is given; of what a whole team was told, the team sees what
    /// it was told. A row that would not belong to the team or user is refused with rule `outsideScope`.
    ///
    /// ```swift
    /// let tenants = try await DataStore.postgres(configuration, rowSecurity: .enforced)
    /// let views = try await tenants.scoped(to: team).installations.installationViews(team: team)
    /// ```
    ///
    /// It costs nothing to make, and shares the connections of the store that it was made of; closing either closes both.
    ///
    /// - Parameters:
    ///   - team: The team. One that does not exist has no rows.
    ///   - user: The user whose own rows are there too.
    /// - Throws: ``DataError`` of kind `.configuration` when row security is not enforced, of kind `.ruleViolation` with rule `scopeIsFixed` on a store
    ///   that is scoped already, or in a transaction.
    public func scoped(to team: TeamID, user: UserID? = nil) throws(DataError) -> DataStore {
        DataStore(try backend.scoped(to: RowScope(team: team, user: user)))
    }

    /// The same store for the rows of one user, without any of a team; see ``scoped(to:user:)``.
    ///
    /// - Parameter user: The user. One that does not exist has no rows.
    /// - Throws: ``DataError`` as ``scoped(to:user:)`` does.
    public func scoped(toUser user: UserID) throws(DataError) -> DataStore {
        DataStore(try backend.scoped(to: RowScope(team: nil, user: user)))
    }

    /// Makes the database's policies hold for everybody but the owner of its tables, and lets a role use them.
    ///
    /// Call it as the owner of the tables, once for each role for tenants and again after migrations that added tables; `deploystack-db row-security`
    /// does the same. The role must exist, and must be neither a superuser nor the owner, nor have `BYPASSRLS`. Other roles that are not the owner see
    /// nothing of any team from then on. On in-memory tables there is nothing to do.
    ///
    /// - Parameter role: The role's name, as it is stored: without quotes.
    /// - Throws: ``DataError`` of kind `.configuration` when there is no such role, or the store's role does not own the tables.
    public func enableRowSecurity(for role: String) async throws(DataError) {
        try await backend.enableRowSecurity(for: role)
    }
}
