import DeployStackModels

// Tables that show a scope's rows. What the engine does by itself, keys and what follows from a deletion, goes on for all rows, as in the database.
extension InMemoryTables {
    /// Shows the rows of a scope from now on; with `nil`, all of them.
    mutating func show(_ scope: RowScope?) {
        self.scope = scope
        if scope == nil { InMemorySchema.showAll(&self) } else { showAgain() }
    }

    /// Brings what a scope sees in line with what has changed: a row can be seen because of another one.
    mutating func showAgain() {
        guard let scope else { return }
        InMemorySchema.show(&self, scope, among: unscoped)
    }

    /// The same tables with all rows.
    private var unscoped: InMemoryTables {
        var tables = self
        tables.show(nil)
        return tables
    }

    /// Throws when a scope may not write one of some rows.
    func validateScope<Row: TableRow>(of rows: [Row]) throws(DataError) {
        guard let scope else { return }
        let tables = unscoped
        guard rows.allSatisfy({ Row.policy.writes($0, scope, tables) }) else { throw RowSecurityRules.outsideScope }
    }

    /// Whether a statement with the tables' scope can change a row that it sees.
    func canChange<Row: TableRow>(_ row: Row) -> Bool {
        guard let scope else { return true }
        return Row.policy.changes(row, scope, unscoped)
    }

    /// A row, if a statement with the tables' scope can lock and change it; for what a statement on the database locks before it changes it.
    func changeable<Row: TableRow>(_ row: Row?) -> Row? {
        row.flatMap { canChange($0) ? $0 : nil }
    }

    /// The keys of those rows that a statement with the tables' scope can delete.
    func deletable<Row: TableRow>(_: Row.Type, _ keys: [BytewiseString]) -> [BytewiseString] {
        guard let scope else { return keys }
        let tables = unscoped
        return keys.filter { key in
            guard let row = self[keyPath: Row.table][key] else { return false }
            return Row.policy.deletes(row, scope, tables)
        }
    }
}

extension InMemoryTables {
    /// Whether an installation is a team's that a scope names.
    func isInstalled(_ id: McpInstallationID, for scope: RowScope) -> Bool { scope.isTeam(installations[id]?.teamID) }

    /// Whether a satellite is a team's that a scope names.
    func isSatellite(_ id: SatelliteID, of scope: RowScope) -> Bool { scope.isTeam(satellites[id]?.satellite.teamID) }

    /// Whether a user is a member of the team that a scope names.
    func isMember(_ user: UserID, of scope: RowScope) -> Bool {
        guard let team = scope.team else { return false }
        return membership(of: user, in: team) != nil
    }
}
