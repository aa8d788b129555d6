import DeployStackModels

/// A row of `userPreferences`, with what the in-memory store uses of it.
struct PreferenceRow: TableRow {
    var id: String
    var userID: UserID
    var stored: StoredPreference

    static let tableName = "userPreferences"
    static var table: TablePath<PreferenceRow> { \.preferences }
    static let policy: RowPolicy<PreferenceRow> = .own { row, scope, _ in scope.isUser(row.userID) }

    private static let user = Column<PreferenceRow>("user_id") { $0.userID.rawValue }

    static let userKey = UniqueKey<PreferenceRow>(
        "userPreferences_user_id_preference_key_key", user, Column("preference_key") { $0.stored.key })
    static let userReference = ForeignKey<PreferenceRow>("userPreferences_user_id_fkey", user, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<PreferenceRow>(
        primaryKey: "userPreferences_pkey", Column("id") { $0.id },
        uniqueKeys: [userKey],
        foreignKeys: [userReference],
        checks: [CheckRule("userPreferences_preference_key_check", "preference_key") { SettingRules.isKey($0.stored.key) }])
}
