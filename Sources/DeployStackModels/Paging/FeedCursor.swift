/// A place in a feed that is ordered by time of creation and identifier, newest first.
///
/// Reading a feed from a cursor costs the same at any depth, and items that arrive meanwhile neither repeat nor hide others.
public struct FeedCursor: Sendable, Hashable, Codable {
    /// When the item at this place was created, to the microsecond.
    public var createdAt: Timestamp
    /// The identifier of the item at this place, which decides between items of one microsecond.
    public var id: String

    /// Creates a cursor at an item.
    public init(createdAt: Timestamp, id: String) {
        self.createdAt = createdAt
        self.id = id
    }
}

/// Some items of a feed and the place where the next ones follow.
public struct FeedPage<Item: Sendable>: Sendable {
    /// The items, newest first.
    public var items: [Item]
    /// The place after the last item, or `nil` when the feed ends here.
    public var next: FeedCursor?

    /// Creates a part of a feed.
    public init(items: [Item], next: FeedCursor?) {
        self.items = items
        self.next = next
    }
}

extension FeedPage: Equatable where Item: Equatable {}
