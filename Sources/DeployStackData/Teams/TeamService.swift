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

    /// Returns whether a user is a member of a team; `false` when either does not exist.
    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool
}

extension TeamService {
    /// Deletes a team that has no installations.
    ///
    /// - Throws: ``DataError`` as ``deleteTeam(_:force:)`` does.
    public func deleteTeam(_ id: TeamID) async throws(DataError) -> Bool {
        try await deleteTeam(id, force: false)
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
