public import DeployStackModels

/// Tokens with which a satellite may register once.
///
/// A token is `deploystack_satellite_global_` or `deploystack_satellite_team_` and 32 random bytes in base64url. Only its SHA-256 is stored.
public protocol RegistrationTokenRepository: Sendable {
    /// Makes a token. For a satellite that serves every team it is valid for an hour, for a team's for 24 hours.
    ///
    /// - Returns: The token, which cannot be had again, and what is stored about it.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, with field `team` when type and team do not agree; `.referenceMissing`
    ///   with entity `team` or `user`.
    func create(_ token: NewSatelliteRegistrationToken) async throws(DataError) -> IssuedSatelliteRegistrationToken

    /// Registers a satellite as ``SatelliteRepository/register(_:)`` does, and uses up a token, both or neither. Of many who try it with one token, one
    /// succeeds.
    ///
    /// - Parameters:
    ///   - satellite: The satellite. Without a user who registers it, it is the one who made the token.
    ///   - token: The token, which must be for the satellite's type and team.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `invalidRegistrationToken` when the token is unknown, used, expired, revoked, or for another
    ///   type or team; otherwise as ``SatelliteRepository/register(_:)`` does.
    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite

    /// Lists tokens, newest first, used and expired ones too.
    ///
    /// - Parameters:
    ///   - team: Only those of this team; `nil` for all.
    ///   - page: Which part of the list.
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func list(team: TeamID?, page: Page) async throws(DataError) -> PageResult<SatelliteRegistrationToken>

    /// Revokes a token that was not used.
    ///
    /// - Returns: Whether there was one: `false` also when it was used.
    @discardableResult
    func revoke(_ id: SatelliteRegistrationTokenID) async throws(DataError) -> Bool

    /// Deletes the tokens that have expired, used or not.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func deleteExpired() async throws(DataError) -> Int
}

extension RegistrationTokenRepository {
    /// Lists tokens, newest first, by default the first twenty of all.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func list(team: TeamID? = nil) async throws(DataError) -> PageResult<SatelliteRegistrationToken> {
        try await list(team: team, page: .first)
    }
}
