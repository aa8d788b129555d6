public import DeployStackModels

/// Instances: each member's own copy of what the team has installed.
///
/// Installing and joining a team make instances by themselves. Status lives here only.
public protocol InstanceRepository: Sendable {
    /// Makes instances of an installation for members of its team, each with a token. Users who have one are passed over.
    ///
    /// - Parameters:
    ///   - installation: The installation.
    ///   - users: Members of the installation's team, at most 10 000; each counts once.
    /// - Returns: The new instances in order of their users. Their tokens cannot be had again.
    /// - Throws: ``DataError`` of kind `.notFound` with entity `installation`; `.ruleViolation` with rule `notMember` when one of the users is not a member of
    ///   the team, and then nobody gets an instance; `.validation` with field `users`; `.internal` when no free path was found in five attempts.
    @discardableResult
    func provision(_ installation: McpInstallationID, users: [UserID]) async throws(DataError) -> [ProvisionedInstance]

    /// Returns the instance at a path if the token is its own, in one indexed statement.
    ///
    /// - Returns: `nil` for an unknown path, and for a token that is malformed, of another instance, or no longer the present one.
    func instance(path: String, token: String) async throws(DataError) -> McpServerInstance?

    /// Gives an instance a new token; the one before stops opening it.
    ///
    /// - Returns: The token, which cannot be had again, or `nil` when the user has no instance of the installation.
    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText?

    /// Sets what an instance is doing, in one statement. It never makes an instance.
    ///
    /// Events can arrive in another order than they happened: one that is older than the status that is stored changes nothing.
    ///
    /// - Parameters:
    ///   - installation: The installation.
    ///   - user: Whose instance it is.
    ///   - status: One of the twelve that this version knows. Any may follow any other.
    ///   - message: What the satellite says about it, at most 2 000 characters, or `nil`, which clears the one before.
    ///   - time: When it happened.
    /// - Returns: Whether the status was set: `false` for a stale event, and when the user has no instance of the installation.
    /// - Throws: ``DataError`` of kind `.validation` with field `status` or `message`.
    @discardableResult
    func updateStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp
    ) async throws(DataError) -> Bool

    /// Returns an installation's instances with their users, by username, in one statement. Empty when the team has no such installation.
    func statuses(installation: McpInstallationID, team: TeamID) async throws(DataError) -> [McpInstanceWithUser]

    /// Deletes a user's instances of everything that a team has installed.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func delete(user: UserID, team: TeamID) async throws(DataError) -> Int

    /// Deletes all instances of an installation.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func delete(installation: McpInstallationID) async throws(DataError) -> Int

    /// Returns the instances whose credentials were not tried for some time, those that were never tried first, then the longest untried.
    ///
    /// - Parameters:
    ///   - age: How long ago the last try must be at least, 0 or more.
    ///   - limit: The most instances to return, 1 to 1 000.
    /// - Throws: ``DataError`` of kind `.validation` with field `age` or `limit`.
    func dueForCredentialCheck(olderThan age: Duration, limit: Int) async throws(DataError) -> [McpServerInstance]

    /// Notes that an instance's credentials were tried. A time before the one that is stored changes nothing.
    ///
    /// - Returns: Whether the user has such an instance.
    @discardableResult
    func setCredentialCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool

    /// Notes that somebody looked whether an instance is well. A time before the one that is stored changes nothing.
    ///
    /// - Returns: Whether the user has such an instance.
    @discardableResult
    func setHealthCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool
}

extension InstanceRepository {
    /// Sets what an instance is doing, without a message.
    ///
    /// - Returns: Whether the status was set.
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func updateStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, at time: Timestamp
    ) async throws(DataError) -> Bool {
        try await updateStatus(installation: installation, user: user, status: status, message: nil, at: time)
    }

    /// Returns at most 100 instances whose credentials were not tried for 15 minutes.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func dueForCredentialCheck() async throws(DataError) -> [McpServerInstance] {
        try await dueForCredentialCheck(olderThan: .seconds(15 * 60), limit: 100)
    }
}
