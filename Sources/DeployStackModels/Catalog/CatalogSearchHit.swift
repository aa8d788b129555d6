/// An entry that a search found.
public struct CatalogSearchHit: Sendable, Hashable {
    /// The entry.
    public var server: McpServer
    /// How well it fits the query: PostgreSQL's `ts_rank`, greater is better. Ranks of different queries cannot be compared.
    public var rank: Float

    /// Creates a hit.
    public init(server: McpServer, rank: Float) {
        self.server = server
        self.rank = rank
    }
}

/// A tag, and how many entries have it.
public struct TagCount: Sendable, Hashable {
    /// The tag.
    public var tag: String
    /// How many entries have it, 1 or more.
    public var count: Int

    /// Creates a count.
    public init(tag: String, count: Int) {
        self.tag = tag
        self.count = count
    }
}
