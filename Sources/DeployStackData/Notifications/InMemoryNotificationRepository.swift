import DeployStackModels

/// Notifications in the in-memory tables.
struct InMemoryNotificationRepository: NotificationRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment
    /// nil in a transaction.
    let streams: InMemoryNotificationStreams?

    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        guard IdentifierRule.canExist(user) else { throw NotificationRules.unknownUser }
        let notification = AppNotification(
            id: NotificationID(environment.makeID()), userID: user, title: title, message: message, isRead: false, createdAt: environment.now())
        try await tables.write { tables in try tables.arrive([notification]) }
        return notification
    }

    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        try NotificationRules.validate(recipients: users)
        guard !users.isEmpty else { return 0 }
        let fanOut = NotificationFanOut(id: environment.makeID(), title: title, message: message, at: environment.now())
        return try await tables.write { tables in try tables.insert(fanOut, for: Set(users)) }
    }

    func notifyTeam(
        _ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?
    ) async throws(DataError) -> Int {
        let (title, message) = (try NotificationRules.title(title), try NotificationRules.message(message))
        try NotificationRules.validate(role: role)
        guard IdentifierRule.canExist(team) else { return 0 }
        let fanOut = NotificationFanOut(id: environment.makeID(), title: title, message: message, at: environment.now())
        return try await tables.write { tables in
            let members = tables.members(of: team).filter { (role == nil || $0.role == role) && $0.userID != excluding }
            return try tables.insert(fanOut, for: Set(members.map(\.userID)), sentTo: team)
        }
    }

    func notification(_ id: NotificationID, user: UserID) async throws(DataError) -> AppNotification? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return nil }
        return try await tables.read { tables in
            guard let notification = tables.notifications[id]?.notification, notification.userID == user else { return nil }
            return notification
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

    func allNotifications(user: UserID) -> DataStream<AppNotification> {
        guard IdentifierRule.canExist(user) else { return DataStream([]) }
        return tables.stream { $0.notifications(of: user).newestFirst() }
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
        return try await tables.read { $0.notifications(of: user).count { !$0.isRead } }
    }

    func missed(user: UserID, since id: NotificationID) async throws(DataError) -> [AppNotification] {
        guard IdentifierRule.canExist(user) else { return [] }
        return try await tables.read { tables in
            let oldestFirst = Array(tables.notifications(of: user).newestFirst().reversed())
            guard let place = oldestFirst.firstIndex(where: { $0.id.bytewise == id.bytewise }) else {
                return Array(oldestFirst.suffix(NotificationRules.mostWithoutPlace))
            }
            return Array(oldestFirst[(place + 1)...].prefix(NotificationRules.mostMissed))
        }
    }

    func unreadCounts(users: [UserID]) async throws(DataError) -> [UserID: Int] {
        try NotificationRules.validate(counted: users)
        let counts = Dictionary(users.map { ($0, 0) }) { count, _ in count }
        guard counts.keys.contains(where: { IdentifierRule.canExist($0) }) else { return counts }
        return try await tables.read { tables in
            Dictionary(uniqueKeysWithValues: counts.keys.map { user in (user, tables.notifications(of: user).count { !$0.isRead }) })
        }
    }

    func markRead(_ ids: [NotificationID], user: UserID) async throws(DataError) -> Int {
        let ids = try NotificationRules.markable(ids)
        guard IdentifierRule.canExist(user), !ids.isEmpty else { return 0 }
        return try await tables.write { tables in
            let unread = tables.notifications(of: user).filter { !$0.isRead && ids.contains($0.id) }
            for notification in unread { try tables.setRead(true, notification) }
            return unread.count
        }
    }

    func markUnread(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await tables.write { tables in
            guard let notification = tables.notifications[id]?.notification, notification.userID == user, notification.isRead else { return false }
            try tables.setRead(false, notification)
            return true
        }
    }

    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await tables.write { tables in
            guard let notification = tables.notifications[id]?.notification, notification.userID == user, !notification.isRead else { return false }
            try tables.setRead(true, notification)
            return true
        }
    }

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await tables.write { tables in
            let unread = tables.notifications(of: user).filter { item in
                !item.isRead && through.map { item.createdAt <= $0 } ?? true
            }
            for notification in unread { try tables.setRead(true, notification) }
            return unread.count
        }
    }

    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return false }
        return try await tables.write { tables in
            guard tables.notifications[id]?.notification.userID == user else { return false }
            return try tables.delete(NotificationRow.self, [id.bytewise]) > 0
        }
    }

    func deleteRead(user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await tables.write { tables in
            try tables.delete(NotificationRow.self, tables.notifications(of: user).filter(\.isRead).map(\.id.bytewise))
        }
    }

    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int {
        try Page.validate(limit: batchSize, in: NotificationRules.batchSizes, field: "batchSize")
        return try await tables.write { tables in
            let old = tables.notifications.all.map(\.notification).filter { $0.createdAt < moment && ($0.isRead || !onlyRead) }
            return try tables.delete(NotificationRow.self, old.map(\.id.bytewise))
        }
    }
}

/// One message for many users. They get the identifiers `<id>-1`, `<id>-2` and so on in order of their own.
private struct NotificationFanOut: Sendable {
    let id: String
    let title: String
    let message: String
    let now: Timestamp

    init(id: String, title: String, message: String, at now: Timestamp) {
        self.id = id
        self.title = title
        self.message = message
        self.now = now
    }
}

extension InMemoryTables {
    /// Inserts a notification for each user.
    ///
    /// - Returns: How many there are.
    fileprivate mutating func insert(_ fanOut: NotificationFanOut, for users: Set<UserID>, sentTo team: TeamID? = nil) throws(DataError) -> Int {
        let notifications = users.sorted().enumerated().map { index, user in
            AppNotification(
                id: NotificationID("\(fanOut.id)-\(index + 1)"), userID: user, title: fanOut.title, message: fanOut.message, isRead: false,
                createdAt: fanOut.now)
        }
        try arrive(notifications, sentTo: team)
        return notifications.count
    }

    /// Inserts notifications, which streams find by the transaction that they arrived in.
    fileprivate mutating func arrive(_ notifications: [AppNotification], sentTo team: TeamID? = nil) throws(DataError) {
        guard !notifications.isEmpty else { return }
        try insert(notifications.map { NotificationRow(notification: $0, arrivedIn: transactionNumber, sentToTeam: team) })
        lastArrival = transactionNumber
    }

    /// A user's notifications, in no order.
    fileprivate func notifications(of user: UserID) -> [AppNotification] {
        notifications.rows(referringTo: user.rawValue, by: NotificationRow.userReference).map(\.notification)
    }

    fileprivate mutating func setRead(_ isRead: Bool, _ notification: AppNotification) throws(DataError) {
        try update(NotificationRow.self, notification.id.bytewise) { $0.notification.isRead = isRead }
    }
}

extension [AppNotification] {
    fileprivate func newestFirst() -> [AppNotification] {
        sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
    }
}
