import DeployStackModels

/// Preferences in the in-memory tables.
struct InMemoryPreferenceRepository: PreferenceRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    private var table: PreferenceTable { environment.preferences }

    func all(user: UserID) async throws(DataError) -> [UserPreference] {
        guard IdentifierRule.canExist(user) else { return table.all([]) }
        return try await tables.read { tables in
            let rows = tables.preferences.rows(referringTo: user.rawValue, by: PreferenceRow.userReference)
            return table.all(rows.map(\.stored))
        }
    }

    func get(_ key: String, user: UserID) async throws(DataError) -> SettingValue {
        let definition = try table.definition(of: key)
        guard IdentifierRule.canExist(user) else { return definition.defaultValue }
        return try await tables.read { tables in
            table.value(tables.preferences.row(PreferenceRow.userKey, user.rawValue, key)?.stored.value, of: definition).value
        }
    }

    func set(_ key: String, to value: SettingValue, user: UserID) async throws(DataError) {
        try await setMany([key: value], user: user)
    }

    func setMany(_ values: [String: SettingValue], user: UserID) async throws(DataError) {
        let texts = try table.texts(of: values)
        guard IdentifierRule.canExist(user) else { throw PreferenceTable.userMissing }
        guard !texts.isEmpty else { return }
        let rows = texts.map { PreferenceRow(id: environment.makeID(), userID: user, stored: $0) }
        try await tables.write { tables in
            for row in rows {
                if let old = tables.preferences.row(PreferenceRow.userKey, user.rawValue, row.stored.key) {
                    _ = try tables.update(PreferenceRow.self, old.id.bytewise) { $0.stored = row.stored }
                } else {
                    try tables.insert(row)
                }
            }
        }
    }
}
