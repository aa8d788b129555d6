public import DeployStackModels

/// The settings of the whole platform.
///
/// Each has a type. Numbers keep all their digits; a boolean is also read from `1`, `yes`, `on`, `enabled` and their opposites, in any case of letters.
/// Secrets are encrypted with the store's secret before they reach the database, and come back as a ``SettingValue/secret(_:)`` that nothing prints.
///
/// ```swift
/// try await store.settings.set(NewSetting("smtp.password", .secret(SecretText(password)), groupID: "mail"))
/// let limit = try await store.settings.get(.teamCreationLimit)
/// ```
///
/// Each read asks the database, unless the store was told to remember values for a time (``StoreOptions/settingsLifetime``).
public protocol SettingsRepository: Sendable {
    /// Returns the value of a setting, or `nil` when nothing is stored under the key.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` whose field is the key when the stored text is not of the setting's type; `.undecryptable`, or
    ///   `.ruleViolation` with rule `encryptionSecretRequired`, when a secret cannot be decrypted.
    func get(_ key: String) async throws(DataError) -> SettingValue?

    /// Stores a setting in one statement, whether there is one under the key or not.
    ///
    /// What is `nil` keeps its present value. A setting that the program defines, such as ``SettingDefinition/team``, takes values of its type only. The
    /// secret `*****` leaves the one that is stored as it is.
    ///
    /// - Returns: The setting as it is stored.
    /// - Throws: ``DataError`` of kind `.validation` with field `key`, `value`, `name` or `description`; `.referenceMissing` with entity `settingGroup`;
    ///   `.ruleViolation` with rule `encryptionSecretRequired` when a secret cannot be encrypted, or `encryptedSettingStays` when a secret would be
    ///   replaced by a value that is stored in clear: delete it first.
    @discardableResult
    func set(_ setting: NewSetting) async throws(DataError) -> Setting

    /// Stores some settings together: all of them, or none.
    ///
    /// - Parameter settings: At most 1 000 settings, each key once.
    /// - Returns: The settings as they are stored, in the given order.
    /// - Throws: ``DataError`` as ``set(_:)`` does; of kind `.validation` with field `settings` when there are too many, or two of one key.
    @discardableResult
    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting]

    /// Deletes a setting. Where the program has a default, that counts again.
    ///
    /// - Returns: Whether there was such a setting.
    func delete(_ key: String) async throws(DataError) -> Bool

    /// Returns the settings of a group, by key.
    ///
    /// - Parameter group: The group, or `nil` for the settings of all groups and of none.
    func list(group: SettingGroupID?) async throws(DataError) -> [Setting]

    /// Returns the settings whose key, name or description contains a text, by key. Values are not searched.
    ///
    /// - Parameter pattern: The text, at most 255 characters; white space at its ends and the case of ASCII letters do not count, and nothing in it is a
    ///   wildcard. Blank for all settings.
    /// - Throws: ``DataError`` of kind `.validation` with field `pattern`.
    func search(_ pattern: String) async throws(DataError) -> [Setting]

    /// Returns every group with its settings, read in one statement: groups by order, name and identifier, settings by key. A setting without a group is
    /// in none.
    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings]

    /// Stores what a program defines and nobody has stored yet, as a service does when it starts. What is there is never changed.
    ///
    /// - Parameters:
    ///   - definitions: The settings, at most 1 000.
    ///   - groups: The groups that they are shown in, at most 1 000.
    /// - Returns: How many settings were stored.
    /// - Throws: ``DataError`` as ``set(_:)`` does; of kind `.validation` with a field of `groups` when a group is not acceptable.
    @discardableResult
    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int
}

extension SettingsRepository {
    /// Returns the value of a setting, or another value when nothing is stored under the key.
    ///
    /// - Throws: ``DataError`` as ``get(_:)-(String)`` does.
    public func get(_ key: String, default defaultValue: SettingValue) async throws(DataError) -> SettingValue {
        try await get(key) ?? defaultValue
    }

    /// Returns the value of a setting that the program defines, or its default when nothing is stored.
    ///
    /// What is stored is read as the definition's type, so a boolean may also be stored as the text `yes` and a number as the text `3`.
    ///
    /// - Throws: ``DataError`` as ``get(_:)-(String)`` does, and of kind `.configuration` whose field is the key when what is stored is not what the definition
    ///   allows.
    public func get(_ definition: SettingDefinition) async throws(DataError) -> SettingValue {
        guard let value = try await get(definition.key) else { return definition.defaultValue }
        guard value.secret == nil, definition.defaultValue.secret == nil else {
            guard definition.accepts(value) else { throw SettingRules.malformed(definition.key, definition.expectation) }
            return value
        }
        return try definition.value(ofText: value.clearText)
    }

    /// Returns the value of a setting that must be there.
    ///
    /// - Throws: ``DataError`` of kind `.notFound` with entity `setting` and the key as its field when nothing is stored under the key; otherwise as
    ///   ``get(_:)-(String)`` does.
    public func require(_ key: String) async throws(DataError) -> SettingValue {
        guard let value = try await get(key) else { throw DataError(.notFound, entity: .setting, field: SettingRules.isKey(key) ? key : nil) }
        return value
    }

    /// Stores the value of a setting.
    ///
    /// - Throws: ``DataError`` as ``set(_:)`` does.
    @discardableResult
    public func set(_ key: String, to value: SettingValue) async throws(DataError) -> Setting {
        try await set(NewSetting(key, value))
    }

    /// Returns all settings, by key.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func list() async throws(DataError) -> [Setting] {
        try await list(group: nil)
    }

    /// Stores what a program defines and nobody has stored yet, in groups that exist.
    ///
    /// - Throws: ``DataError`` as ``initializeDefaults(_:groups:)`` does.
    @discardableResult
    public func initializeDefaults(_ definitions: [SettingDefinition]) async throws(DataError) -> Int {
        try await initializeDefaults(definitions, groups: [])
    }
}
