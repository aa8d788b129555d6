/// A change of an entry of the catalog. What is not mentioned stays as it is; the slug, the owner and who sees the entry never change.
public struct ServerPatch: Sendable, Hashable {
    /// The new name, 1 to 200 characters, or `nil` to keep it.
    public var name: String?
    /// What happens to the description.
    public var description: FieldPatch<String>
    /// What happens to the long description.
    public var longDescription: FieldPatch<String>
    /// What happens to the README of its repository, at most 1 000 000 characters.
    public var readme: FieldPatch<String>
    /// What happens to the version.
    public var version: FieldPatch<String>
    /// What happens to the icon's address.
    public var iconURL: FieldPatch<String>
    /// What happens to the website's address.
    public var websiteURL: FieldPatch<String>
    /// What happens to the source code's address. Host and path are derived from it; without it there is no branch either.
    public var repositoryURL: FieldPatch<String>
    /// What happens to the branch, 1 to 200 characters.
    public var gitBranch: FieldPatch<String>
    /// What happens to the commit.
    public var gitCommitSHA: FieldPatch<String>
    /// What happens to the author's name, 1 to 200 characters.
    public var authorName: FieldPatch<String>
    /// What happens to the licence, 1 to 200 characters.
    public var license: FieldPatch<String>
    /// The new programming language, or `nil` to keep it.
    public var language: String?
    /// What runs it from now on, or `nil` to keep it.
    public var runtime: String?
    /// How it is reached from now on, or `nil` to keep it.
    public var transport: McpTransport?
    /// What happens to the category.
    public var category: FieldPatch<CategoryID>
    /// The new tags, as in ``NewServer/tags``, or `nil` to keep them.
    public var tags: [String]?
    /// The new metadata, a JSON object, or `nil` to keep it.
    public var metadata: JSONValue?
    /// The new status, or `nil` to keep it.
    public var status: McpServerStatus?
    /// Whether it is shown before others, or `nil` to keep it. Only a global administrator can change it; from others it is ignored.
    public var isFeatured: Bool?
    /// Whether every new default team gets it, or `nil` to keep it. Only a global administrator can change it; from others it is ignored.
    public var isAutoInstalled: Bool?
    /// Whether its users must sign in to it, or `nil` to keep it.
    public var requiresOAuth: Bool?
    /// What happens to the number of stars, 0 or more.
    public var gitHubStars: FieldPatch<Int>
    /// How it is started, a JSON array of packages, or `nil` to keep it.
    public var packages: JSONValue?
    /// How it is reached, a JSON array of remote endpoints, or `nil` to keep it.
    public var remotes: JSONValue?
    /// What may be configured, and what is fixed, or `nil` to keep it. Values that are stored already and become secret are encrypted and masked with the change;
    /// one that is no longer secret stays so until it is written anew.
    public var configuration: McpConfigurationSchemas?

    /// Describes a change; by default nothing changes.
    public init(
        name: String? = nil, description: FieldPatch<String> = .unchanged, longDescription: FieldPatch<String> = .unchanged,
        readme: FieldPatch<String> = .unchanged, version: FieldPatch<String> = .unchanged, iconURL: FieldPatch<String> = .unchanged,
        websiteURL: FieldPatch<String> = .unchanged,
        repositoryURL: FieldPatch<String> = .unchanged, gitBranch: FieldPatch<String> = .unchanged, gitCommitSHA: FieldPatch<String> = .unchanged,
        authorName: FieldPatch<String> = .unchanged, license: FieldPatch<String> = .unchanged, language: String? = nil, runtime: String? = nil,
        transport: McpTransport? = nil, category: FieldPatch<CategoryID> = .unchanged, tags: [String]? = nil, metadata: JSONValue? = nil,
        status: McpServerStatus? = nil, isFeatured: Bool? = nil, isAutoInstalled: Bool? = nil, requiresOAuth: Bool? = nil,
        gitHubStars: FieldPatch<Int> = .unchanged, packages: JSONValue? = nil, remotes: JSONValue? = nil,
        configuration: McpConfigurationSchemas? = nil
    ) {
        self.name = name
        self.description = description
        self.longDescription = longDescription
        self.readme = readme
        self.version = version
        self.iconURL = iconURL
        self.websiteURL = websiteURL
        self.repositoryURL = repositoryURL
        self.gitBranch = gitBranch
        self.gitCommitSHA = gitCommitSHA
        self.authorName = authorName
        self.license = license
        self.language = language
        self.runtime = runtime
        self.transport = transport
        self.category = category
        self.tags = tags
        self.metadata = metadata
        self.status = status
        self.isFeatured = isFeatured
        self.isAutoInstalled = isAutoInstalled
        self.requiresOAuth = requiresOAuth
        self.gitHubStars = gitHubStars
        self.packages = packages
        self.remotes = remotes
        self.configuration = configuration
    }
}

/// An entry of the catalog that was deleted, and what went with it.
public struct DeletedServer: Sendable, Hashable {
    /// An installation that went with the entry.
    public struct Installation: Sendable, Hashable {
        /// The installation's identifier.
        public var id: McpInstallationID
        /// The team that had it.
        public var teamID: TeamID
        /// The installation's name.
        public var name: String

        /// Creates a value.
        public init(id: McpInstallationID, teamID: TeamID, name: String) {
            self.id = id
            self.teamID = teamID
            self.name = name
        }
    }

    /// The entry as it was, with its details.
    public var server: McpServer
    /// The installations that went with it, of every team, in order of their identifiers, so that satellites can be told.
    public var installations: [Installation]

    /// Creates a result.
    public init(server: McpServer, installations: [Installation]) {
        self.server = server
        self.installations = installations
    }
}
