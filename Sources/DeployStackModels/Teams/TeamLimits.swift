/// What a team may have.
///
/// The limits are consistent when ``mcpServers`` is at least ``nonHttp`` and ``github`` together.
public struct TeamLimits: Sendable, Hashable, Codable {
    /// The most installations of any kind, 0 or more.
    public var mcpServers: Int
    /// The most installations that run as a process on a satellite, not counting those deployed from GitHub, 0 or more.
    public var nonHttp: Int
    /// The most installations that are deployed from GitHub, 0 or more.
    public var github: Int
    /// The most members, 1 or more.
    public var members: Int
    /// Whether the team may add remote servers of its own.
    public var allowsRemoteServers: Bool
    /// Whether the team may deploy servers from GitHub.
    public var allowsGitHubServers: Bool
    /// Whether the team may deploy servers from private GitHub repositories.
    public var allowsPrivateRepositories: Bool

    /// Creates limits; the defaults are those of a new platform.
    public init(
        mcpServers: Int = 5, nonHttp: Int = 1, github: Int = 1, members: Int = 3, allowsRemoteServers: Bool = false, allowsGitHubServers: Bool = true,
        allowsPrivateRepositories: Bool = true
    ) {
        self.mcpServers = mcpServers
        self.nonHttp = nonHttp
        self.github = github
        self.members = members
        self.allowsRemoteServers = allowsRemoteServers
        self.allowsGitHubServers = allowsGitHubServers
        self.allowsPrivateRepositories = allowsPrivateRepositories
    }
}
