/// A team that a user is a member of, with what the user is in it.
public struct TeamWithRole: Sendable, Hashable, Identifiable {
    /// The team.
    public var team: Team
    /// What the user may do in the team.
    public var role: TeamRole
    /// Whether the user owns the team.
    public var isOwner: Bool
    /// How many members the team has, the user included.
    public var memberCount: Int

    /// The team's identifier.
    public var id: TeamID { team.id }
    /// Whether the user is an administrator of the team.
    public var isAdministrator: Bool { role == .administrator }

    /// Creates a value.
    public init(team: Team, role: TeamRole, isOwner: Bool, memberCount: Int) {
        self.team = team
        self.role = role
        self.isOwner = isOwner
        self.memberCount = memberCount
    }
}

/// A team as administrators of the platform see it in a list of all teams.
public struct TeamOverview: Sendable, Hashable, Identifiable {
    /// The team.
    public var team: Team
    /// How many members the team has.
    public var memberCount: Int
    /// How many installations the team has.
    public var installationCount: Int

    /// The team's identifier.
    public var id: TeamID { team.id }

    /// Creates a value.
    public init(team: Team, memberCount: Int, installationCount: Int) {
        self.team = team
        self.memberCount = memberCount
        self.installationCount = installationCount
    }
}
