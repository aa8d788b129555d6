import DeployStackModels

/// Settings in the in-memory tables.
struct InMemorySettingsRepository: SettingsRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func get(_ key: String) async throws(DataError) -> SettingValue? {
        guard SettingRules.isKey(key) else { return nil }
        return try await tables.read { try $0.settings[key.bytewise]?.value(in: environment) }
    }

    func set(_ setting: NewSetting) async throws(DataError) -> Setting {
        let setting = try setting.validated()
        return try await tables.write { try $0.store(setting, in: environment).setting(in: environment) }
    }

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        try SettingRules.validate(count: settings.count, keys: settings.map(\.key))
        var validated: [NewSetting] = []
        for setting in settings { validated.append(try setting.validated()) }
        let sorted = validated.sorted { $0.key.bytewise < $1.key.bytewise }
        let stored: [BytewiseString: StoredSetting] = try await tables.write { tables in
            var stored: [BytewiseString: StoredSetting] = [:]
            for setting in sorted { stored[setting.key.bytewise] = try tables.store(setting, in: environment) }
            return stored
        }
        return validated.compactMap { stored[$0.key.bytewise]?.setting(in: environment) }
    }

    func delete(_ key: String) async throws(DataError) -> Bool {
        guard SettingRules.isKey(key) else { return false }
        return try await tables.write { try $0.delete(StoredSetting.self, [key.bytewise]) > 0 }
    }

    func list(group: SettingGroupID?) async throws(DataError) -> [Setting] {
        if let group, !IdentifierRule.canExist(group) { return [] }
        return try await tables.read { tables in
            tables.settings.all.filter { group == nil || $0.groupID == group }.inOrder.map { $0.setting(in: environment) }
        }
    }

    func search(_ pattern: String) async throws(DataError) -> [Setting] {
        let search = try SubstringRule(pattern, field: "pattern")
        return try await tables.read { tables in
            tables.settings.all.filter { setting in
                search.map { $0.matches(setting.key) || $0.matches(setting.name) || $0.matches(setting.description) } ?? true
            }.inOrder.map { $0.setting(in: environment) }
        }
    }

    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings] {
        try await tables.read { tables in
            let groups = tables.settingGroups.all.sorted {
                ($0.sortOrder, $0.name.bytewise, $0.id.bytewise) < ($1.sortOrder, $1.name.bytewise, $1.id.bytewise)
            }
            return groups.map { group in
                let settings = tables.settings.rows(referringTo: group.id.rawValue, by: StoredSetting.groupReference)
                return SettingGroupWithSettings(group: group, settings: settings.inOrder.map { $0.setting(in: environment) })
            }
        }
    }

    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int {
        let groups = try SettingRules.groups(groups)
        let defaults = try SettingRules.defaults(definitions, in: environment)
        return try await tables.write { tables in
            for group in groups where tables.settingGroups[group.id] == nil { try tables.insert(group) }
            let missing = defaults.filter { tables.settings[$0.key.bytewise] == nil }
            try tables.insert(missing)
            return missing.count
        }
    }
}

extension InMemoryTables {
    /// Stores a setting, whether it is there or not.
    fileprivate mutating func store(_ new: NewSetting, in environment: StoreEnvironment) throws(DataError) -> StoredSetting {
        let old = settings[new.key.bytewise]
        if let old, changeable(old) == nil { throw RowSecurityRules.outsideScope }
        if new.keepsSecret {
            guard let old, old.isEncrypted else { throw SettingRules.nothingToKeep }
            let now = environment.now()
            return try replace(old) { $0.describe(as: new, at: now) }
        }
        let stored = try StoredSetting(new, in: environment)
        guard let old else {
            try insert(stored)
            return stored
        }
        guard stored.isEncrypted || !old.isEncrypted else { throw SettingRules.encryptedSettingStays }
        return try replace(old) { setting in
            setting.describe(as: new, at: stored.updatedAt)
            setting.value = stored.value
            setting.type = stored.type
            setting.isEncrypted = stored.isEncrypted
        }
    }

    private mutating func replace(_ old: StoredSetting, _ change: (inout StoredSetting) -> Void) throws(DataError) -> StoredSetting {
        try update(StoredSetting.self, old.key.bytewise, change) ?? old
    }
}

extension StoredSetting {
    /// Changes what is said about the setting.
    fileprivate mutating func describe(as new: NewSetting, at now: Timestamp) {
        name = new.name ?? name
        description = new.description ?? description
        groupID = new.groupID ?? groupID
        updatedAt = now
    }
}

extension Sequence<StoredSetting> {
    /// The settings by key.
    fileprivate var inOrder: [StoredSetting] { sorted { $0.key.bytewise < $1.key.bytewise } }
}
