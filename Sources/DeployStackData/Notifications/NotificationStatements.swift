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

    static func notification(_ id: NotificationID, user: UserID) -> Self {
        """
        SELECT \(AppNotification.columns)
        FROM "notifications"
        WHERE "id" = \(id) AND "user_id" = \(user)
        """
    }

    /// Both halves are served by `idx_notifications_user_created`, read backwards and forwards. One of them gives nothing: the first without a place to
    /// begin at, since nothing comes after null, and the second with one.
    static func missedNotifications(user: UserID, since id: NotificationID, limit: Int, limitWithoutPlace: Int) -> Self {
        """
        WITH "place" AS (SELECT "created_at", "id" FROM "notifications" WHERE "id" = \(id) AND "user_id" = \(user)),
            "later" AS (
                SELECT \(AppNotification.columns)
                FROM "notifications"
                WHERE "user_id" = \(user)
                    AND ("created_at", "id" COLLATE "C") > ((SELECT "created_at" FROM "place"), (SELECT "id" FROM "place"))
                ORDER BY "created_at", "id" COLLATE "C"
                LIMIT \(limit)),
            "newest" AS (
                SELECT \(AppNotification.columns)
                FROM "notifications"
                WHERE "user_id" = \(user) AND NOT EXISTS (SELECT FROM "place")
                ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
                LIMIT \(limitWithoutPlace))
        SELECT \(AppNotification.columns["m"])
        FROM (SELECT \(AppNotification.columns) FROM "later" UNION ALL SELECT \(AppNotification.columns) FROM "newest") AS m
        ORDER BY m."created_at", m."id" COLLATE "C"
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
            INSERT INTO "notifications" (\(AppNotification.columns), "sent_to_team")
            SELECT \(id) || '-' || row_number() OVER (ORDER BY "user_id" COLLATE "C"), "user_id", \(title), \(message), false, \(now), \(team)
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

    /// The rows are locked in one order, so that two calls for the same ones wait for each other instead of locking each other out.
    static func markNotificationsRead(_ ids: [NotificationID], user: UserID) -> Self {
        Self(
            """
            UPDATE "notifications"
            SET "read" = true
            WHERE "id" IN (
                SELECT n."id"
                FROM "notifications" AS n
                WHERE n."id" = ANY(\(ids)) AND n."user_id" = \(user) AND n."read" = false
                ORDER BY n."id" COLLATE "C"
                FOR NO KEY UPDATE)
            """)
    }

    static func markNotificationUnread(_ id: NotificationID, user: UserID) -> Self {
        Self(
            """
            UPDATE "notifications"
            SET "read" = false
            WHERE "id" = \(id) AND "user_id" = \(user) AND "read" = true
            """)
    }

    static func markAllNotificationsRead(user: UserID, through: Timestamp?) -> Self {
        Self(
            """
            UPDATE "notifications"
            SET "read" = true
            WHERE "id" IN (
                SELECT n."id"
                FROM "notifications" AS n
                WHERE n."user_id" = \(user) AND n."read" = false AND (\(through) IS NULL OR n."created_at" <= \(through))
                ORDER BY n."id" COLLATE "C"
                FOR NO KEY UPDATE)
            """)
    }

    static func deleteNotification(_ id: NotificationID, user: UserID) -> Self {
        Self(
            """
            DELETE FROM "notifications"
            WHERE "id" = \(id) AND "user_id" = \(user)
            """)
    }

    /// Served by `idx_notifications_user_created`.
    static func deleteReadNotifications(user: UserID) -> Self {
        Self(
            """
            DELETE FROM "notifications"
            WHERE "id" IN (
                SELECT n."id"
                FROM "notifications" AS n
                WHERE n."user_id" = \(user) AND n."read" = true
                ORDER BY n."id" COLLATE "C"
                FOR UPDATE)
            """)
    }
}

/// How many unread notifications one user has.
struct UnreadCount: Sendable {
    var user: UserID
    var count: Int
}

extension Statement<UnreadCount> {
    /// Served by `idx_notifications_unread`. Users without unread notifications are not in the answer.
    static func unreadNotificationCounts(users: [UserID]) -> Self {
        Self(
            """
            SELECT "user_id", count(*)
            FROM "notifications"
            WHERE "user_id" = ANY(\(users)) AND "read" = false
            GROUP BY "user_id"
            ORDER BY "user_id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            UnreadCount(user: try row.read(), count: try row.read())
        }
    }
}

/// What one batch of a purge did.
struct PurgedBatch: Sendable {
    var deleted: Int
    /// The last notification that it looked at, or nil when there was none left.
    var last: FeedCursor?
}

extension Statement<PurgedBatch> {
    /// Looks at the oldest notifications behind a place, as many as a batch has, and deletes those that may go.
    ///
    /// It goes on behind what it has looked at, so that unread notifications that stay are not looked at again for each batch.
    static func purgeNotifications(olderThan moment: Timestamp, onlyRead: Bool, after place: FeedCursor?, batchSize: Int) -> Self {
        let rest: StatementFragment =
            if let place { " AND (\"created_at\", \"id\" COLLATE \"C\") > (\(place.createdAt), \(place.id))" } else { "" }
        return Self(
            """
            WITH "batch" AS (
                    SELECT "id", "created_at"
                    FROM "notifications"
                    WHERE "created_at" < \(moment)\(rest)
                    ORDER BY "created_at", "id" COLLATE "C"
                    LIMIT \(batchSize)),
                "deleted" AS (
                    DELETE FROM "notifications" AS n
                    USING "batch" AS b
                    WHERE n."id" = b."id" AND (n."read" OR NOT \(onlyRead))
                    RETURNING n."id")
            SELECT (SELECT count(*) FROM "deleted") AS "deleted", l."created_at", l."id"
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN (SELECT "created_at", "id" FROM "batch" ORDER BY "created_at" DESC, "id" COLLATE "C" DESC LIMIT 1) AS l ON true
            """
        ) { row throws(PostgresError) in
            let deleted: Int = try row.read()
            let (createdAt, id): (Timestamp?, String?) = (try row.read(), try row.read())
            return PurgedBatch(deleted: deleted, last: createdAt.flatMap { time in id.map { FeedCursor(createdAt: time, id: $0) } })
        }
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
