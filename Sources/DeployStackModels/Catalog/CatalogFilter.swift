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
    /// A JSON object that the entry's metadata must contain, as jsonb's operator `@>` has it.
    public var metadataContains: JSONValue?
    /// What must stand at a place of the entry's metadata.
    public var metadataMatch: MetadataMatch?

    /// Creates a filter; by default it restricts nothing.
    public init(
        visibility: McpVisibility? = nil, category: CategoryID? = nil, language: String? = nil, runtime: String? = nil,
        status: McpServerStatus? = nil, transport: McpTransport? = nil, source: McpServerSource? = nil, isFeatured: Bool? = nil,
        requiresOAuth: Bool? = nil, allTags: [String] = [], anyTag: [String] = [], noTags: [String] = [],
        metadataContains: JSONValue? = nil, metadataMatch: MetadataMatch? = nil
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
        self.metadataContains = metadataContains
        self.metadataMatch = metadataMatch
    }

    /// A filter that restricts nothing.
    public static let none = CatalogFilter()
}

/// A value at a place of an entry's metadata: the whole value, and nothing beside it.
///
/// ```swift
/// CatalogFilter(metadataMatch: MetadataMatch(at: ["billing", "plan"], equals: "team"))
/// ```
public struct MetadataMatch: Sendable, Hashable {
    /// The way to the place: keys of objects, and numbers of an array's elements, counted from 0 or, when negative, from the end. 1 to 20 steps.
    public var path: [String]
    /// The value, equal as jsonb has it: numbers by value, objects without regard to order.
    public var value: JSONValue

    /// Describes a value at a place.
    public init(at path: [String], equals value: JSONValue) {
        self.path = path
        self.value = value
    }
}

/// In which order to list entries of the catalog. Every order ends with the identifier, so that no two entries are equal in it.
///
/// There is no order by relevance here: nothing is relevant without a text to search for. A search has one and is in that order always, and so has no other; a
/// list has none.
public enum CatalogSort: Sendable, Hashable {
    /// Featured entries first, then by name.
    case name
    /// Most stars first, entries without a number of stars last, then by name.
    case gitHubStars
    /// Newest first.
    case newest
}
