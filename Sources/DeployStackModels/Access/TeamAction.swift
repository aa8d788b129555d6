/// Something that somebody wants to do in a team; ``AccessPolicy`` says whether he may.
public enum TeamAction: Sendable, Hashable {
    /// See who belongs to the team.
    case listMembers
    /// Make somebody a member, with any role.
    case addMember
    /// Make a member an administrator of the team.
    case promote(UserID)
    /// Make an administrator of the team an ordinary member.
    case demote(UserID)
    /// Remove another member, who has this role.
    case remove(UserID, role: TeamRole)
    /// Leave the team.
    case leave
    /// Give the team to another owner.
    case transferOwnership
    /// Delete the team.
    case delete
    /// Install servers, change and delete installations.
    case manageInstallations
    /// Read the logs of installations.
    case viewLogs
    /// Set the personal configuration of an installation, that of this user.
    case configureUserTier(of: UserID)
}
