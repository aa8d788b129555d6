public import DeployStackModels

/// Notifications: one inbox for each user.
public protocol NotificationRepository: Sendable {
    /// Notifies one user.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - title: One line, 1 to 200 characters after white space at its ends is removed.
    ///   - message: The message, 1 to 10 000 characters.
    /// - Throws: ``DataError`` of kind `.validation` with field `title` or `message`, `.referenceMissing` with entity `user`.
    @discardableResult
    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification

    /// Notifies many users, in one statement: all of them or, when the call throws, none.
    ///
    /// A user who is given twice is notified once. In order of their users' identifiers the notifications get consecutive numbers, so those of one
    /// moment have a fixed order.
    ///
    /// ```swift
    /// let count = try await store.notifications.create(users: subscribers, title: "Maintenance", message: "Tonight at 22:00 UTC.")
    /// ```
    ///
    /// - Parameters:
    ///   - users: The users, at most 10 000; without users nothing happens.
    ///   - title: One line, 1 to 200 characters after white space at its ends is removed.
    ///   - message: The message, 1 to 10 000 characters.
    /// - Returns: How many users were notified.
    /// - Throws: ``DataError`` of kind `.validation` with field `title`, `message` or `users`, `.referenceMissing` with entity `user` when one of the
    ///   users does not exist.
    @discardableResult
    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int

    /// Notifies the members of a team, in one statement.
    ///
    /// - Parameters:
    ///   - team: The team; an unknown one has no members.
    ///   - title: One line, 1 to 200 characters.
    ///   - message: The message, 1 to 10 000 characters.
    ///   - role: Only members with this role, or `nil` for all.
    ///   - excluding: A member who is not notified, or `nil`.
    /// - Returns: How many members were notified.
    /// - Throws: ``DataError`` of kind `.validation` with field `title`, `message` or `role`.
    @discardableResult
    func notifyTeam(
        _ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?
    ) async throws(DataError) -> Int

    /// Returns one of a user's notifications, or `nil` when there is none or it is another user's.
    func notification(_ id: NotificationID, user: UserID) async throws(DataError) -> AppNotification?

    /// Lists a user's notifications, newest first.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification>

    /// Returns a part of a user's notifications, newest first, at a cost that does not grow with depth.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - cursor: Where to go on, from ``FeedPage/next`` or ``AppNotification/cursor``, or `nil` to begin.
    ///   - limit: The most notifications to return, 1 to 100.
    /// - Throws: ``DataError`` of kind `.validation` with field `limit`, or `cursor` for one that was not made by this library.
    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification>

    /// Reads all notifications of a user, newest first, bit by bit: for exports.
    ///
    /// The notifications are those of one moment, that at which the first one is asked for: what arrives, is read or is deleted meanwhile changes
    /// nothing. An unknown user has none. ``DataStream`` says more.
    ///
    /// ```swift
    /// for try await notification in store.notifications.allNotifications(user: user) {
    ///     print(notification.createdAt, notification.title)
    /// }
    /// ```
    ///
    /// - Parameter user: The user.
    /// - Returns: The notifications.
    func allNotifications(user: UserID) -> DataStream<AppNotification>

    /// Returns what a user has got since a notification, oldest first: for a client that comes back and knows the last one it has shown.
    ///
    /// Later is what comes after that notification in the order of creation and identifier. There are at most 1000; ask again with the last one of them
    /// for more. When the user has no such notification, perhaps because it was deleted, these are the newest hundred.
    ///
    /// - Parameters:
    ///   - user: The user; an unknown one has missed nothing.
    ///   - id: The last notification that the client has.
    /// - Returns: The notifications, oldest first.
    func missed(user: UserID, since id: NotificationID) async throws(DataError) -> [AppNotification]

    /// Opens a stream of what a user is notified of from now on; ``NotificationStream`` says more.
    ///
    /// Every notification whose transaction commits after this call has returned is told. Read the inbox after it, and nothing lies between the two; what
    /// arrives just then may come in both.
    ///
    /// - Parameter user: The user; about an unknown one nothing is told.
    /// - Throws: ``DataError`` of kind `.configuration` when the store is connected through a pooler in transaction mode, which gives no connection to
    ///   listen on; `.ruleViolation` with rule `streamInTransaction` on a transaction's store.
    func stream(user: UserID) async throws(DataError) -> NotificationStream

