import DeployStackModels

/// A row of `globalSettings`: the value is a text, encrypted when it is a secret.
struct StoredSetting: Sendable {
    var key: String
    var name: String?
    var value: String
    var type: SettingType
    var description: String?
    var isEncrypted: Bool
    var groupID: SettingGroupID?
    var createdAt: Timestamp
    var updatedAt: Timestamp

    /// The row of a setting to store; a secret is encrypted.
    init(_ setting: NewSetting, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        self.init(
            key: setting.key, name: setting.name, value: try setting.value.storedText(for: setting.key, in: environment),
            type: setting.value.type, description: setting.description, isEncrypted: setting.value.secret != nil, groupID: setting.groupID,
            createdAt: now, updatedAt: now)
    }

    init(
        key: String, name: String?, value: String, type: SettingType, description: String?, isEncrypted: Bool, groupID: SettingGroupID?,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.key = key
        self.name = name
        self.value = value
        self.type = type
        self.description = description
        self.isEncrypted = isEncrypted
        self.groupID = groupID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The value, decrypted when it is a secret.
    func value(in environment: StoreEnvironment) throws(DataError) -> SettingValue {
        guard isEncrypted else { return try SettingValue(stored: value, as: type, of: key) }
        guard let cipher = environment.cipher else { throw SecretCipher.secretRequiredToReveal }
        return .secret(SecretText(try cipher.open(stored: value, at: .setting(key))))
    }

    /// The setting as lists show it: a value that cannot be read is marked as such.
    func setting(in environment: StoreEnvironment) -> Setting {
        let content: Setting.Content
        do throws(DataError) { content = .value(try value(in: environment)) } catch { content = .unreadable(error) }
        return Setting(
            key: key, name: name, description: description, content: content, type: type, isEncrypted: isEncrypted, groupID: groupID,
            createdAt: createdAt, updatedAt: updatedAt)
    }
}

extension SettingValue {
    /// The value as a text that is not encrypted.
    var clearText: String {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .boolean(let flag): flag ? "true" : "false"
        case .secret(let secret): secret.reveal()
        }
    }

    /// The value as it is stored under a key; a secret is encrypted.
    func storedText(for key: String, in environment: StoreEnvironment) throws(DataError) -> String {
        guard case .secret(let secret) = self else { return clearText }
        guard let cipher = environment.cipher else { throw SecretCipher.secretRequired }
        return try cipher.seal(secret.reveal(), at: .setting(key)).stored
    }

    /// Reads a stored text.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` that names the setting whose text is not of its type.
    init(stored text: String, as type: SettingType, of key: String) throws(DataError) {
        switch type {
        case .number:
            guard let number = try? JSONNumber(parsing: text.trimmingWhitespace()) else { throw SettingRules.malformed(key, "a number") }
            self = .number(number)
        case .boolean:
            guard let flag = BooleanText.flag(text) else { throw SettingRules.malformed(key, "true or false") }
            self = .boolean(flag)
        default: self = .string(text)
        }
    }
}

/// The texts that are read as yes or no.
enum BooleanText {
    /// Yes, no, or `nil` when a text is neither.
    static func flag(_ text: String) -> Bool? {
        switch text.trimmingWhitespace().lowercased() {
        case "true", "1", "yes", "on", "enabled": true
        case "false", "0", "no", "off", "disabled": false
        default: nil
        }
    }
}
