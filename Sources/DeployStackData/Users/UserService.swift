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
