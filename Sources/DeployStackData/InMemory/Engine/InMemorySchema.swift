import DeployStackModels

/// Everything that the in-memory tables declare.
package enum InMemorySchema {
    /// The constraints of all in-memory tables, so that a test can compare them with a migrated database.
    package static let constraints: [DeclaredConstraint] = tables.flatMap(\.constraints)

    /// The names of all in-memory tables.
    package static let tableNames: [String] = tables.map(\.tableName)

    /// The tables, in the order in which the migrations create their foreign keys; a deletion follows the keys in this order.
    private static let tables: [any TableDeclaration] = [
        Declaration<Role>(), Declaration<User>(), Declaration<Team>(), Declaration<TeamMembership>(), Declaration<McpCategory>(),
        Declaration<ServerRow>(), Declaration<McpInstallation>(), Declaration<UserConfigurationRow>(), Declaration<InstanceRow>(),
        Declaration<OAuthClientRow>(), Declaration<AuthorizationCodeRow>(), Declaration<AccessTokenRow>(), Declaration<RefreshTokenRow>(),
        Declaration<SatelliteRow>(), Declaration<SatelliteHeartbeat>(), Declaration<SatelliteCommand>(), Declaration<NotificationRow>(),
        Declaration<SettingGroup>(), Declaration<StoredSetting>(), Declaration<PreferenceRow>(), Declaration<TeamConsentRow>(),
        Declaration<RegistrationTokenRow>(), Declaration<McpServerVersion>(),
    ]

    /// Makes all tables show what a scope sees.
    ///
    /// - Parameters:
    ///   - tables: The tables.
    ///   - scope: The scope.
    ///   - all: The same tables with all rows, which policies look at.
    static func show(_ tables: inout InMemoryTables, _ scope: RowScope, among all: InMemoryTables) {
        for table in Self.tables { table.show(&tables, scope, among: all) }
    }

    /// Makes all tables show all rows.
    static func showAll(_ tables: inout InMemoryTables) {
        for table in Self.tables { table.showAll(&tables) }
    }

    /// The foreign keys that refer to a table.
    static func references(to table: String) -> [Reference] { referencesByTarget[table] ?? [] }

    private static let referencesByTarget = Dictionary(grouping: tables.flatMap(\.references), by: \.target)

    /// A foreign key, seen from the table that it refers to.
    struct Reference: Sendable {
        let target: String
        let targetWasDeleted: @Sendable (BytewiseString, inout InMemoryTables) throws(DataError) -> Void
    }
}

/// What a table declares, whatever the type of its rows.
private protocol TableDeclaration: Sendable {
    var tableName: String { get }
    var constraints: [DeclaredConstraint] { get }
    var references: [InMemorySchema.Reference] { get }
    func show(_ tables: inout InMemoryTables, _ scope: RowScope, among all: InMemoryTables)
    func showAll(_ tables: inout InMemoryTables)
}

private struct Declaration<Row: TableRow>: TableDeclaration {
    var tableName: String { Row.tableName }

    var constraints: [DeclaredConstraint] {
        let schema = Row.schema
        return ([schema.primaryKey] + schema.uniqueKeys).map(DeclaredConstraint.init) + schema.foreignKeys.map(DeclaredConstraint.init)
            + schema.checks.map(DeclaredConstraint.init)
    }

    func show(_ tables: inout InMemoryTables, _ scope: RowScope, among all: InMemoryTables) {
        tables[keyPath: Row.table].show { row in Row.policy.reads(row, scope, all) }
    }

    func showAll(_ tables: inout InMemoryTables) {
        tables[keyPath: Row.table].show(nil)
    }

    var references: [InMemorySchema.Reference] {
        Row.schema.foreignKeys.map { foreignKey in
            InMemorySchema.Reference(target: foreignKey.target) { key, tables throws(DataError) in
                try foreignKey.targetWasDeleted(key, in: &tables)
            }
        }
    }
}
