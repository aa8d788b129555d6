import DeployStackModels

/// A row of `roles`.
extension Role: TableRow {
    static let tableName = "roles"
    static var table: TablePath<Role> { \.roles }
    static let policy: RowPolicy<Role> = .platform

    static let nameKey = UniqueKey<Role>("roles_name_key", Column("name") { $0.name })

    static let schema = TableSchema<Role>(
        primaryKey: "roles_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [nameKey],
        // The permissions are an array by their type here; the name is declared so that the two schemas can be compared.
        checks: [CheckRule("roles_permissions_check", "permissions") { _ in true }])

    /// The roles that every installation of the platform starts with, as the migrations insert them.
    static let initial = RoleDefinition.system.map { Role($0, at: .platformEpoch) }
}

extension Timestamp {
    /// When everything was created that every installation of the platform starts with: 2025-01-01 00:00:00 UTC.
    static let platformEpoch = Timestamp.epoch + .seconds(1_735_689_600)
}
