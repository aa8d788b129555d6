/// A setting as a program defines it: its type, what it is when nothing is stored, and what it may be.
public struct SettingDefinition: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value when nothing is stored; it also says which type the setting has.
    public var defaultValue: SettingValue
    /// The whole numbers that the setting may be, or `nil` when any value of the type will do.
    public var range: ClosedRange<Int>?
    /// The name that people see, or `nil`.
    public var name: String?
    /// What the setting is for, or `nil`.
    public var description: String?
    /// The group that the setting is shown in, or `nil`.
    public var groupID: SettingGroupID?

    /// Defines a setting.
    public init(
        _ key: String, _ defaultValue: SettingValue, range: ClosedRange<Int>? = nil, name: String? = nil, description: String? = nil,
        groupID: SettingGroupID? = nil
    ) {
        self.key = key
        self.defaultValue = defaultValue
        self.range = range
        self.name = name
        self.description = description
        self.groupID = groupID
    }
}

extension SettingDefinition {
    /// The most teams that one user may own, the default team included.
    public static let teamCreationLimit = limit("creation_limit", 3, "Teams per user", "How many teams one user may own, the default team included")
    /// The most members of a new team.
    public static let teamMemberLimit = limit("default_member_limit", 3, atLeast: 1, "Members per team", "How many members a new team may have")
    /// The most installations of a new team.
    public static let teamServerLimit = limit("default_mcp_server_limit", 5, "Installations per team", "How many servers a new team may install")
    /// The most installations of a new team that run as a process on a satellite.
    public static let teamNonHttpLimit = limit(
        "default_non_http_mcp_limit", 1, "Local installations per team", "How many of them may be programs started on a satellite")
    /// The most installations of a new team that are deployed from GitHub.
    public static let teamGitHubLimit = limit(
        "github_mcp_limit", 1, "GitHub installations per team", "How many of them may be deployed from a GitHub repository")
    /// Whether a new team may add remote servers of its own.
    public static let teamAllowsRemoteServers = flag(
        "allow_remote_mcp", false, "Allow remote servers", "Whether a new team may add remote servers of its own")
    /// Whether a new team may deploy servers from GitHub.
    public static let teamAllowsGitHubServers = flag(
        "allow_github_mcp", true, "Allow GitHub deployments", "Whether a new team may deploy servers from GitHub")
    /// Whether a new team may deploy servers from private GitHub repositories.
    public static let teamAllowsPrivateRepositories = flag(
        "allow_private_github_repos", true, "Allow private repositories", "Whether a new team may deploy from private GitHub repositories")

    /// The settings that the rules of teams read. Every platform starts with them, and what is stored under their keys must be of their types.
    public static let team: [SettingDefinition] = [
        teamCreationLimit, teamMemberLimit, teamServerLimit, teamNonHttpLimit, teamGitHubLimit, teamAllowsRemoteServers, teamAllowsGitHubServers,
        teamAllowsPrivateRepositories,
    ]

    private static func limit(_ key: String, _ number: Int, atLeast least: Int = 0, _ name: String, _ description: String) -> SettingDefinition {
        SettingDefinition(
            "team.\(key)", .number(JSONNumber(number)), range: least...Int(Int32.max), name: name, description: description, groupID: "team")
    }

    private static func flag(_ key: String, _ flag: Bool, _ name: String, _ description: String) -> SettingDefinition {
        SettingDefinition("team.\(key)", .boolean(flag), name: name, description: description, groupID: "team")
    }
}
