/// That a user belongs to a team.
public struct TeamMembership: Sendable, Hashable, Identifiable, Codable {
    /// The membership's identifier.
    public var id: MembershipID
    /// The team.
    public var teamID: TeamID
    /// The user.
    public var userID: UserID
    /// What the user may do in the team.
    public var role: TeamRole
    /// When the user joined.
    public var joinedAt: Timestamp

    /// Creates a membership value.
    public init(id: MembershipID, teamID: TeamID, userID: UserID, role: TeamRole, joinedAt: Timestamp) {
        self.id = id
        self.teamID = teamID
        self.userID = userID
        self.role = role
        self.joinedAt = joinedAt
    }
}

/// A member of a team, with what others may know of the user.
public struct TeamMember: Sendable, Hashable, Identifiable {
    /// The membership.
    public var membership: TeamMembership
    /// The member's username.
    public var username: String
    /// The member's e-mail address.
    public var email: String
    /// Whether the member owns the team.
    public var isOwner: Bool

    /// The membership's identifier.
    public var id: MembershipID { membership.id }
    /// Whether the member is an administrator of the team.
    public var isAdministrator: Bool { membership.role == .administrator }

    /// Creates a member value.
    public init(membership: TeamMembership, username: String, email: String, isOwner: Bool) {
        self.membership = membership
        self.username = username
        self.email = email
        self.isOwner = isOwner
    }
}
