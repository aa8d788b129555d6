public import DeployStackModels

/// OAuth access tokens: issuing, verifying and revoking them.
///
/// Tokens are opaque: 32 random bytes in base64url (RFC 4648, section 5) after the prefix `dsa_`. Only their SHA-256 is stored, so a token cannot be
/// read back from the database.
public protocol TokenService: Sendable {
    /// Issues an access token for a member of a team. It is valid for seven days unless the store was opened with another lifetime.
    ///
    /// - Returns: The token, which cannot be had again, and what is stored about it.
    /// - Throws: ``DataError`` of kind `.validation` when a scope is not known or a field is not acceptable, `.referenceMissing` with entity `user` or
    ///   `team`, `.ruleViolation` with rule `notMember` when the user is not a member of the team, `.configuration` when the store was opened with a
    ///   lifetime that no token can have.
    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken

    /// Returns who bears a token, with the user's present role in the team, in one indexed statement.
    ///
    /// - Returns: `nil` for anything that is not a valid token: unknown, expired, revoked, malformed, or of a user who left the team.
    func verify(_ token: String) async throws(DataError) -> TokenContext?

    /// Revokes an access token by its record's identifier.
    ///
    /// - Returns: Whether there was such a token.
    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool

    /// Deletes the access tokens that have expired.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func revokeExpiredTokens() async throws(DataError) -> Int
}
