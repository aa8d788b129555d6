/// An entry of the catalog: what a server is, how it is started or reached, and what may be configured. It is not a running thing.
///
/// Lists, searches and joined views fill the properties here. What only a single look-up needs is in ``details``, which lists leave out.
public struct McpServer: Sendable, Hashable, Identifiable, Codable {
    /// The server's identifier.
    public var id: McpServerID
    /// The server's name, 1 to 200 characters.
    public var name: String
    /// The name of the server in addresses: lower-case letters, digits and hyphens, at most 63, unique. It never changes.
    public var slug: String
    /// What the server does, or `nil`.
    public var description: String?
    /// Where its icon is, or `nil`.
    public var iconURL: String?
    /// Where its website is, or `nil`.
    public var websiteURL: String?
    /// Where its source code is, or `nil`.
    public var repositoryURL: String?
    /// The programming language, `unknown` when not known.
    public var language: String
    /// What runs it, such as `node` or `docker`, `unknown` when not known.
    public var runtime: String
    /// How it is reached.
    public var transport: McpTransport
    /// Who sees it.
    public var visibility: McpVisibility
    /// The team that owns it; `nil` exactly when everybody sees it.
    public var ownerTeamID: TeamID?
    /// Its category, or `nil`.
    public var categoryID: CategoryID?
    /// Its tags in the order in which they were given, none of them blank or twice. They are compared exactly, by bytes.
    public var tags: [String]
    /// Anything else that is known about it; always a JSON object.
    public var metadata: JSONValue
    /// Whether it can be used.
    public var status: McpServerStatus
    /// Whether it is shown before others.
    public var isFeatured: Bool
    /// Where the entry came from.
    public var source: McpServerSource
    /// Whether its users must sign in to it.
    public var requiresOAuth: Bool
    /// How many stars its repository has, or `nil` when not known.
    public var gitHubStars: Int?
    /// When the entry was created.
    public var createdAt: Timestamp
    /// When the entry was last changed.
    public var updatedAt: Timestamp
    /// What lists leave out: `nil` in lists, searches and joined views, present when a single server was looked up or created.
    public var details: McpServerDetails?

    /// Creates a server value.
    public init(
        id: McpServerID, name: String, slug: String, description: String?, iconURL: String?, websiteURL: String?, repositoryURL: String?,
        language: String, runtime: String, transport: McpTransport, visibility: McpVisibility, ownerTeamID: TeamID?, categoryID: CategoryID?,
        tags: [String], metadata: JSONValue, status: McpServerStatus, isFeatured: Bool, source: McpServerSource, requiresOAuth: Bool,
        gitHubStars: Int?, createdAt: Timestamp, updatedAt: Timestamp, details: McpServerDetails?
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.description = description
        self.iconURL = iconURL
        self.websiteURL = websiteURL
        self.repositoryURL = repositoryURL
        self.language = language
        self.runtime = runtime
        self.transport = transport
        self.visibility = visibility
        self.ownerTeamID = ownerTeamID
        self.categoryID = categoryID
        self.tags = tags
        self.metadata = metadata
        self.status = status
        self.isFeatured = isFeatured
        self.source = source
        self.requiresOAuth = requiresOAuth
        self.gitHubStars = gitHubStars
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.details = details
    }
}
