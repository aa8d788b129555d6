import DeployStackModels

/// A row of `globalSettingGroups`.
extension SettingGroup: TableRow {
    static let tableName = "globalSettingGroups"
    static var table: TablePath<SettingGroup> { \.settingGroups }
    static let policy: RowPolicy<SettingGroup> = .platform

    static let schema = TableSchema<SettingGroup>(primaryKey: "globalSettingGroups_pkey", Column("id") { $0.id.rawValue })

    /// The groups that every installation of the platform starts with, as the migrations insert them.
    static let initial = [
        SettingGroup(id: "team", name: "Teams", description: "Limits and permissions that new teams start with", icon: "users")
    ]
}

/// A row of `globalSettings`.
extension StoredSetting: TableRow {
    static let tableName = "globalSettings"
    static var table: TablePath<StoredSetting> { \.settings }
    static let policy: RowPolicy<StoredSetting> = .platform { !$0.isEncrypted }

    static let groupReference = ForeignKey<StoredSetting>(
        "globalSettings_group_id_fkey", Column("group_id", nullable: { $0.groupID?.rawValue }), references: SettingGroup.self,
        onDelete: .setNull { $0.groupID = nil })

    static let schema = TableSchema<StoredSetting>(
        primaryKey: "globalSettings_pkey", Column("key") { $0.key },
        foreignKeys: [groupReference],
        checks: [
            CheckRule("globalSettings_key_check", "key") { SettingRules.isKey($0.key) },
            CheckRule("globalSettings_type_check", "type") { $0.type.isKnown },
        ])

    /// The settings that every installation of the platform starts with, as the migrations insert them.
    static let initial = SettingDefinition.team.map { definition in
        StoredSetting(
            key: definition.key, name: definition.name, value: definition.defaultValue.clearText, type: definition.defaultValue.type,
            description: definition.description, isEncrypted: false, groupID: definition.groupID, createdAt: .platformEpoch,
            updatedAt: .platformEpoch)
    }
}
