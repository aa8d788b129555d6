import DeployStackData
import DeployStackModels

/// A code verifier and its challenge, those of RFC 7636, appendix B.
enum Proof {
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
}

extension TeamScene {
    static let client: OAuthClientID = "cursor_mcp_client"
    static let redirectURI = "http://127.0.0.1:51234/callback"

    /// What a client asks the owner for.
    func newRequest(
        user: UserID? = nil, team: TeamID? = nil, client: OAuthClientID = TeamScene.client, redirectURI: String = TeamScene.redirectURI,
        scopes: [TokenScope] = TokenScope.all, state: String = "xyz", challenge: String = Proof.challenge, method: CodeChallengeMethod = .s256,
        resource: String? = nil
    ) -> NewAuthorizationRequest {
        NewAuthorizationRequest(
            user: user ?? owner.id, team: team ?? self.team.id, client: client, redirectURI: redirectURI, scopes: scopes, state: state,
            codeChallenge: challenge, codeChallengeMethod: method, resource: resource)
    }

    /// A request that the user has approved, and its code.
    func approvedRequest(_ request: NewAuthorizationRequest? = nil) async throws -> (request: AuthorizationRequest, code: String) {
        let request = try await store.tokens.createAuthorizationRequest(request ?? newRequest())
        return (request, try await store.tokens.approve(request.id).reveal())
    }

    /// Exchanges a code with everything right.
    func exchange(_ code: String, client: OAuthClientID = TeamScene.client) async throws -> TokenPair {
        try await store.tokens.exchangeCode(code, verifier: Proof.verifier, client: client, redirectURI: Self.redirectURI)
    }

    /// Tokens that a user got through a client.
    func grant(_ request: NewAuthorizationRequest? = nil, by client: OAuthClientID = TeamScene.client) async throws -> TokenPair {
        try await exchange(try await approvedRequest(request).code, client: client)
    }

    /// Whether a token is valid.
    func isValid(_ token: IssuedAccessToken) async throws -> Bool {
        try await store.tokens.verify(token.token.reveal()) != nil
    }
}

extension TokenPair {
    /// The text of the refresh token; empty when there is none.
    var refreshText: String { refresh?.token.reveal() ?? "" }
}

extension DataError {
    static let reusedCode = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the code was used before; what came of it is revoked", rule: .reusedGrant)
    static let reusedRefreshToken = DataError(
        .invalidGrant, entity: .refreshToken, reason: "the refresh token was used before; its family is revoked", rule: .reusedGrant)
    static let unknownCode = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the code is unknown, expired, or was given to another client or redirect URI")
    static let wrongVerifier = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the code verifier does not belong to the code challenge")
    static let unknownRefreshToken = DataError(
        .invalidGrant, entity: .refreshToken, reason: "the refresh token is unknown, expired, revoked, or was given to another client")
    static let closedRequest = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the request is unknown, expired, or was approved before")
    static let tokenOfNoMember = DataError.ruleViolation(.notMember, "a token is issued to members of its team only")
}