    /// Opens a stream of what the members of a team are notified of from now on: of every notification that ``notifyTeam(_:title:message:role:excluding:)``
    /// makes for the team, one for each member who gets it. What its members get otherwise is theirs and not told here.
    ///
    /// - Parameter team: The team; about an unknown one nothing is told.
    /// - Throws: ``DataError`` as ``stream(user:)`` does.
    func stream(team: TeamID) async throws(DataError) -> NotificationStream

    /// Returns how many notifications a user has not read; 0 for an unknown user.
    func unreadCount(user: UserID) async throws(DataError) -> Int

    /// Returns how many notifications each of some users has not read, in one statement.
    ///
    /// - Parameter users: The users, at most 10 000, also more than once.
    /// - Returns: The number for each of them, 0 for one who is unknown.
    /// - Throws: ``DataError`` of kind `.validation` with field `users`.
    func unreadCounts(users: [UserID]) async throws(DataError) -> [UserID: Int]

    /// Marks one of a user's notifications as read.
    ///
    /// - Returns: Whether it changed: `false` when it was read already, does not exist or is another user's.
    @discardableResult
    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool

    /// Marks some of a user's notifications as read, in one statement. Those that do not exist or are another user's are passed over.
    ///
    /// - Parameters:
    ///   - ids: The notifications, at most 10 000.
    ///   - user: The user.
    /// - Returns: How many changed.
    /// - Throws: ``DataError`` of kind `.validation` with field `ids`.
    @discardableResult
    func markRead(_ ids: [NotificationID], user: UserID) async throws(DataError) -> Int

    /// Marks one of a user's notifications as not read.
    ///
    /// - Returns: Whether it changed: `false` when it was unread already, does not exist or is another user's.
    @discardableResult
    func markUnread(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool

    /// Marks a user's notifications as read.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - through: The moment up to which, inclusive, or `nil` for all. Give the time of the newest one that the user saw, so that nothing that
    ///     arrived since is marked.
    /// - Returns: How many changed.
    @discardableResult
    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int

    /// Deletes one of a user's notifications.
    ///
    /// - Returns: Whether there was one: `false` also when it is another user's.
    @discardableResult
    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool

    /// Deletes what a user has read.
    ///
    /// - Returns: How many notifications there were.
    @discardableResult
    func deleteRead(user: UserID) async throws(DataError) -> Int

    /// Deletes old notifications of all users, oldest first: maintenance, for a job that runs now and then.
    ///
    /// They are looked through in batches, each a statement and outside of a transaction committed by itself, so that no long deletion holds up anybody.
    /// When the call throws, what the batches before have deleted stays deleted; another call goes on.
    ///
    /// - Parameters:
    ///   - moment: Those created before it are deleted; one of that very moment stays.
    ///   - onlyRead: Whether unread ones stay.
    ///   - batchSize: How many notifications one statement looks at, 1 to 100 000.
    /// - Returns: How many were deleted.
    /// - Throws: ``DataError`` of kind `.validation` with field `batchSize`.
    @discardableResult
    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int
}

extension NotificationRepository {
    /// Notifies all members of a team.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func notifyTeam(_ team: TeamID, title: String, message: String) async throws(DataError) -> Int {
        try await notifyTeam(team, title: title, message: message, role: nil, excluding: nil)
    }

    /// Lists a user's notifications, newest first; by default the first twenty, read or not.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func list(user: UserID, unreadOnly: Bool = false) async throws(DataError) -> PageResult<AppNotification> {
        try await list(user: user, unreadOnly: unreadOnly, page: .first)
    }

    /// Returns the newest notifications of a user, or those after a cursor, twenty at most.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func feed(user: UserID, before cursor: FeedCursor? = nil) async throws(DataError) -> FeedPage<AppNotification> {
        try await feed(user: user, before: cursor, limit: 20)
    }

    /// Marks all of a user's notifications as read.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func markAllRead(user: UserID) async throws(DataError) -> Int {
        try await markAllRead(user: user, through: nil)
    }

    /// Deletes old notifications of all users, by default only those that were read, ten thousand a statement.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func purge(olderThan moment: Timestamp, onlyRead: Bool = true) async throws(DataError) -> Int {
        try await purge(olderThan: moment, onlyRead: onlyRead, batchSize: 10_000)
    }
}
