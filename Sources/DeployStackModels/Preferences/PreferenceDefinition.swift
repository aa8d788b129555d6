/// A preference of users as a program defines it. Only what is defined can be stored.
public struct PreferenceDefinition: Sendable, Hashable {
    /// The key, 1 to 255 of `A`–`Z`, `a`–`z`, `0`–`9`, `.`, `_` and `-`.
    public var key: String
    /// What a user prefers who has said nothing; it also says which type the preference has. A secret is no preference.
    public var defaultValue: SettingValue

    /// Defines a preference.
    public init(_ key: String, _ defaultValue: SettingValue) {
        self.key = key
        self.defaultValue = defaultValue
    }

    /// The preferences that a store knows unless it is told others: how the interface looks, which messages are sent by e-mail, and what was seen.
    public static let standard: [PreferenceDefinition] = [
        PreferenceDefinition("interface.theme", "system"),
        PreferenceDefinition("interface.sidebar_collapsed", false),
        PreferenceDefinition("notifications.email_enabled", true),
        PreferenceDefinition("notifications.acknowledged", ""),
        PreferenceDefinition("onboarding.completed", false),
    ]
}

/// What a user prefers.
public struct UserPreference: Sendable, Hashable {
    /// The preference's key.
    public var key: String
    /// What the user prefers.
    public var value: SettingValue
    /// Whether the user has not said so, and this is the default.
    public var isDefault: Bool

    /// Creates a value.
    public init(key: String, value: SettingValue, isDefault: Bool) {
        self.key = key
        self.value = value
        self.isDefault = isDefault
    }
}
