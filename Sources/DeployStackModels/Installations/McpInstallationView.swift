/// An installation with its server and its team, read in one statement.
public struct McpInstallationView: Sendable, Hashable, Identifiable {
    /// The installation.
    public var installation: McpInstallation
    /// The server, as lists show it, or `nil` when it is gone.
    public var server: McpServer?
    /// The team, or `nil` when it is gone.
    public var team: Team?

    /// The installation's identifier.
    public var id: McpInstallationID { installation.id }

    /// Creates a view.
    public init(installation: McpInstallation, server: McpServer?, team: Team?) {
        self.installation = installation
        self.server = server
        self.team = team
    }
}

/// An installation with everything about its server.
public struct McpInstallationDetail: Sendable, Hashable, Identifiable {
    /// The installation.
    public var installation: McpInstallation
    /// The server, with its details.
    public var server: McpServer
    /// The team's slug.
    public var teamSlug: String
    /// The instances that the installation has, in order of their users.
    public var instances: [McpServerInstance]

    /// The installation's identifier.
    public var id: McpInstallationID { installation.id }

    /// Creates a detail.
    public init(installation: McpInstallation, server: McpServer, teamSlug: String, instances: [McpServerInstance]) {
        self.installation = installation
        self.server = server
        self.teamSlug = teamSlug
        self.instances = instances
    }
}

/// Whether a server must have all of some tags, or one of them.
public enum TagMatch: Sendable, Hashable {
    /// All of them.
    case all
    /// At least one of them.
    case any
}
