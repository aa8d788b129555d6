import DeployStackModels

/// The table of the preferences that a store knows.
struct PreferenceTable: Sendable {
    private let definitions: [PreferenceDefinition]
    private let byKey: [BytewiseString: PreferenceDefinition]

    /// Reads a table; of two definitions of one key, the first counts.
    init(_ definitions: [PreferenceDefinition]) {
        let usable = definitions.filter { SettingRules.isKey($0.key) && $0.defaultValue.secret == nil }
        byKey = Dictionary(usable.map { ($0.key.bytewise, $0) }) { first, _ in first }
        self.definitions = byKey.values.sorted { $0.key.bytewise < $1.key.bytewise }
    }

    static let userMissing = DataError.referenceMissing(.user, constraint: "userPreferences_user_id_fkey")

    /// The definition of a preference.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when there is none.
    func definition(of key: String) throws(DataError) -> PreferenceDefinition {
        guard let definition = byKey[key.bytewise] else { throw .validation("key", "it must be a preference that the store defines") }
        return definition
    }

    /// The texts that are stored for some values, by key.
    func texts(of values: [String: SettingValue]) throws(DataError) -> [StoredPreference] {
        var stored: [StoredPreference] = []
        // In order, so that of several unacceptable values both backends name the same one.
        for (key, value) in values.sorted(by: { $0.key.bytewise < $1.key.bytewise }) {
            let definition = try definition(of: key)
            guard value.secret == nil, value.type == definition.defaultValue.type else {
                throw .validation("value", "it must be of the type \(definition.defaultValue.type.rawValue)")
            }
            try SettingRules.validate(value)
            stored.append(StoredPreference(key: key, value: value.clearText))
        }
        return stored
    }

    /// What a stored text means; one that is not of the preference's type, as after a change of the definition, means the default.
    func value(_ stored: String?, of definition: PreferenceDefinition) -> UserPreference {
        let value = stored.flatMap { try? SettingValue(stored: $0, as: definition.defaultValue.type, of: definition.key) }
        return UserPreference(key: definition.key, value: value ?? definition.defaultValue, isDefault: value == nil)
    }

    /// All preferences by key, given what is stored for a user.
    func all(_ stored: [StoredPreference]) -> [UserPreference] {
        let texts = Dictionary(stored.map { ($0.key.bytewise, $0.value) }) { first, _ in first }
        return definitions.map { value(texts[$0.key.bytewise], of: $0) }
    }
}

/// A preference as it is stored: a text under a key.
struct StoredPreference: Sendable {
    var key: String
    var value: String
}
