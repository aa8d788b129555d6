public import DeployStackModels

/// OAuth clients and what users consented to.
///
/// Static clients are those that a store is opened with, ``OAuthClient/wellKnown`` by default; they need no row. The others registered themselves (RFC 7591).
public protocol OAuthClientRepository: Sendable {
    /// Registers a client.
    ///
    /// - Returns: The client, and its secret if it wants one, which cannot be had again.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.referenceMissing` with entity `team` or `user`.
    func register(_ client: NewOAuthClient) async throws(DataError) -> RegisteredOAuthClient

    /// Returns a client, static or registered, or `nil`.
    func client(_ id: OAuthClientID) async throws(DataError) -> OAuthClient?

    /// Whether a client may be used and users may be sent back to an address. The address must be exactly one that it registered; `http` addresses of the machine
    /// itself of a static client match with any port.
    func isValid(_ id: OAuthClientID, redirectURI: String) async throws(DataError) -> Bool

    /// Whether a client may be used and proves itself by a secret, compared in constant time. A public client has none and proves nothing.
    func isValid(_ id: OAuthClientID, secret: String) async throws(DataError) -> Bool

    /// Ends the use of a registered client. Its tokens stay valid until they expire or ``TokenService/revokeAll(client:)`` ends them, but it gets no new ones.
    ///
    /// - Returns: Whether there was such a client, active until now.
    func deactivate(_ id: OAuthClientID) async throws(DataError) -> Bool

    /// Deletes clients that registered themselves, that have no tokens, and that no user was asked by for a time, with what users allowed them.
    ///
    /// - Parameter age: How long a client must not have been used, zero or more.
    /// - Returns: How many there were.
    @discardableResult
    func purgeUnused(olderThan age: Duration) async throws(DataError) -> Int

    /// Stores what a user allows a client to do in a team, in place of what was allowed before.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when a scope is not known, `.referenceMissing` with entity `client` (also for one that is no longer active), `user` or `team`, `.ruleViolation` with
    ///   rule `notMember` when the user is not a member of the team.
    @discardableResult
    func grantConsent(user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope]) async throws(DataError) -> TeamConsent

    /// Returns what a user allows a client to do in a team, or `nil`.
    func consent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> TeamConsent?

    /// Takes a consent back, and revokes the tokens, codes and requests that the client has for the user in the team.
    ///
    /// - Returns: Whether there was a consent.
    func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> Bool
}

extension OAuthClientRepository {
    /// Deletes clients that have not been used for 90 days.
    @discardableResult
    public func purgeUnused() async throws(DataError) -> Int { try await purgeUnused(olderThan: .seconds(90 * 86_400)) }
}
