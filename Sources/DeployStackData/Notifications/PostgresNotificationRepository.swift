import DeployStackModels

/// Notifications in PostgreSQL.
struct PostgresNotificationRepository: NotificationRepository {
    let database: Database
    /// nil in a transaction.
    let streams: PostgresNotificationStreams?

    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        guard IdentifierRule.canExist(user) else { throw NotificationRules.unknownUser }
        let notification = AppNotification(
            id: NotificationID(database.environment.makeID()), userID: user, title: title, message: message, isRead: false,
            createdAt: database.environment.now())
        return try await database.one(.createNotification(notification))
    }

    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        try NotificationRules.validate(recipients: users)
        guard !users.isEmpty else { return 0 }
        return try await database.execute(
            .createNotifications(
                users: users, id: database.environment.makeID(), title: title, message: message, at: database.environment.now()))
    }

    func notifyTeam(
        _ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?
    ) async throws(DataError) -> Int {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        try NotificationRules.validate(role: role)
        guard IdentifierRule.canExist(team) else { return 0 }
        // An identifier that cannot exist excludes nobody, and could not be sent.
        let excluding = excluding.flatMap { IdentifierRule.canExist($0) ? $0 : nil }
        return try await database.execute(
            .notifyTeam(
                team, id: database.environment.makeID(), title: title, message: message, role: role, excluding: excluding,
                at: database.environment.now()))
    }

    func notification(_ id: NotificationID, user: UserID) async throws(DataError) -> AppNotification? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return nil }
        return try await database.optional(.notification(id, user: user))
    }

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        try page.validate()
        guard IdentifierRule.canExist(user) else { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.notifications(user: user, unreadOnly: unreadOnly, page: page), page)
    }

    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification> {
        try Page.validate(limit: limit, in: NotificationRules.feedLimits, field: "limit")
        guard IdentifierRule.canExist(user) else { return FeedPage(items: [], next: nil) }
        // One more than asked for tells whether anything follows.
        let items =
            if let cursor {
                try await database.all(.notificationFeed(user: user, before: try NotificationRules.checked(cursor), limit: limit + 1))
            } else {
                try await database.all(.notificationFeed(user: user, limit: limit + 1))
            }
        return NotificationRules.feedPage(items, limit: limit)
    }

    func allNotifications(user: UserID) -> DataStream<AppNotification> {
        guard IdentifierRule.canExist(user) else { return DataStream([]) }
        return database.stream { .allNotifications(user: user) }
    }

    func stream(user: UserID) async throws(DataError) -> NotificationStream {
        guard let streams else { throw NotificationRules.streamInTransaction }
        return try await streams.open(.existing(user: user))
    }

    func stream(team: TeamID) async throws(DataError) -> NotificationStream {
        guard let streams else { throw NotificationRules.streamInTransaction }
        return try await streams.open(.existing(team: team))
    }

    func unreadCount(user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await database.one(.unreadNotificationCount(user: user))
    }

    func missed(user: UserID, since id: NotificationID) async throws(DataError) -> [AppNotification] {
        guard IdentifierRule.canExist(user) else { return [] }
        // No notification has the empty identifier: one that cannot exist cannot be sent either.
        return try await database.all(
            .missedNotifications(
                user: user, since: IdentifierRule.canExist(id) ? id : "", limit: NotificationRules.mostMissed,
                limitWithoutPlace: NotificationRules.mostWithoutPlace))
    }

    func unreadCounts(users: [UserID]) async throws(DataError) -> [UserID: Int] {
        try NotificationRules.validate(counted: users)
        var counts = Dictionary(users.map { ($0, 0) }) { count, _ in count }
        let users = counts.keys.filter { IdentifierRule.canExist($0) }.sorted()
        guard !users.isEmpty else { return counts }
        for item in try await database.all(.unreadNotificationCounts(users: users)) { counts[item.user] = item.count }
        return counts
    }

    func markRead(_ ids: [NotificationID], user: UserID) async throws(DataError) -> Int {
        let ids = try NotificationRules.markable(ids)
        guard IdentifierRule.canExist(user), !ids.isEmpty else { return 0 }
        return try await database.execute(.markNotificationsRead(ids.sorted(), user: user))
    }

    func markUnread(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(.markNotificationUnread(id, user: user)) > 0
    }

    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(.markNotificationRead(id, user: user)) > 0
    }

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await database.execute(.markAllNotificationsRead(user: user, through: through))
    }

    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(.deleteNotification(id, user: user)) > 0
    }

    func deleteRead(user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await database.execute(.deleteReadNotifications(user: user))
    }

    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int {
        try Page.validate(limit: batchSize, in: NotificationRules.batchSizes, field: "batchSize")
        var deleted = 0
        var place: FeedCursor?
        repeat {
            let batch = try await database.one(
                .purgeNotifications(olderThan: moment, onlyRead: onlyRead, after: place, batchSize: batchSize))
            deleted += batch.deleted
            place = batch.last
        } while place != nil
        return deleted
    }
}
