/// What a single look-up of a server adds to what lists show. The README is not part of it; `readme(_:)` of the catalog returns that.
public struct McpServerDetails: Sendable, Hashable, Codable {
    /// The name in the official registry, in reverse-DNS form, or `nil`.
    public var officialName: String?
    /// A long description, or `nil`.
    public var longDescription: String?
    /// The version, or `nil`.
    public var version: String?
    /// Where the repository is hosted: `github`, `gitlab` or `bitbucket`, derived from its address, or `nil`.
    public var repositorySource: String?
    /// The repository's path at its host, such as `owner/name`, derived from its address, or `nil`.
    public var repositoryID: String?
    /// The folder within the repository, or `nil`.
    public var repositorySubfolder: String?
    /// The branch, or `nil`.
    public var gitBranch: String?
    /// The commit, or `nil`.
    public var gitCommitSHA: String?
    /// Who wrote the server, or `nil`.
    public var authorName: String?
    /// The licence, or `nil`.
    public var license: String?
    /// How it is started: a JSON array of packages.
    public var packages: JSONValue
    /// How it is reached: a JSON array of remote endpoints.
    public var remotes: JSONValue
    /// What may be configured, and what is fixed.
    public var configuration: McpConfigurationSchemas
    /// Whether it is installed into every new default team.
    public var isAutoInstalled: Bool
    /// Who created the entry, or `nil` when nobody did or the user is gone.
    public var createdBy: UserID?
    /// What the last health check found.
    public var health: McpServerHealth
    /// When it was last checked, or `nil` when it never was.
    public var lastHealthCheckAt: Timestamp?
    /// Why it did not answer, or `nil`.
    public var healthCheckError: String?

    /// Creates a details value.
    public init(
        officialName: String?, longDescription: String?, version: String?, repositorySource: String?, repositoryID: String?,
        repositorySubfolder: String?, gitBranch: String?, gitCommitSHA: String?, authorName: String?, license: String?, packages: JSONValue,
        remotes: JSONValue, configuration: McpConfigurationSchemas, isAutoInstalled: Bool, createdBy: UserID?, health: McpServerHealth,
        lastHealthCheckAt: Timestamp?, healthCheckError: String? = nil
    ) {
        self.officialName = officialName
        self.longDescription = longDescription
        self.version = version
        self.repositorySource = repositorySource
        self.repositoryID = repositoryID
        self.repositorySubfolder = repositorySubfolder
        self.gitBranch = gitBranch
        self.gitCommitSHA = gitCommitSHA
        self.authorName = authorName
        self.license = license
        self.packages = packages
        self.remotes = remotes
        self.configuration = configuration
        self.isAutoInstalled = isAutoInstalled
        self.createdBy = createdBy
        self.health = health
        self.lastHealthCheckAt = lastHealthCheckAt
        self.healthCheckError = healthCheckError
    }
}
