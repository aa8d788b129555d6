package import DeployStackModels
package import PostgresDriver

extension SettingType: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension StoredSetting: RowDecodable {
    static let columns: ColumnList = [
        "key", "name", "value", "type", "description", "is_encrypted", "group_id", "created_at", "updated_at",
    ]

    init(row: inout RowReader) throws(PostgresError) {
        self.init(
            key: try row.read(), name: try row.read(), value: try row.read(), type: try row.read(), description: try row.read(),
            isEncrypted: try row.read(), groupID: try row.read(), createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension SettingGroup: RowDecodable {
    package static let columns: ColumnList = ["id", "name", "description", "icon", "sort_order"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), description: try row.read(), icon: try row.read(), sortOrder: try row.read())
    }
}

extension Statement<StoredSetting> {
    static func settings(_ keys: [String]) -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        WHERE "key" = ANY (\(keys))
        ORDER BY "key" COLLATE "C"
        """
    }

    static func setting(_ key: String) -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        WHERE "key" = \(key)
        """
    }

    static func allSettings() -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        ORDER BY "key" COLLATE "C"
        """
    }

    /// Served by `idx_globalSettings_group`.
    static func settings(group: SettingGroupID) -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        WHERE "group_id" = \(group)
        ORDER BY "key" COLLATE "C"
        """
    }

    static func searchSettings(_ search: SubstringRule) -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        WHERE strpos(lower("key"), \(search.lowercased)) > 0 OR strpos(lower("name"), \(search.lowercased)) > 0
            OR strpos(lower("description"), \(search.lowercased)) > 0
        ORDER BY "key" COLLATE "C"
        """
    }

    /// Stores a setting, whether it is there or not; gives no row when it would replace a secret by a value in clear.
    static func setSetting(_ setting: StoredSetting) -> Self {
        """
        INSERT INTO "globalSettings" AS s (\(StoredSetting.columns))
        VALUES (\(setting.key), \(setting.name), \(setting.value), \(setting.type), \(setting.description), \(setting.isEncrypted),
            \(setting.groupID), \(setting.createdAt), \(setting.updatedAt))
        ON CONFLICT ("key") DO UPDATE
        SET "name" = coalesce(excluded."name", s."name"), "value" = excluded."value", "type" = excluded."type",
            "description" = coalesce(excluded."description", s."description"), "is_encrypted" = excluded."is_encrypted",
            "group_id" = coalesce(excluded."group_id", s."group_id"), "updated_at" = excluded."updated_at"
        WHERE excluded."is_encrypted" OR NOT s."is_encrypted"
        RETURNING \(StoredSetting.columns)
        """
    }

    /// Changes what is said about a secret, and not the secret; gives no row when there is none under the key.
    static func describeSecret(_ setting: NewSetting, at now: Timestamp) -> Self {
        """
        UPDATE "globalSettings"
        SET "name" = coalesce(\(setting.name), "name"), "description" = coalesce(\(setting.description), "description"),
            "group_id" = coalesce(\(setting.groupID), "group_id"), "updated_at" = \(now)
        WHERE "key" = \(setting.key) AND "is_encrypted"
        RETURNING \(StoredSetting.columns)
        """
    }
}

extension Statement<Void> {
    static func deleteSetting(_ key: String) -> Self {
        Self(
            """
            DELETE FROM "globalSettings"
            WHERE "key" = \(key)
            """)
    }

    /// Stores those settings whose keys are free. The order is also that in which services that start together wait for each other.
    static func addSettings(_ settings: [StoredSetting], at now: Timestamp) -> Self {
        Self(
            """
            INSERT INTO "globalSettings" (\(StoredSetting.columns))
            SELECT n."key", n."name", n."value", n."type", n."description", n."is_encrypted", n."group_id", \(now), \(now)
            FROM unnest(\(settings.map(\.key)), \(settings.map(\.name)), \(settings.map(\.value)), \(settings.map(\.type.rawValue)),
                \(settings.map(\.description)), \(settings.map(\.isEncrypted)), \(settings.map(\.groupID)))
                AS n ("key", "name", "value", "type", "description", "is_encrypted", "group_id")
            ORDER BY n."key" COLLATE "C"
            ON CONFLICT ("key") DO NOTHING
            """)
    }

    /// Stores those groups whose identifiers are free.
    static func addSettingGroups(_ groups: [SettingGroup], at now: Timestamp) -> Self {
        Self(
            """
            INSERT INTO "globalSettingGroups" (\(SettingGroup.columns), "created_at", "updated_at")
            SELECT n."id", n."name", n."description", n."icon", n."sort_order", \(now), \(now)
            FROM unnest(\(groups.map(\.id)), \(groups.map(\.name)), \(groups.map(\.description)), \(groups.map(\.icon)),
                \(groups.map(\.sortOrder))) AS n ("id", "name", "description", "icon", "sort_order")
            ORDER BY n."id" COLLATE "C"
            ON CONFLICT ("id") DO NOTHING
            """)
    }
}

/// A group, and one of its settings if it has any.
struct GroupedSetting: Sendable {
    var group: SettingGroup
    var setting: StoredSetting?
}

extension Statement<GroupedSetting> {
    /// Served by `idx_globalSettings_group`.
    static func groupsWithSettings() -> Self {
        Self(
            """
            SELECT \(SettingGroup.columns["g"]), \(StoredSetting.columns["s"])
            FROM "globalSettingGroups" AS g
            LEFT JOIN "globalSettings" AS s ON s."group_id" = g."id"
            ORDER BY g."sort_order", g."name" COLLATE "C", g."id" COLLATE "C", s."key" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            GroupedSetting(group: try row.read(), setting: try row.readIfPresent())
        }
    }
}
