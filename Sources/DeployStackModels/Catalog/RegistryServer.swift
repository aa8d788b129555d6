/// A server as the official registry describes it.
public struct RegistryServer: Sendable, Hashable {
    /// The registry's identifier of the server, 1 to 255 bytes, by which the entry is found again.
    public var registryID: String
    /// The registry's identifier of the version, 1 to 200 characters, or `nil`.
    public var versionID: String?
    /// The name in the registry, in reverse-DNS form, 1 to 200 characters. The slug of a new entry is made from it.
    public var officialName: String
    /// The name that people see, 1 to 200 characters, or `nil` for the official one.
    public var title: String?
    /// What the server does, at most 10 000 characters, or `nil`.
    public var description: String?
    /// The version, 1 to 200 characters, or `nil`.
    public var version: String?
    /// Where its source code is, or `nil`.
    public var repositoryURL: String?
    /// The README of the repository, at most 1 000 000 characters, or `nil` to leave what the catalog has. The registry itself has none; whoever reads it from the
    /// repository hands it in.
    public var readme: String?
    /// Where its website is, or `nil`.
    public var websiteURL: String?
    /// Where its icon is, or `nil`.
    public var iconURL: String?
    /// How it is reached.
    public var transport: McpTransport
    /// How it is started: a JSON array of packages.
    public var packages: JSONValue
    /// How it is reached: a JSON array of remote endpoints.
    public var remotes: JSONValue
    /// When the registry published it, or `nil`.
    public var publishedAt: Timestamp?
    /// When the registry last changed it, or `nil`.
    public var updatedAt: Timestamp?

    /// Describes a server.
    public init(
        registryID: String, versionID: String? = nil, officialName: String, title: String? = nil, description: String? = nil,
        version: String? = nil, repositoryURL: String? = nil, readme: String? = nil, websiteURL: String? = nil, iconURL: String? = nil,
        transport: McpTransport = .stdio, packages: JSONValue = [], remotes: JSONValue = [], publishedAt: Timestamp? = nil,
        updatedAt: Timestamp? = nil
    ) {
        self.registryID = registryID
        self.versionID = versionID
        self.officialName = officialName
        self.title = title
        self.description = description
        self.version = version
        self.repositoryURL = repositoryURL
        self.readme = readme
        self.websiteURL = websiteURL
        self.iconURL = iconURL
        self.transport = transport
        self.packages = packages
        self.remotes = remotes
        self.publishedAt = publishedAt
        self.updatedAt = updatedAt
    }
}
