/// A setting of the whole platform, as lists show it.
public struct Setting: Sendable, Hashable, Identifiable {
    /// What a stored setting holds.
    public enum Content: Sendable, Hashable {
        /// Its value.
        case value(SettingValue)
        /// A value that cannot be read, and why: it cannot be decrypted, or its text is not of the setting's type.
        case unreadable(DataError)
    }

    /// The setting's key, 1 to 255 of `A`–`Z`, `a`–`z`, `0`–`9`, `.`, `_` and `-`.
    public var key: String
    /// The name that people see, or `nil`.
    public var name: String?
    /// What the setting is for, or `nil`.
    public var description: String?
    /// The value, or why it cannot be read.
    public var content: Content
    /// What kind of value it is.
    public var type: SettingType
    /// Whether the value is stored encrypted.
    public var isEncrypted: Bool
    /// The group that the setting is shown in, or `nil`.
    public var groupID: SettingGroupID?
    /// When the setting was created.
    public var createdAt: Timestamp
    /// When the setting was last changed.
    public var updatedAt: Timestamp

    /// The setting's key.
    public var id: String { key }

    /// The value, or `nil` when it cannot be read.
    public var value: SettingValue? {
        guard case .value(let value) = content else { return nil }
        return value
    }

    /// Creates a setting value.
    public init(
        key: String, name: String?, description: String?, content: Content, type: SettingType, isEncrypted: Bool, groupID: SettingGroupID?,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.key = key
        self.name = name
        self.description = description
        self.content = content
        self.type = type
        self.isEncrypted = isEncrypted
        self.groupID = groupID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What is needed to store a setting.
public struct NewSetting: Sendable, Hashable {
    /// The key, 1 to 255 of `A`–`Z`, `a`–`z`, `0`–`9`, `.`, `_` and `-`.
    public var key: String
    /// The value. The secret `*****` stands for the one that is stored.
    public var value: SettingValue
    /// The name that people see, 1 to 200 characters, or `nil` to keep the present one.
    public var name: String?
    /// What the setting is for, at most 1 000 characters, or `nil` to keep what is there.
    public var description: String?
    /// The group that the setting is shown in, or `nil` to keep the present one.
    public var groupID: SettingGroupID?

    /// Describes a setting to store.
    public init(_ key: String, _ value: SettingValue, name: String? = nil, description: String? = nil, groupID: SettingGroupID? = nil) {
        self.key = key
        self.value = value
        self.name = name
        self.description = description
        self.groupID = groupID
    }
}
