public import DeployStackModels

/// OAuth tokens: the requests and codes that they come from, issuing, verifying, refreshing and revoking them.
///
/// Tokens and codes are opaque: 32 random bytes in base64url (RFC 4648, section 5) after the prefix `dsa_`, `dsr_` or `dsc_`. Only their SHA-256 is stored, so
/// none can be read back from the database.
public protocol TokenService: Sendable {
    /// Stores what a client asks a user for. The request is open for ten minutes unless the store was opened with another lifetime; expired requests of the same
    /// user and client are deleted.
    ///
    /// - Returns: The request, to be shown to the user.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, the redirect URI is not registered, or the client may not ask for a scope;
    ///   `.referenceMissing` with entity `client` when the client is unknown, inactive or expired, or with entity `user` or `team`; `.ruleViolation` with rule
    ///   `notMember` when the user is not a member of the team, and with rule `grantTypeNotRegistered` when the client did not register `authorization_code`.
    func createAuthorizationRequest(_ request: NewAuthorizationRequest) async throws(DataError) -> AuthorizationRequest

    /// Returns a request, or `nil` when there is none, it has expired, or its code was used.
    func authorizationRequest(_ id: AuthorizationCodeID) async throws(DataError) -> AuthorizationRequest?

    /// Chooses the team of a request that is not approved yet.
    ///
    /// - Returns: Whether there was such a request.
    /// - Throws: ``DataError`` of kind `.referenceMissing` with entity `team`, or `.ruleViolation` with rule `notMember` when the user is not a member of it.
    func setTeam(_ team: TeamID, of request: AuthorizationCodeID) async throws(DataError) -> Bool

    /// Approves a request, once. A consent of the user that allows the client everything which is asked for in the team counts as used.
    ///
    /// - Returns: The code for the client, which cannot be had again.
    /// - Throws: ``DataError`` of kind `.invalidGrant` when there is no such request, it has expired, or it was approved before.
    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText

    /// Deletes a request, and its code if that was not used.
    ///
    /// - Returns: Whether there was one.
    func deny(_ request: AuthorizationCodeID) async throws(DataError) -> Bool

    /// Exchanges a code for tokens (RFC 6749, section 4.1.3, with RFC 7636). Of any number of callers, one gets them.
    ///
    /// A wrong client, redirect URI or verifier is refused and burns nothing. A code that is used a second time, with everything right, revokes all tokens that
    /// came of it, and that lasts although the call fails.
    ///
    /// - Returns: An access token, and a refresh token when the scope ``TokenScope/offlineAccess`` was granted and the client registered `refresh_token`, both of
    ///   a new family.
    /// - Throws: ``DataError`` of kind `.invalidGrant`, with rule `reusedGrant` for a second use; `.ruleViolation` with rule `notMember` when the user left the
    ///   team, and with rule `outcomeInTransaction` inside a transaction, where ``redeemCode(_:verifier:client:redirectURI:)`` is to be used.
    func exchangeCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> TokenPair

    /// Does what ``exchangeCode(_:verifier:client:redirectURI:)`` does and gives a refusal as a value, so that a revocation is not undone by an error that leaves
    /// the caller's transaction.
    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome

    /// Issues an access token for a member of a team. It is valid for seven days unless the store was opened with another lifetime.
    ///
    /// - Returns: The token, which cannot be had again, and what is stored about it.
    /// - Throws: ``DataError`` of kind `.validation` when a scope is not known or a field is not acceptable, `.referenceMissing` with entity `user` or
    ///   `team`, `.ruleViolation` with rule `notMember` when the user is not a member of the team, `.configuration` when the store was opened with a
    ///   lifetime that no token can have.
    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken

    /// Issues a refresh token for a member of a team. It is valid for thirty days unless the store was opened with another lifetime. The client need not be
    /// registered; one that is and did not register `refresh_token` cannot use the token.
    ///
    /// - Returns: The token, which cannot be had again, and what is stored about it.
    /// - Throws: As ``issueAccessToken(_:)``; ``DataError`` of kind `.alreadyExists` when the family has an unused token.
    func issueRefreshToken(_ token: NewRefreshToken) async throws(DataError) -> IssuedRefreshToken

    /// Returns who bears a token, with the user's present role in the team, in one indexed statement.
    ///
    /// - Returns: `nil` for anything that is not a valid token: unknown, expired, revoked, malformed, or of a user who left the team.
    func verify(_ token: String) async throws(DataError) -> TokenContext?

