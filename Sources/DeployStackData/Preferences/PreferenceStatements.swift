import DeployStackModels
import PostgresDriver

extension Statement<StoredPreference> {
    /// Served by the unique key that begins with the user.
    static func preferences(of user: UserID) -> Self {
        Self(
            """
            SELECT "preference_key", "preference_value"
            FROM "userPreferences"
            WHERE "user_id" = \(user)
            ORDER BY "preference_key" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            StoredPreference(key: try row.read(), value: try row.read())
        }
    }
}

extension Statement<String> {
    /// Served by the unique key on user and key.
    static func preference(_ key: String, of user: UserID) -> Self {
        Self(
            """
            SELECT "preference_value"
            FROM "userPreferences"
            WHERE "user_id" = \(user) AND "preference_key" = \(key)
            """)
    }
}

extension Statement<Void> {
    /// Stores some preferences, whether they are there or not. The order is also that in which two calls wait for each other.
    static func setPreferences(_ preferences: [StoredPreference], ids: [String], of user: UserID, at now: Timestamp) -> Self {
        Self(
            """
            INSERT INTO "userPreferences" AS p ("id", "user_id", "preference_key", "preference_value", "created_at", "updated_at")
            SELECT n."id", \(user), n."key", n."value", \(now), \(now)
            FROM unnest(\(ids), \(preferences.map(\.key)), \(preferences.map(\.value))) AS n ("id", "key", "value")
            ORDER BY n."key" COLLATE "C"
            ON CONFLICT ("user_id", "preference_key") DO UPDATE
            SET "preference_value" = excluded."preference_value", "updated_at" = excluded."updated_at"
            """)
    }
}
