import DeployStackModels

/// A row of `globalSettingGroups`, with what the in-memory store uses of it.
struct SettingGroupRow: TableRow {
    var id: SettingGroupID
    var name: String

    static let tableName = "globalSettingGroups"
    static var table: TablePath<SettingGroupRow> { \.settingGroups }

    static let schema = TableSchema<SettingGroupRow>(primaryKey: "globalSettingGroups_pkey", Column("id") { $0.id.rawValue })

    /// The groups that every installation of the platform starts with.
    static let initial = [SettingGroupRow(id: "team", name: "Teams")]
}

/// A row of `globalSettings`, with what the in-memory store uses of it.
struct SettingRow: TableRow {
    var key: String
    var value: String
    var type: String
    var groupID: SettingGroupID?

    static let tableName = "globalSettings"
    static var table: TablePath<SettingRow> { \.settings }

    static let groupReference = ForeignKey<SettingRow>(
        "globalSettings_group_id_fkey", Column("group_id", nullable: { $0.groupID?.rawValue }), references: SettingGroupRow.self,
        onDelete: .setNull { $0.groupID = nil })

    static let schema = TableSchema<SettingRow>(
        primaryKey: "globalSettings_pkey", Column("key") { $0.key },
        foreignKeys: [groupReference],
        checks: [
            CheckRule("globalSettings_key_check", "key") { hasValidKey($0.key) },
            CheckRule("globalSettings_type_check", "type") { row in ["string", "number", "boolean"].contains { $0.hasSameBytes(as: row.type) } },
        ])

    /// The settings that every installation of the platform starts with.
    static let initial = [
        SettingRow(key: "team.creation_limit", value: "3", type: "number", groupID: "team"),
        SettingRow(key: "team.default_member_limit", value: "3", type: "number", groupID: "team"),
        SettingRow(key: "team.default_mcp_server_limit", value: "5", type: "number", groupID: "team"),
        SettingRow(key: "team.default_non_http_mcp_limit", value: "1", type: "number", groupID: "team"),
        SettingRow(key: "team.github_mcp_limit", value: "1", type: "number", groupID: "team"),
        SettingRow(key: "team.allow_remote_mcp", value: "false", type: "boolean", groupID: "team"),
        SettingRow(key: "team.allow_github_mcp", value: "true", type: "boolean", groupID: "team"),
        SettingRow(key: "team.allow_private_github_repos", value: "true", type: "boolean", groupID: "team"),
    ]

    /// Whether a key has 1 to 255 characters of `[A-Za-z0-9._-]`.
    private static func hasValidKey(_ key: String) -> Bool {
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
}
