import DeployStackModels

/// What settings may be.
enum SettingRules {
    /// The most settings that are stored together.
    static let maximumCount = 1_000
    /// The most characters of a value.
    static let maximumLength = 65_536

    static let encryptedSettingStays = DataError.ruleViolation(
        .encryptedSettingStays, "a secret is not replaced by a value that is stored in clear; delete it first")
    static let groupMissing = DataError.referenceMissing(.settingGroup, constraint: "globalSettings_group_id_fkey")
    static let nothingToKeep = DataError.validation("value", "there is no secret that ***** could stand for")

    /// The settings that the program defines, by key.
    static let defined = Dictionary(SettingDefinition.team.map { ($0.key.bytewise, $0) }) { first, _ in first }

    /// Whether a text can be a key: 1 to 255 characters of `[A-Za-z0-9._-]`.
    static func isKey(_ key: String) -> Bool {
        (1...255).contains(key.utf8.count)
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    static func key(_ key: String) throws(DataError) -> String {
        guard isKey(key) else { throw .validation("key", "it must be 1 to 255 of A-Z, a-z, 0-9, '.', '_' and '-'") }
        return key
    }

    /// Throws when a value is too long or holds U+0000.
    static func validate(_ value: SettingValue, field: String = "value") throws(DataError) {
        _ = try TextRule(field: field, characters: 0...maximumLength).checked(value.clearText)
    }

    /// Throws when a group cannot be stored.
    static func validated(_ group: SettingGroup) throws(DataError) -> SettingGroup {
        guard IdentifierRule.canExist(group.id) else { throw .validation("groups.id", "it must have 1 to 255 bytes") }
        guard (Int(Int32.min)...Int(Int32.max)).contains(group.sortOrder) else {
            throw .validation("groups.sortOrder", "it must be \(Int32.min) to \(Int32.max)")
        }
        return SettingGroup(
            id: group.id, name: try TextRule(field: "groups.name", characters: 1...200, isTrimmed: true).checked(group.name),
            description: try TextRule(field: "groups.description", characters: 0...1_000).checked(group.description),
            icon: try TextRule(field: "groups.icon", characters: 1...100).checked(group.icon), sortOrder: group.sortOrder)
    }

    /// Groups as they are stored, in order of their identifiers.
    static func groups(_ groups: [SettingGroup]) throws(DataError) -> [SettingGroup] {
        guard groups.count <= maximumCount else { throw .validation("groups", "there may be at most \(maximumCount)") }
        var stored: [SettingGroup] = []
        for group in groups { stored.append(try validated(group)) }
        return stored.sorted { $0.id < $1.id }
    }

    /// Throws when some settings cannot be stored together.
    static func validate(count: Int, keys: [String]) throws(DataError) {
        guard count <= maximumCount else { throw .validation("settings", "there may be at most \(maximumCount)") }
        guard Set(keys.map(\.bytewise)).count == keys.count else { throw .validation("settings", "each key may occur once") }
    }

    /// What a stored text that is not of its type throws.
    static func malformed(_ key: String, _ expectation: String) -> DataError {
        DataError(.configuration, entity: .setting, field: key, reason: "the setting must be \(expectation)")
    }
}

extension SettingDefinition {
    /// Whether the setting may have a value.
    func accepts(_ value: SettingValue) -> Bool {
        guard value.type == defaultValue.type, (value.secret == nil) == (defaultValue.secret == nil) else { return false }
        guard let range else { return true }
        return value.integer.map(range.contains) ?? false
    }

    /// Reads a stored text as what the definition says, whatever type is stored beside it.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` that names the setting when the definition does not allow the value.
    func value(ofText text: String) throws(DataError) -> SettingValue {
        guard let value = try? SettingValue(stored: text, as: defaultValue.type, of: key), accepts(value) else {
            throw SettingRules.malformed(key, expectation)
        }
        return value
    }

    /// What the setting may be, as a part of a sentence.
    var expectation: String {
        if let range { return "a whole number, \(range.lowerBound) to \(range.upperBound)" }
        return switch defaultValue {
        case .string: "a text"
        case .number: "a number"
        case .boolean: "true or false"
        case .secret: "a secret"
        }
    }
}

extension NewSetting {
    /// Whether the value stands for the secret that is stored.
    var keepsSecret: Bool { value.secret?.reveal() == SealedSecret.mask }

    /// The setting as it is stored, or a validation error.
    func validated() throws(DataError) -> NewSetting {
        var setting = self
        setting.key = try SettingRules.key(key)
        try SettingRules.validate(value)
        if let definition = SettingRules.defined[key.bytewise], !definition.accepts(value) {
            throw .validation("value", "it must be \(definition.expectation)")
        }
        setting.name = try TextRule(field: "name", characters: 1...200, isTrimmed: true).checked(name)
        setting.description = try TextRule(field: "description", characters: 0...1_000).checked(description)
        if let groupID, !IdentifierRule.canExist(groupID) { throw SettingRules.groupMissing }
        return setting
    }
}

extension SettingRules {
    /// The rows of what a program defines, each key once, by key.
    static func defaults(_ definitions: [SettingDefinition], in environment: StoreEnvironment) throws(DataError) -> [StoredSetting] {
        try validate(count: definitions.count, keys: definitions.map(\.key))
        var rows: [StoredSetting] = []
        for definition in definitions {
            let setting = NewSetting(
                definition.key, definition.defaultValue, name: definition.name, description: definition.description, groupID: definition.groupID)
            // There is nothing yet that the mask could stand for.
            guard !setting.keepsSecret else { throw nothingToKeep }
            rows.append(try StoredSetting(try setting.validated(), in: environment))
        }
        return rows.sorted { $0.key.bytewise < $1.key.bytewise }
    }
}
