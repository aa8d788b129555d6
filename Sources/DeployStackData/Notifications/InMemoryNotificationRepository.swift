import DeployStackModels

/// Notifications in the in-memory tables.
struct InMemoryNotificationRepository: NotificationRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        guard IdentifierRule.canExist(user) else { throw .referenceMissing(.user, constraint: AppNotification.userReference.name) }
        let notification = AppNotification(
            id: NotificationID(environment.makeID()), userID: user, title: title, message: message, isRead: false, createdAt: environment.now())
        try await tables.write { tables in try tables.insert(notification) }
        return notification
    }

    func notifyTeam(
        _ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?
    ) async throws(DataError) -> Int {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        try NotificationRules.validate(role: role)
        guard IdentifierRule.canExist(team) else { return 0 }
        let (id, now) = (environment.makeID(), environment.now())
        return try await tables.write { tables in
            let users = tables.members(of: team)
                .filter { (role == nil || $0.role == role) && $0.userID != excluding }
                .map(\.userID)
                .sorted()
            let notifications = users.enumerated().map { index, user in
                AppNotification(
                    id: NotificationID("\(id)-\(index + 1)"), userID: user, title: title, message: message, isRead: false, createdAt: now)
            }
            try tables.insert(notifications)
            return notifications.count
        }
    }

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        try page.validate()
        guard IdentifierRule.canExist(user) else { return PageResult(items: [], total: 0, page: page) }
        return try await tables.read { tables in
            PageResult(of: tables.notifications(of: user).filter { !(unreadOnly && $0.isRead) }.newestFirst(), page)
        }
    }

    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification> {
        try Page.validate(limit: limit, in: NotificationRules.feedLimits, field: "limit")
        guard IdentifierRule.canExist(user) else { return FeedPage(items: [], next: nil) }
        let place = try cursor.map { (cursor) throws(DataError) in try NotificationRules.checked(cursor) }
        return try await tables.read { tables in
            let older = tables.notifications(of: user).filter { item in
                guard let place else { return true }
                return (item.createdAt, item.id.bytewise) < (place.createdAt, place.id.bytewise)
            }
            return NotificationRules.feedPage(older.newestFirst(), limit: limit)
        }
    }

    func unreadCount(user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await tables.read { $0.notifications(of: user).count { !$0.isRead } }
    }

    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await tables.write { tables in
            guard let notification = tables.notifications[id], notification.userID == user, !notification.isRead else { return false }
            try tables.markRead(notification)
            return true
        }
    }

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await tables.write { tables in
            let unread = tables.notifications(of: user).filter { item in
                !item.isRead && through.map { item.createdAt <= $0 } ?? true
            }
            for notification in unread { try tables.markRead(notification) }
            return unread.count
        }
    }

    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await tables.write { tables in
            guard tables.notifications[id]?.userID == user else { return false }
            return try tables.delete(AppNotification.self, [id.bytewise]) > 0
        }
    }
}

extension InMemoryTables {
    /// A user's notifications, in no order.
    fileprivate func notifications(of user: UserID) -> [AppNotification] {
        notifications.rows(referringTo: user.rawValue, by: AppNotification.userReference)
    }

    fileprivate mutating func markRead(_ notification: AppNotification) throws(DataError) {
        try update(AppNotification.self, notification.id.bytewise) { $0.isRead = true }
    }
}

extension [AppNotification] {
    fileprivate func newestFirst() -> [AppNotification] {
        sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
    }
}
