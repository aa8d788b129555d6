import DeployStackModels

/// Preferences in PostgreSQL.
struct PostgresPreferenceRepository: PreferenceRepository {
    let database: Database

    private var table: PreferenceTable { database.environment.preferences }

    func all(user: UserID) async throws(DataError) -> [UserPreference] {
        guard IdentifierRule.canExist(user) else { return table.all([]) }
        return table.all(try await database.all(.preferences(of: user)))
    }

    func get(_ key: String, user: UserID) async throws(DataError) -> SettingValue {
        let definition = try table.definition(of: key)
        guard IdentifierRule.canExist(user) else { return definition.defaultValue }
        return table.value(try await database.optional(.preference(key, of: user)), of: definition).value
    }

    func set(_ key: String, to value: SettingValue, user: UserID) async throws(DataError) {
        try await setMany([key: value], user: user)
    }

    func setMany(_ values: [String: SettingValue], user: UserID) async throws(DataError) {
        let texts = try table.texts(of: values)
        guard IdentifierRule.canExist(user) else { throw PreferenceTable.userMissing }
        guard !texts.isEmpty else { return }
        let ids = texts.map { _ in database.environment.makeID() }
        _ = try await database.execute(.setPreferences(texts, ids: ids, of: user, at: database.environment.now()))
    }
}
