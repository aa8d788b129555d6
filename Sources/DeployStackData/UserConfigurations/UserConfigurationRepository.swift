public import DeployStackModels

/// What each user sets for an installation of the team: the third tier of its configuration.
///
/// Only members of the installation's team have configurations. What is saved moves the user's instance in the same transaction: from
/// `awaitingUserConfiguration` to `provisioning` once nothing that is required is missing, and from `online` to `restarting` when values changed, or back to
/// `awaitingUserConfiguration` when one that is required is gone.
public protocol UserConfigurationRepository: Sendable {
    /// Returns a user's configuration of an installation, in one statement.
    ///
    /// - Returns: `nil` when there is none, and when the user is not a member of the installation's team.
    /// - Throws: ``DataError`` of kind `.undecryptable`, or `.ruleViolation` with rule `encryptionSecretRequired`, when secrets are to be decrypted and cannot.
    func configuration(_ installation: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> McpUserConfiguration?

    /// Saves a user's configuration of an installation, in place of the one before.
    ///
    /// A required entry of the server's user schema must not be blank where it is given; it may be left out, and names that the schema does not have are
    /// accepted. A secret that is written as the mask, `*****`, stays as it is stored.
    ///
    /// - Parameters:
    ///   - installation: The installation.
    ///   - user: The user, a member of the team.
    ///   - team: The installation's team.
    ///   - configuration: The values. A kind that is not set has none from now on.
    /// - Returns: The configuration, secrets masked.
    /// - Throws: ``DataError`` of kind `.notFound` with entity `installation` when the team has no such installation or the user is not a member;
    ///   `.validation` that names the value; `.ruleViolation` with rule `encryptionSecretRequired`.
    @discardableResult
    func save(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues
    ) async throws(DataError) -> McpUserConfiguration

    /// Changes some kinds of a user's configuration and leaves the others. Each kind that is set is replaced as a whole.
    ///
    /// - Returns: The configuration, secrets masked, or `nil` when the user has none for this installation.
    /// - Throws: ``DataError`` as ``save(_:user:team:_:)`` does.
    @discardableResult
    func update(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ patch: UserConfigurationPatch
    ) async throws(DataError) -> McpUserConfiguration?

    /// Deletes a user's configuration.
    ///
    /// - Returns: Whether the user had it, for an installation of this team.
    @discardableResult
    func delete(_ id: McpUserConfigurationID, user: UserID, team: TeamID) async throws(DataError) -> Bool

    /// Returns a user's configurations of what a team has installed, newest first, secrets masked. Empty when the user is not a member.
    func list(user: UserID, team: TeamID) async throws(DataError) -> [McpUserConfiguration]
}

extension UserConfigurationRepository {
    /// Returns a user's configuration of an installation, secrets masked.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func configuration(_ installation: McpInstallationID, user: UserID) async throws(DataError) -> McpUserConfiguration? {
        try await configuration(installation, user: user, reveal: .masked)
    }
}
