import PostgresDriver

/// A scope, and what tells the server of it.
struct DatabaseScope: Sendable {
    let scope: RowScope
    /// Goes ahead of each transaction. Without it the policies find nobody's name, which is right for nobody.
    let settings: TransactionSettings?

    init(_ scope: RowScope) {
        self.scope = scope
        settings = scope.team == nil && scope.user == nil ? nil : TransactionSettings(Statement.rowScope(scope))
    }
}
