/// What is needed to create an entry of the catalog.
public struct NewServer: Sendable, Hashable {
    /// The server's name, 1 to 200 characters after white space at its ends is removed. The slug is made from it.
    public var name: String
    /// What the server does, at most 10 000 characters, or `nil`.
    public var description: String?
    /// A long description, at most 100 000 characters, or `nil`.
    public var longDescription: String?
    /// The README of its repository, at most 1 000 000 characters, or `nil`. It is not among an entry's details; `readme(_:)` of the catalog returns it.
    public var readme: String?
    /// The version, or `nil`.
    public var version: String?
    /// Where its icon is, or `nil`.
    public var iconURL: String?
    /// Where its website is, or `nil`.
    public var websiteURL: String?
    /// Where its source code is, or `nil`. Host and path are derived from it for GitHub, GitLab and Bitbucket.
    public var repositoryURL: String?
    /// The commit of the repository, or `nil`.
    public var gitCommitSHA: String?
    /// The programming language, or `nil` when not known.
    public var language: String?
    /// What runs it, or `nil` when not known.
    public var runtime: String?
    /// How it is reached.
    public var transport: McpTransport
    /// The team that owns it and alone sees it, or `nil` when everybody sees it.
    public var ownerTeam: TeamID?
    /// Its category, or `nil`.
    public var category: CategoryID?
    /// Its tags, at most 100 of at most 100 characters each. White space at their ends is removed, blank ones and repetitions are dropped.
    public var tags: [String]
    /// Anything else that is known about it; a JSON object of at most 1 MiB.
    public var metadata: JSONValue
    /// Whether it can be used.
    public var status: McpServerStatus
    /// Whether it is shown before others. Only a global administrator can set it; for others it is `false`.
    public var isFeatured: Bool
    /// Whether it is installed into every new default team. Only a global administrator can set it; for others it is `false`.
    public var isAutoInstalled: Bool
    /// Where the entry comes from.
    public var source: McpServerSource
    /// Whether its users must sign in to it.
    public var requiresOAuth: Bool
    /// How many stars its repository has, 0 or more, or `nil` when not known.
    public var gitHubStars: Int?
    /// How it is started: a JSON array of packages.
    public var packages: JSONValue
    /// How it is reached: a JSON array of remote endpoints.
    public var remotes: JSONValue
    /// What may be configured, and what is fixed.
    public var configuration: McpConfigurationSchemas

    /// Describes an entry to create.
    public init(
        name: String, description: String? = nil, longDescription: String? = nil, readme: String? = nil, version: String? = nil,
        iconURL: String? = nil, websiteURL: String? = nil, repositoryURL: String? = nil, gitCommitSHA: String? = nil, language: String? = nil,
        runtime: String? = nil,
        transport: McpTransport = .stdio, ownerTeam: TeamID? = nil, category: CategoryID? = nil, tags: [String] = [], metadata: JSONValue = [:],
        status: McpServerStatus = .active, isFeatured: Bool = false, isAutoInstalled: Bool = false, source: McpServerSource = .manual,
        requiresOAuth: Bool = false, gitHubStars: Int? = nil, packages: JSONValue = [], remotes: JSONValue = [],
        configuration: McpConfigurationSchemas = McpConfigurationSchemas()
    ) {
        self.name = name
        self.description = description
        self.longDescription = longDescription
        self.readme = readme
        self.version = version
        self.iconURL = iconURL
        self.websiteURL = websiteURL
        self.repositoryURL = repositoryURL
        self.gitCommitSHA = gitCommitSHA
        self.language = language
        self.runtime = runtime
        self.transport = transport
        self.ownerTeam = ownerTeam
        self.category = category
        self.tags = tags
        self.metadata = metadata
        self.status = status
        self.isFeatured = isFeatured
        self.isAutoInstalled = isAutoInstalled
        self.source = source
        self.requiresOAuth = requiresOAuth
        self.gitHubStars = gitHubStars
        self.packages = packages
        self.remotes = remotes
        self.configuration = configuration
    }
}
