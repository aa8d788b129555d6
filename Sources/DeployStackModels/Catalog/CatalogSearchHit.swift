/// An entry that a search found.
public struct CatalogSearchHit: Sendable, Hashable {
    /// The entry.
    public var server: McpServer
    /// How well it fits the query: PostgreSQL's `ts_rank`, greater is better. Ranks of different queries cannot be compared.
    public var rank: Float
    /// Where the words that were searched for stand in ``McpServer/name``: ascending, not overlapping.
    ///
    /// A word is marked in whatever form it stands there. What a search excludes is not marked, and a word of a phrase also where it stands alone.
    public var nameHighlights: [Range<String.Index>]
    /// Where the words that were searched for stand in ``McpServer/description``, as in ``nameHighlights``.
    public var descriptionHighlights: [Range<String.Index>]
    /// The tags that were searched for, in the order in which the entry has them. Empty unless the query includes tags.
    public var matchedTags: [String]

    /// Creates a hit.
    public init(
        server: McpServer, rank: Float, nameHighlights: [Range<String.Index>] = [], descriptionHighlights: [Range<String.Index>] = [],
        matchedTags: [String] = []
    ) {
        self.server = server
        self.rank = rank
        self.nameHighlights = nameHighlights
        self.descriptionHighlights = descriptionHighlights
        self.matchedTags = matchedTags
    }

    /// The name with something before and after each highlight, for a terminal or a log. It is not made safe for HTML.
    public func markedName(_ opening: String, _ closing: String) -> String { Self.mark(server.name, nameHighlights, opening, closing) }

    /// The description with something before and after each highlight, or `nil` when there is none. It is not made safe for HTML.
    public func markedDescription(_ opening: String, _ closing: String) -> String? {
        server.description.map { Self.mark($0, descriptionHighlights, opening, closing) }
    }

    private static func mark(_ text: String, _ ranges: [Range<String.Index>], _ opening: String, _ closing: String) -> String {
        var marked = ""
        var end = text.startIndex
        for range in ranges {
            marked += text[end..<range.lowerBound] + opening + text[range] + closing
            end = range.upperBound
        }
        return marked + text[end...]
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