    /// Says what an access token is (RFC 7662), in one indexed statement.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - expectedTeam: The team that it must be for, or `nil` for any.
    ///   - expectedAudience: The audience that it must be for: its resource, or `deploystack:team:` and the team's identifier; `nil` for any.
    /// - Returns: What is said; a token that is not valid is inactive, and nothing tells why.
    func introspect(_ token: String, expectedTeam: TeamID?, expectedAudience: String?) async throws(DataError) -> TokenIntrospection

    /// Exchanges a refresh token for new tokens of its family, with its scope and resource (RFC 6749, section 6). Of any number of callers, one gets them.
    ///
    /// A token that is used a second time is taken for stolen: its whole family is revoked, and that lasts although the call fails. A client that lost the answer
    /// must therefore ask its user again.
    ///
    /// - Throws: ``DataError`` of kind `.invalidGrant`, with rule `reusedGrant` for a second use; `.ruleViolation` with rule `notMember` when the user left the
    ///   team, with rule `grantTypeNotRegistered` when the client did not register `refresh_token`, which burns nothing, and with rule `outcomeInTransaction` inside
    ///   a transaction, where ``redeemRefreshToken(_:client:)`` is to be used.
    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair

    /// Does what ``refresh(_:client:)`` does and gives a refusal as a value, so that a revocation is not undone by an error that leaves the caller's transaction.
    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome

    /// Revokes an access token by its record's identifier.
    ///
    /// - Returns: Whether there was such a token.
    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool

    /// Revokes a token of either kind (RFC 7009): an access token alone, a refresh token with its whole family.
    ///
    /// What a revocation endpoint answers must not depend on the result.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - client: The client that the token must have been given to, or `nil` for any.
    /// - Returns: Whether anything was revoked.
    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool

    /// Revokes all tokens of a user, and the codes and requests that could become tokens.
    ///
    /// - Returns: How many tokens there were, of both kinds; used refresh tokens count too.
    @discardableResult
    func revokeAll(user: UserID) async throws(DataError) -> Int

    /// Revokes all tokens of a user for one team, and the codes and requests that could become tokens.
    ///
    /// - Returns: How many tokens there were, of both kinds; used refresh tokens count too.
    @discardableResult
    func revokeAll(user: UserID, team: TeamID) async throws(DataError) -> Int

    /// Revokes all tokens of a client, and the codes and requests that could become tokens.
    ///
    /// - Returns: How many tokens there were, of both kinds; used refresh tokens count too.
    @discardableResult
    func revokeAll(client: OAuthClientID) async throws(DataError) -> Int

    /// Revokes all tokens of a grant.
    ///
    /// - Returns: How many tokens there were, of both kinds; used refresh tokens count too.
    @discardableResult
    func revokeFamily(_ family: TokenFamilyID) async throws(DataError) -> Int

    /// Deletes the access tokens that have expired.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func revokeExpiredTokens() async throws(DataError) -> Int

    /// Deletes what has expired, in batches that each last for a short time alone. Refresh tokens that were used are kept until they expire, so that a second use
    /// is noticed until then.
    ///
    /// - Parameter batchSize: How many rows one statement deletes at most, 1 to 100 000.
    /// - Returns: How many there were.
    @discardableResult
    func purgeExpired(batchSize: Int) async throws(DataError) -> PurgedGrants

    /// Returns a user's valid access tokens, newest first, for a list of connected clients.
    func activeTokens(user: UserID, page: Page) async throws(DataError) -> PageResult<AccessToken>
}

extension TokenService {
    /// Says what an access token is (RFC 7662), whatever its team and audience.
    public func introspect(_ token: String) async throws(DataError) -> TokenIntrospection {
        try await introspect(token, expectedTeam: nil, expectedAudience: nil)
    }

    /// Revokes a token of either kind (RFC 7009), whichever client has it.
    public func revoke(_ token: String) async throws(DataError) -> Bool {
        try await revoke(token, client: nil)
    }

    /// Deletes what has expired, in batches of 10 000.
    @discardableResult
    public func purgeExpired() async throws(DataError) -> PurgedGrants {
        try await purgeExpired(batchSize: 10_000)
    }

    /// Returns the first page of a user's valid access tokens, newest first.
    public func activeTokens(user: UserID) async throws(DataError) -> PageResult<AccessToken> {
        try await activeTokens(user: user, page: .first)
    }
}
