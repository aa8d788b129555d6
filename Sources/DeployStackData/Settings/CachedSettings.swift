import DeployStackModels

/// Settings of which single values are remembered. Lists and searches always ask.
struct CachedSettings: SettingsRepository {
    let base: any SettingsRepository
    let memory: SettingsMemory

    /// Whoever has a transaction open, or was cancelled, is answered or refused as without a memory.
    func get(_ key: String) async throws(DataError) -> SettingValue? {
        // What is no key is never stored, and as a String it may equal one that is.
        guard case .remembering(let cache) = memory, SettingRules.isKey(key), ActiveTransaction.stores.isEmpty, !Task.isCancelled else {
            return try await base.get(key)
        }
        return try await cache.value(of: key) { () async throws(DataError) in try await base.get(key) }
    }

    func set(_ setting: NewSetting) async throws(DataError) -> Setting {
        defer { haveWritten([setting.key]) }
        return try await base.set(setting)
    }

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        defer { haveWritten(settings.map(\.key)) }
        return try await base.setMany(settings)
    }

    func delete(_ key: String) async throws(DataError) -> Bool {
        defer { haveWritten([key]) }
        return try await base.delete(key)
    }

    func list(group: SettingGroupID?) async throws(DataError) -> [Setting] { try await base.list(group: group) }

    func search(_ pattern: String) async throws(DataError) -> [Setting] { try await base.search(pattern) }

    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings] { try await base.groupsWithSettings() }

    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int {
        defer { haveWritten(definitions.map(\.key)) }
        return try await base.initializeDefaults(definitions, groups: groups)
    }

    /// Also a write that failed may have happened: its answer can be lost.
    private func haveWritten(_ keys: [String]) {
        switch memory {
        case .none: break
        case .remembering(let cache): cache.forget(keys)
        case .noting(let written): written.note(keys)
        }
    }
}
