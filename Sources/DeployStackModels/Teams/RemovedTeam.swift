/// A team that was deleted, with what went with it that somebody else must be told about.
public struct RemovedTeam: Sendable, Hashable {
    /// The team as it was.
    public var team: Team
    /// The installations that are gone, newest first: the team's own, and those of servers that belonged to the team. Satellites that run them must
    /// be told.
    public var installations: [McpInstallation]

    /// Creates a value.
    public init(team: Team, installations: [McpInstallation]) {
        self.team = team
        self.installations = installations
    }
}
