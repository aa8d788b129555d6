/// A message to one user.
public struct AppNotification: Sendable, Hashable, Identifiable, Codable {
    /// The notification's identifier.
    public var id: NotificationID
    /// The user whom it is for.
    public var userID: UserID
    /// One line that says what it is about, 1 to 200 characters.
    public var title: String
    /// The message, 1 to 10 000 characters.
    public var message: String
    /// Whether the user has read it.
    public var isRead: Bool
    /// When it was created.
    public var createdAt: Timestamp

    /// Creates a notification value.
    public init(id: NotificationID, userID: UserID, title: String, message: String, isRead: Bool, createdAt: Timestamp) {
        self.id = id
        self.userID = userID
        self.title = title
        self.message = message
        self.isRead = isRead
        self.createdAt = createdAt
    }

    /// The place of this notification in its user's feed.
    public var cursor: FeedCursor { FeedCursor(createdAt: createdAt, id: id.rawValue) }
}
