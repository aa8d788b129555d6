/// Which entries of the catalog to list. A property that is `nil` or empty restricts nothing; all that are given must hold.
public struct CatalogFilter: Sendable, Hashable {
    /// Who sees the entry.
    public var visibility: McpVisibility?
    /// The entry's category.
    public var category: CategoryID?
    /// The programming language, exactly.
    public var language: String?
    /// What runs it, exactly.
    public var runtime: String?
    /// Whether it can be used.
    public var status: McpServerStatus?
    /// How it is reached.
    public var transport: McpTransport?
    /// Where the entry came from.
    public var source: McpServerSource?
    /// Whether it is shown before others.
    public var isFeatured: Bool?
    /// Whether its users must sign in to it.
    public var requiresOAuth: Bool?
    /// Tags that the entry must all have.
    public var allTags: [String]
    /// Tags of which the entry must have one.
    public var anyTag: [String]
    /// Tags of which the entry must have none.
    public var noTags: [String]

    /// Creates a filter; by default it restricts nothing.
    public init(
        visibility: McpVisibility? = nil, category: CategoryID? = nil, language: String? = nil, runtime: String? = nil,
        status: McpServerStatus? = nil, transport: McpTransport? = nil, source: McpServerSource? = nil, isFeatured: Bool? = nil,
        requiresOAuth: Bool? = nil, allTags: [String] = [], anyTag: [String] = [], noTags: [String] = []
    ) {
        self.visibility = visibility
        self.category = category
        self.language = language
        self.runtime = runtime
        self.status = status
        self.transport = transport
        self.source = source
        self.isFeatured = isFeatured
        self.requiresOAuth = requiresOAuth
        self.allTags = allTags
        self.anyTag = anyTag
        self.noTags = noTags
    }

    /// A filter that restricts nothing.
    public static let none = CatalogFilter()
}

/// In which order to list entries of the catalog. Every order ends with the identifier, so that no two entries are equal in it.
public enum CatalogSort: Sendable, Hashable {
    /// Featured entries first, then by name.
    case name
    /// Most stars first, entries without a number of stars last, then by name.
    case gitHubStars
    /// Newest first.
    case newest
}
