import DeployStackModels

/// What the fields of a notification may be.
enum NotificationRules {
    /// The limits that a part of a feed may have.
    static let feedLimits = 1...100

    static func title(_ title: String) throws(DataError) -> String {
        try TextRule(field: "title", characters: 1...200, isTrimmed: true).checked(title)
    }

    static func message(_ message: String) throws(DataError) -> String {
        try TextRule(field: "message", characters: 1...10_000).checked(message)
    }

    /// The most users that one call notifies.
    static let maximumRecipients = 10_000

    /// Throws when some users cannot be notified together. One who does not exist is found by the database.
    static func validate(recipients: [UserID]) throws(DataError) {
        guard recipients.count <= maximumRecipients else { throw .validation("users", "it must have at most 10 000 users") }
        guard recipients.allSatisfy({ IdentifierRule.canExist($0) }) else { throw unknownUser }
    }

    /// The most users whose unread notifications one call counts.
    static let maximumCounted = 10_000

    /// Throws when one call cannot count for so many users.
    static func validate(counted users: [UserID]) throws(DataError) {
        guard users.count <= maximumCounted else { throw .validation("users", "it must have at most 10 000 users") }
    }

    /// The most notifications that one call marks.
    static let maximumMarked = 10_000

    /// Those of some notifications that can exist, each once; throws when they are too many.
    static func markable(_ ids: [NotificationID]) throws(DataError) -> Set<NotificationID> {
        guard ids.count <= maximumMarked else { throw .validation("ids", "it must have at most 10 000 notifications") }
        return Set(ids.filter { IdentifierRule.canExist($0) })
    }

    /// The most notifications that a client that comes back is given at once.
    static let mostMissed = 1_000

    /// How many notifications a client is given whose last one is not known.
    static let mostWithoutPlace = 100

    /// The sizes that a batch of a purge may have.
    static let batchSizes = 1...100_000

    /// What opening a stream in a transaction throws: it would see what may never be committed, and outlive the transaction.
    static let streamInTransaction = DataError.ruleViolation(.streamInTransaction, "open the stream on the store itself, outside of the transaction")

    /// What a notification for a user who does not exist throws.
    static let unknownUser = DataError.referenceMissing(.user, constraint: "notifications_user_id_fkey")

    static func validate(role: TeamRole?) throws(DataError) {
        if let role, !role.isKnown { throw .validation("role", "it must be team_admin or team_user") }
    }

    /// A cursor that can be compared with stored notifications, or a validation error.
    static func checked(_ cursor: FeedCursor) throws(DataError) -> FeedCursor {
        guard IdentifierRule.canExist(NotificationID(cursor.id)) else {
            throw .validation("cursor", "it must be one that a feed returned")
        }
        return cursor
    }

    /// A part of a feed, given one item more than it may have if there is one.
    static func feedPage(_ items: [AppNotification], limit: Int) -> FeedPage<AppNotification> {
        let page = Array(items.prefix(limit))
        return FeedPage(items: page, next: items.count > limit ? page.last?.cursor : nil)
    }
}
