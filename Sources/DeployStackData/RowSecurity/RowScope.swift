package import DeployStackModels

/// Whose rows a store sees when row security is enforced.
package struct RowScope: Sendable, Hashable {
    /// The team, or `nil`: then no rows of any team.
    package let team: TeamID?
    /// The user, or `nil`: then no rows of any user.
    package let user: UserID?
    /// Whether it was chosen; a store that was just opened has a scope that was not.
    package let isChosen: Bool

    /// Makes a scope. Who cannot exist has no rows.
    package init(team: TeamID?, user: UserID?) {
        self.team = team.flatMap { IdentifierRule.canExist($0) ? $0 : nil }
        self.user = user.flatMap { IdentifierRule.canExist($0) ? $0 : nil }
        isChosen = true
    }

    /// No team's and no user's rows, as long as no scope was chosen.
    package static let nobody = RowScope()

    private init() {
        (team, user, isChosen) = (nil, nil, false)
    }

    /// Whether a row that belongs to a team, or to none, is the scope's.
    func isTeam(_ id: TeamID?) -> Bool { id != nil && id == team }

    /// Whether a row that belongs to a user is the scope's.
    func isUser(_ id: UserID) -> Bool { id == user }
}

/// What both backends answer about row security.
package enum RowSecurityRules {
    static let outsideScope = DataError.ruleViolation(.outsideScope, "the row does not belong to the team or user that the store is scoped to")
    static let notEnforced = DataError(
        .configuration, reason: "the store was opened without row security; open it with rowSecurity: .enforced", outcome: .notSent)
    static let scopeIsFixed = DataError.ruleViolation(
        .scopeIsFixed, "scope the store that was opened, before a transaction begins; a store has one scope")
    static let migrationRefused = DataError(
        .configuration, reason: "a role for tenants owns no tables; migrate with a store that connects as their owner, without row security",
        outcome: .notSent)

    /// The tables whose rows the database keeps apart: all of the schema's. Each has policies by the migration that made it or by
    /// `add_row_policies`.
    package static let tables: [String] = InMemorySchema.tableNames
}
