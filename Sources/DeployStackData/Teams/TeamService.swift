public import DeployStackModels

/// Teams and their members.
public protocol TeamService: Sendable {
    /// Creates a team with its owner as first member and administrator.
    ///
    /// The slug is made from the name, or from the given slug: lower case, every run of other characters than `a`–`z` and `0`–`9` becomes a hyphen,
    /// at most 63 characters, `team` when nothing is left. When it is taken, `-2`, `-3` and so on is appended. Limits that are not given come from
    /// the platform's settings.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.referenceMissing` with entity `user` when the owner does not
    ///   exist, `.limitExceeded` with limit `teamsPerUser` when the owner owns as many teams as the settings allow, default team included.
    @discardableResult
    func createTeam(_ team: NewTeam) async throws(DataError) -> Team

    /// Creates a user's personal team and installs the servers that every new default team gets.
    ///
    /// The team is named like the user. Each server is installed on its own: one that fails is in the report and stops nothing.
    ///
    /// - Throws: ``DataError`` of kind `.alreadyExists` with entity `team` and field `ownerID` when the user has a default team, `.referenceMissing` with
    ///   entity `user` when the user does not exist, `.validation` when the username is no acceptable name of a team.
    @discardableResult
    func createDefaultTeam(user: UserID, username: String) async throws(DataError) -> DefaultTeam

    /// Returns a team, or `nil` when there is none with this identifier.
    func team(_ id: TeamID) async throws(DataError) -> Team?

    /// Returns the team with a slug, compared exactly, or `nil` when there is none.
    func team(slug: String) async throws(DataError) -> Team?

    /// Returns the personal team of a user, or `nil` when the user has none.
    func defaultTeam(of user: UserID) async throws(DataError) -> Team?

    /// Returns the teams that a user is a member of: the default team first, then by name and identifier. Empty for an unknown user.
    func teams(of user: UserID) async throws(DataError) -> [Team]

    /// Returns the teams that a user is a member of, with what the user is in each and how many members it has, in the order of ``teams(of:)``. Empty
    /// for an unknown user.
    func teamsWithRoles(of user: UserID) async throws(DataError) -> [TeamWithRole]

    /// Returns a page of all teams with the number of their members and installations, by name and identifier. It is for administrators of the platform.
    ///
    /// - Parameters:
    ///   - search: A text that the name or slug must contain, at most 255 characters; white space at its ends and the case of ASCII letters do not
    ///     count, and nothing in it is a wildcard. `nil` or blank for all teams.
    ///   - page: Which part of the list.
    /// - Throws: ``DataError`` of kind `.validation` when the search or the page is not acceptable.
    func allTeams(search: String?, page: Page) async throws(DataError) -> PageResult<TeamOverview>

    /// Returns how many teams a user owns, the default team included; 0 for an unknown user.
    func teamCount(of user: UserID) async throws(DataError) -> Int

    /// Returns whether a user owns fewer teams than the settings allow; `false` for an unknown user.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` when the setting is not a number.
    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool

    /// Changes a team's name or description.
    ///
    /// - Returns: The changed team, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.ruleViolation` with rule `defaultTeamImmutable` when a default
    ///   team would get another name.
    func updateTeam(_ id: TeamID, _ patch: TeamPatch) async throws(DataError) -> Team?

    /// Changes a team's name.
    ///
    /// - Returns: Whether there is such a team.
    /// - Throws: ``DataError`` as ``updateTeam(_:_:)`` does.
    func updateTeamName(_ id: TeamID, _ name: String) async throws(DataError) -> Bool

    /// Changes what a team may have.
    ///
    /// Limits below what the team has are allowed: nothing is removed, only what is new is refused.
    ///
    /// - Returns: The changed team, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` with field `limits.mcpServers`, `limits.nonHttp`, `limits.github` or `limits.members` when the limits
    ///   that result are out of range or inconsistent.
    func updateLimits(_ id: TeamID, _ patch: TeamLimitsPatch) async throws(DataError) -> Team?

    /// Deletes a team as ``deleteTeam(_:force:)`` does, and says what went with it.
    ///
    /// - Returns: What was removed, or `nil` when there is no such team.
    /// - Throws: ``DataError`` as ``deleteTeam(_:force:)`` does.
    func removeTeam(_ id: TeamID, force: Bool) async throws(DataError) -> RemovedTeam?

