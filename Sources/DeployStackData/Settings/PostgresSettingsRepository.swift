import DeployStackModels

/// Settings in PostgreSQL.
struct PostgresSettingsRepository: SettingsRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func get(_ key: String) async throws(DataError) -> SettingValue? {
        guard SettingRules.isKey(key) else { return nil }
        return try await database.optional(.setting(key))?.value(in: environment)
    }

    func set(_ setting: NewSetting) async throws(DataError) -> Setting {
        try await store(try setting.validated(), in: database).setting(in: environment)
    }

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        try SettingRules.validate(count: settings.count, keys: settings.map(\.key))
        var validated: [NewSetting] = []
        for setting in settings { validated.append(try setting.validated()) }
        let sorted = validated.sorted { $0.key.bytewise < $1.key.bytewise }
        let stored: [BytewiseString: StoredSetting] = try await database.transaction { database in
            var stored: [BytewiseString: StoredSetting] = [:]
            for setting in sorted { stored[setting.key.bytewise] = try await store(setting, in: database) }
            return stored
        }
        return validated.compactMap { stored[$0.key.bytewise]?.setting(in: environment) }
    }

    func delete(_ key: String) async throws(DataError) -> Bool {
        guard SettingRules.isKey(key) else { return false }
        return try await database.execute(.deleteSetting(key)) > 0
    }

    func list(group: SettingGroupID?) async throws(DataError) -> [Setting] {
        guard let group else { return try await database.all(.allSettings()).map { $0.setting(in: environment) } }
        guard IdentifierRule.canExist(group) else { return [] }
        return try await database.all(.settings(group: group)).map { $0.setting(in: environment) }
    }

    func search(_ pattern: String) async throws(DataError) -> [Setting] {
        guard let search = try SubstringRule(pattern, field: "pattern") else { return try await list(group: nil) }
        return try await database.all(.searchSettings(search)).map { $0.setting(in: environment) }
    }

    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings] {
        var groups: [SettingGroupWithSettings] = []
        for row in try await database.all(.groupsWithSettings()) {
            if groups.last?.id != row.group.id { groups.append(SettingGroupWithSettings(group: row.group, settings: [])) }
            if let setting = row.setting { groups[groups.count - 1].settings.append(setting.setting(in: environment)) }
        }
        return groups
    }

    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int {
        let groups = try SettingRules.groups(groups)
        let defaults = try SettingRules.defaults(definitions, in: environment)
        let now = environment.now()
        return try await database.transaction { database in
            if !groups.isEmpty { _ = try await database.execute(.addSettingGroups(groups, at: now)) }
            guard !defaults.isEmpty else { return 0 }
            return try await database.execute(.addSettings(defaults, at: now))
        }
    }

    private func store(_ setting: NewSetting, in database: Database) async throws(DataError) -> StoredSetting {
        if setting.keepsSecret {
            guard let kept = try await database.optional(.describeSecret(setting, at: environment.now())) else { throw SettingRules.nothingToKeep }
            return kept
        }
        guard let stored = try await database.optional(.setSetting(StoredSetting(setting, in: environment))) else {
            throw SettingRules.encryptedSettingStays
        }
        return stored
    }
}
