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
    /// What the user created for others, such as installations, stays without a creator.
    ///
    /// - Returns: Whether there was such a user.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `lastGlobalAdministrator` when the user is the only global administrator; `.inUse`
    ///   with entity `team` when the user owns a team that has other members.
    func deleteUser(_ id: UserID) async throws(DataError) -> Bool
}

extension UserService {
    /// Creates a user with a personal team.
    ///
    /// - Throws: ``DataError`` as ``createUser(_:withDefaultTeam:)`` does.
    @discardableResult
    public func createUser(_ user: NewUser) async throws(DataError) -> User {
        try await createUser(user, withDefaultTeam: true)
    }
}
