public import DeployStackModels

/// Users: registering, finding and removing them.
public protocol UserService: Sendable {
    /// Creates a user, and by default a personal team in the same transaction.
    ///
    /// The e-mail address is stored in lower case. The very first user becomes global administrator with a confirmed address; every other one gets
    /// the role `global_user`. Which one is first is decided once, also when several register at the same time. With the default team come the
    /// servers that are installed into every new default team; one that cannot be installed does not stop the registration.
    ///
    /// - Parameters:
    ///   - user: The user to create.
    ///   - withDefaultTeam: Whether to create the user's personal team, named like the user.
    /// - Returns: The new user.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.alreadyExists` with field `username`, `email` or `githubID` when
    ///   it is taken.
    @discardableResult
    func createUser(_ user: NewUser, withDefaultTeam: Bool) async throws(DataError) -> User

    /// Returns a user, or `nil` when there is none with this identifier.
    func user(_ id: UserID) async throws(DataError) -> User?

    /// Returns the user with an e-mail address, compared without regard to the case of ASCII letters, or `nil` when there is none.
    func user(email: String) async throws(DataError) -> User?

    /// Returns the user with a username, compared exactly, or `nil` when there is none.
    func user(username: String) async throws(DataError) -> User?

    /// Returns the user with an identifier at GitHub, compared exactly, or `nil` when there is none.
    func user(githubID: String) async throws(DataError) -> User?

    /// Returns a user with the user's role, read in one statement, or `nil` when there is none with this identifier.
    func userWithRole(_ id: UserID) async throws(DataError) -> UserWithRole?

    /// Returns a page of all users with their roles, by username and identifier.
    ///
    /// - Parameters:
    ///   - search: A text that the username, the e-mail address, the given or the family name must contain, at most 255 characters; white space at its
    ///     ends and the case of ASCII letters do not count, and nothing in it is a wildcard. `nil` or blank for everybody.
    ///   - role: The role that the users must have, or `nil` for any.
    ///   - page: Which part of the list.
    /// - Throws: ``DataError`` of kind `.validation` when the search or the page is not acceptable.
    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole>

    /// Returns the users who have a role, by username and identifier. Empty for an unknown role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - page: Which part of the list, or `nil` for all of it.
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func users(withRole role: RoleID, page: Page?) async throws(DataError) -> [User]

    /// Returns every role and how many users have it, by the name and identifier of the role.
    func countByRole() async throws(DataError) -> [RoleCount]

    /// Changes a user.
    ///
    /// - Returns: The changed user, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.alreadyExists` with field `username`, `email` or `githubID` when it
    ///   is taken, `.referenceMissing` with entity `role` when the role does not exist, `.ruleViolation` with rule `lastGlobalAdministrator` when the only
    ///   global administrator would get another role.
    func updateUser(_ id: UserID, _ patch: UserPatch) async throws(DataError) -> User?

    /// Deletes a user with everything that is the user's own: memberships, owned teams, notifications, tokens, instances and configurations.
    ///
    /// What the user created for others, such as installations, stays without a creator. Teams can be kept: with a new owner, every team of the
    /// user's but the personal one goes to that user, who becomes its administrator, with an instance of each installation when new to the team.
    ///
    /// - Parameters:
    ///   - id: The user.
    ///   - newOwner: The user who gets the teams, or `nil` to delete them too.
    /// - Returns: Whether there was such a user.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `lastGlobalAdministrator` when the user is the only global administrator; `.inUse`
    ///   with entity `team` when the user owns a team that has other members and there is no new owner; `.notFound` with entity `user` when the new
    ///   owner does not exist; `.validation` with field `transferTeamsTo` when the new owner is the user.
    func deleteUser(_ id: UserID, transferTeamsTo newOwner: UserID?) async throws(DataError) -> Bool
}

extension UserService {
    /// Gives a user another role. That nobody changes his own role is for the caller to ask ``AccessPolicy``.
    ///
    /// - Returns: The changed user, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` as ``updateUser(_:_:)`` does.
    @discardableResult
    public func assignRole(_ role: RoleID, to user: UserID) async throws(DataError) -> User? {
        try await updateUser(user, UserPatch(roleID: role))
    }

    /// Returns a page of all users with their roles.
    ///
    /// - Throws: ``DataError`` as ``list(search:role:page:)`` does.
    public func list(search: String? = nil, page: Page = .first) async throws(DataError) -> PageResult<UserWithRole> {
        try await list(search: search, role: nil, page: page)
    }

    /// Returns all users who have a role, by username and identifier.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func users(withRole role: RoleID) async throws(DataError) -> [User] {
        try await users(withRole: role, page: nil)
    }

    /// Deletes a user with everything that is the user's own, teams without other members included.
    ///
    /// - Throws: ``DataError`` as ``deleteUser(_:transferTeamsTo:)`` does.
    public func deleteUser(_ id: UserID) async throws(DataError) -> Bool {
        try await deleteUser(id, transferTeamsTo: nil)
    }

    /// Creates a user with a personal team.
    ///
    /// - Throws: ``DataError`` as ``createUser(_:withDefaultTeam:)`` does.
    @discardableResult
    public func createUser(_ user: NewUser) async throws(DataError) -> User {
        try await createUser(user, withDefaultTeam: true)
    }
}
