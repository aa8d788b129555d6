package import DeployStackModels
package import PostgresDriver

extension AppNotification: RowDecodable {
    package static let columns: ColumnList = ["id", "user_id", "title", "message", "read", "created_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), userID: try row.read(), title: try row.read(), message: try row.read(), isRead: try row.read(),
            createdAt: try row.read())
    }
}

extension Statement<AppNotification> {
    static func createNotification(_ notification: AppNotification) -> Self {
        """
        INSERT INTO "notifications" (\(AppNotification.columns))
        VALUES (\(notification.id), \(notification.userID), \(notification.title), \(notification.message), \(notification.isRead),
            \(notification.createdAt))
        RETURNING \(AppNotification.columns)
        """
    }

    /// Served by `idx_notifications_user_created`.
    static func notificationFeed(user: UserID, limit: Int) -> Self {
        """
        SELECT \(AppNotification.columns)
        FROM "notifications"
        WHERE "user_id" = \(user)
        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
        LIMIT \(limit)
        """
    }

    /// Served by `idx_notifications_user_created`, which has this order.
    static func allNotifications(user: UserID) -> Self {
        """
        SELECT \(AppNotification.columns)
        FROM "notifications"
        WHERE "user_id" = \(user)
        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
        """
    }

    /// Served by `idx_notifications_user_created`: the row comparison is where the scan of the index begins.
    static func notificationFeed(user: UserID, before cursor: FeedCursor, limit: Int) -> Self {
        """
        SELECT \(AppNotification.columns)
        FROM "notifications"
        WHERE "user_id" = \(user) AND ("created_at", "id" COLLATE "C") < (\(cursor.createdAt), \(cursor.id))
        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
        LIMIT \(limit)
        """
    }
}

extension Statement<Void> {
    /// Users in order of their identifiers get the identifiers `<id>-1`, `<id>-2` and so on, each one once.
    ///
    /// The users travel as one array, so the statement is the same for any number of them. The order of the rows is also that in which the foreign
    /// key locks the users, so that two calls wait for each other instead of locking each other out.
    static func createNotifications(users: [UserID], id: String, title: String, message: String, at now: Timestamp) -> Self {
        Self(
            """
            INSERT INTO "notifications" (\(AppNotification.columns))
            SELECT \(id) || '-' || row_number() OVER (ORDER BY "user_id" COLLATE "C"), "user_id", \(title), \(message), false, \(now)
            FROM (SELECT DISTINCT "user_id" FROM unnest(\(users)) AS i ("user_id")) AS "users"
            """)
    }

    /// Members in order of their user's identifier get the identifiers `<id>-1`, `<id>-2` and so on.
    ///
    /// They are held until their notifications are committed: one who is deleted meanwhile is left out, and the others are notified.
    static func notifyTeam(_ team: TeamID, id: String, title: String, message: String, role: TeamRole?, excluding: UserID?, at now: Timestamp) -> Self
    {
        Self(
            """
            WITH "members" AS (
                    SELECT m."user_id"
                    FROM "teamMemberships" AS m
                    INNER JOIN "authUser" AS u ON u."id" = m."user_id"
                    WHERE m."team_id" = \(team)
                        AND (\(role) IS NULL OR m."role" = \(role))
                        AND (\(excluding) IS NULL OR m."user_id" <> \(excluding))
                    ORDER BY m."user_id" COLLATE "C"
                    FOR KEY SHARE OF u)
            INSERT INTO "notifications" (\(AppNotification.columns))
            SELECT \(id) || '-' || row_number() OVER (ORDER BY "user_id" COLLATE "C"), "user_id", \(title), \(message), false, \(now)
            FROM "members"
            """)
    }

    static func markNotificationRead(_ id: NotificationID, user: UserID) -> Self {
        Self(
            """
            UPDATE "notifications"
            SET "read" = true
            WHERE "id" = \(id) AND "user_id" = \(user) AND "read" = false
            """)
    }

    static func markAllNotificationsRead(user: UserID, through: Timestamp?) -> Self {
        Self(
            """
            UPDATE "notifications"
            SET "read" = true
            WHERE "user_id" = \(user) AND "read" = false AND (\(through) IS NULL OR "created_at" <= \(through))
            """)
    }

    static func deleteNotification(_ id: NotificationID, user: UserID) -> Self {
        Self(
            """
            DELETE FROM "notifications"
            WHERE "id" = \(id) AND "user_id" = \(user)
            """)
    }
}

extension Statement<Int> {
    /// Served by `idx_notifications_unread`, by an index-only scan.
    static func unreadNotificationCount(user: UserID) -> Self {
        Self(
            """
            SELECT count(*)
            FROM "notifications"
            WHERE "user_id" = \(user) AND "read" = false
            """)
    }
}

extension Statement<Counted<AppNotification>> {
    /// Served by `idx_notifications_user_created`, and by `idx_notifications_unread` when only unread ones are wanted.
    static func notifications(user: UserID, unreadOnly: Bool, page: Page) -> Self {
        let condition: StatementFragment = unreadOnly ? "\"user_id\" = \(user) AND \"read\" = false" : "\"user_id\" = \(user)"
        return Self(
            counting: """
                WITH "matches" AS (SELECT \(AppNotification.columns) FROM "notifications" WHERE \(condition)),
                    "page" AS (
                        SELECT \(AppNotification.columns)
                        FROM "matches"
                        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
                        LIMIT \(page.limit) OFFSET \(page.offset))
                SELECT (SELECT count(*) FROM "matches") AS "total", \(AppNotification.columns["p"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "page" AS p ON true
                ORDER BY p."created_at" DESC, p."id" COLLATE "C" DESC
                """)
    }
}