    /// Deletes a team with its memberships, installations, own servers and tokens.
    ///
    /// - Parameters:
    ///   - id: The team.
    ///   - force: Whether to delete a team that has installations.
    /// - Returns: Whether there was such a team.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `defaultTeamImmutable` for a default team, `.inUse` with entity `team` when the team
    ///   has installations and `force` is false.
    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool

    /// Returns the members of a team: the owner first, then administrators, then by username. Empty for an unknown team.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - page: Which part of the list, or `nil` for all of it.
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember]

    /// Makes a user a member of a team, with an instance of each of the team's installations.
    ///
    /// - Throws: ``DataError`` of kind `.notFound` with entity `team` or `user`, `.ruleViolation` with rule `defaultTeamImmutable` for a default team,
    ///   `.alreadyExists` with entity `membership` when the user is a member already, `.limitExceeded` with limit `members`, `.validation` with field
    ///   `role` for a role that this version does not know.
    @discardableResult
    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership

    /// Removes a member from a team, with everything that the user has there: access and refresh tokens, authorization codes, instances and
    /// configurations. No token that was issued for the membership can be used afterwards.
    ///
    /// - Returns: Whether the user was a member.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `defaultTeamImmutable` for a default team, `lastMember` for the only member,
    ///   `ownerMustTransferFirst` for the owner.
    @discardableResult
    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool

    /// Gives a member another role.
    ///
    /// - Returns: The changed membership, or `nil` when the user is not a member of such a team.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `defaultTeamImmutable` for a default team, `lastAdmin` when the team would be left
    ///   without an administrator, `ownerMustTransferFirst` when the owner would not be one; `.validation` with field `role` for a role that this version
    ///   does not know.
    @discardableResult
    func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) async throws(DataError) -> TeamMembership?

    /// Gives a team to another member, who becomes its administrator; the old owner stays one.
    ///
    /// - Returns: The team with its new owner.
    /// - Throws: ``DataError`` of kind `.notFound` with entity `team`, `.ruleViolation` with rule `defaultTeamImmutable` for a default team, `notMember`
    ///   when the new owner is not a member.
    @discardableResult
    func transferOwnership(of team: TeamID, to newOwner: UserID) async throws(DataError) -> Team

    /// Returns the membership of a user in a team, or `nil` when the user is not a member.
    func membership(of user: UserID, in team: TeamID) async throws(DataError) -> TeamMembership?

    /// Returns whether a user is a member of a team; `false` when either does not exist.
    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool

    /// Returns whether a user is an administrator of a team, as its owner is; `false` when either does not exist.
    func isAdmin(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool

    /// Returns whether a user owns a team; `false` when either does not exist.
    func isOwner(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool

    /// Returns how many members a team has; 0 for an unknown team.
    func memberCount(of team: TeamID) async throws(DataError) -> Int

    /// Returns how many administrators a team has; 0 for an unknown team.
    func adminCount(of team: TeamID) async throws(DataError) -> Int
}

extension TeamService {
    /// Deletes a team that has no installations.
    ///
    /// - Throws: ``DataError`` as ``deleteTeam(_:force:)`` does.
    public func deleteTeam(_ id: TeamID) async throws(DataError) -> Bool {
        try await deleteTeam(id, force: false)
    }

    /// Removes oneself from a team, as ``removeMember(_:from:)`` does. The owner must give the team to somebody first.
    ///
    /// - Returns: Whether the user was a member.
    /// - Throws: ``DataError`` as ``removeMember(_:from:)`` does.
    @discardableResult
    public func leaveTeam(_ team: TeamID, user: UserID) async throws(DataError) -> Bool {
        try await removeMember(user, from: team)
    }

    /// Returns a page of all teams.
    ///
    /// - Throws: ``DataError`` as ``allTeams(search:page:)`` does.
    public func allTeams(page: Page = .first) async throws(DataError) -> PageResult<TeamOverview> {
        try await allTeams(search: nil, page: page)
    }

    /// Returns all members of a team: the owner first, then administrators, then by username.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func members(of team: TeamID) async throws(DataError) -> [TeamMember] {
        try await members(of: team, page: nil)
    }

    /// Makes a user a member of a team who may use its servers.
    ///
    /// - Throws: ``DataError`` as ``addMember(_:to:role:)`` does.
    @discardableResult
    public func addMember(_ user: UserID, to team: TeamID) async throws(DataError) -> TeamMembership {
        try await addMember(user, to: team, role: .user)
    }
}
