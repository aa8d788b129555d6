/// A page of the catalog, and the tags of everything that the list has, from one snapshot of the database.
public struct CatalogListing: Sendable, Hashable {
    /// The page.
    public var servers: PageResult<McpServer>
    /// The tags of all entries of the list, not of the page alone, each with its number of entries: the most frequent first, then by bytes.
    public var tagCounts: [TagCount]

    /// Creates a listing.
    public init(servers: PageResult<McpServer>, tagCounts: [TagCount]) {
        self.servers = servers
        self.tagCounts = tagCounts
    }
}
