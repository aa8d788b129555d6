/// A group that settings are shown in.
public struct SettingGroup: Sendable, Hashable, Identifiable {
    /// The group's identifier.
    public var id: SettingGroupID
    /// The name that people see, 1 to 200 characters.
    public var name: String
    /// What the settings of the group are for, or `nil`; at most 1 000 characters.
    public var description: String?
    /// The name of an icon, or `nil`; at most 100 characters.
    public var icon: String?
    /// Where the group stands among the others: the lowest number comes first.
    public var sortOrder: Int

    /// Creates a group value.
    public init(id: SettingGroupID, name: String, description: String? = nil, icon: String? = nil, sortOrder: Int = 0) {
        self.id = id
        self.name = name
        self.description = description
        self.icon = icon
        self.sortOrder = sortOrder
    }
}

/// A group with its settings.
public struct SettingGroupWithSettings: Sendable, Hashable, Identifiable {
    /// The group.
    public var group: SettingGroup
    /// Its settings, by key.
    public var settings: [Setting]

    /// The group's identifier.
    public var id: SettingGroupID { group.id }

    /// Creates a value.
    public init(group: SettingGroup, settings: [Setting]) {
        self.group = group
        self.settings = settings
    }
}
