/// What changes about the limits of a team. What is `nil` stays.
///
/// The ranges are those of ``TeamLimits``; the limits that result must be consistent. They may be lower than what the team has already: nothing is
/// taken away, only new installations and members are refused.
public struct TeamLimitsPatch: Sendable, Hashable {
    /// The most installations of any kind, 0 or more.
    public var mcpServers: Int?
    /// The most installations that run as a process on a satellite, 0 or more.
    public var nonHttp: Int?
    /// The most installations that are deployed from GitHub, 0 or more.
    public var github: Int?
    /// The most members, 1 or more.
    public var members: Int?
    /// Whether the team may add remote servers of its own.
    public var allowsRemoteServers: Bool?
    /// Whether the team may deploy servers from GitHub.
    public var allowsGitHubServers: Bool?
    /// Whether the team may deploy servers from private GitHub repositories.
    public var allowsPrivateRepositories: Bool?

    /// Describes a change of limits.
    public init(
        mcpServers: Int? = nil, nonHttp: Int? = nil, github: Int? = nil, members: Int? = nil, allowsRemoteServers: Bool? = nil,
        allowsGitHubServers: Bool? = nil, allowsPrivateRepositories: Bool? = nil
    ) {
        self.mcpServers = mcpServers
        self.nonHttp = nonHttp
        self.github = github
        self.members = members
        self.allowsRemoteServers = allowsRemoteServers
        self.allowsGitHubServers = allowsGitHubServers
        self.allowsPrivateRepositories = allowsPrivateRepositories
    }

    /// The limits that result, given the present ones.
    public func applied(to limits: TeamLimits) -> TeamLimits {
        TeamLimits(
            mcpServers: mcpServers ?? limits.mcpServers, nonHttp: nonHttp ?? limits.nonHttp, github: github ?? limits.github,
            members: members ?? limits.members, allowsRemoteServers: allowsRemoteServers ?? limits.allowsRemoteServers,
            allowsGitHubServers: allowsGitHubServers ?? limits.allowsGitHubServers,
            allowsPrivateRepositories: allowsPrivateRepositories ?? limits.allowsPrivateRepositories)
    }
}
