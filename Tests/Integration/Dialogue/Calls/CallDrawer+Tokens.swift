import DeployStackData
import DeployStackModels

extension CallDrawer {
    /// A code verifier and its challenge, from RFC 7636, appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    private static let callback = "http://127.0.0.1/callback"

    /// From the request to the tokens.
    mutating func requests(_ method: Int) -> DialogueCall {
        let request = fact(of: .request)
        let id = AuthorizationCodeID(request.text)
        switch method % 11 {
        case 1: return DialogueCall("tokens.authorizationRequest(\(id))") { try await $0.tokens.authorizationRequest(id) }
        case 2:
            let team: TeamID = self.id(.team)
            return DialogueCall("tokens.setTeam(\(team), of: \(id))") { try await $0.tokens.setTeam(team, of: id) }
        case 3, 4:
            return DialogueCall(text: "tokens.approve(\(id))") {
                Answer("approved", [Fact(.code, try await $0.store.tokens.approve(id).reveal(), of: request.owner)])
            }
        case 5: return DialogueCall("tokens.deny(\(id))") { try await $0.tokens.deny(id) }
        case 6, 7, 8:
            let code = fact(of: .code)
            let client = choices.oneIn(6) ? self.client() : OAuthClientID(code.owner)
            let verifier = choices.oneIn(6) ? choices.one(of: [Self.challenge, "", "short", hostileText()]) : Self.verifier
            let address = choices.oneIn(8) ? "http://127.0.0.1" : Self.callback
            guard choices.oneIn(2) else {
                return DialogueCall("tokens.redeemCode(\(code.text), \(verifier.debugDescription), \(client), \(address))") {
                    try await $0.tokens.redeemCode(code.text, verifier: verifier, client: client, redirectURI: address)
                }
            }
            return DialogueCall("tokens.exchangeCode(\(code.text), \(verifier.debugDescription), \(client), \(address))") {
                try await $0.tokens.exchangeCode(code.text, verifier: verifier, client: client, redirectURI: address)
            }
        default:
            let (user, team) = member()
            var new = NewAuthorizationRequest(
                user: user, team: team, client: client(), redirectURI: Self.callback, scopes: scopes(), state: optionalName() ?? "state",
                codeChallenge: Self.challenge)
            if choices.oneIn(8) { new.redirectURI = choices.one(of: ["https://evil.example", "", "http://127.0.0.1", "nul\0"]) }
            if choices.oneIn(8) { new.codeChallenge = choices.one(of: ["", "short", hostileText()]) }
            if choices.oneIn(8) { new.codeChallengeMethod = choices.one(of: [.plain, .unknown("S512")]) }
            if choices.oneIn(5) { new.resource = choices.one(of: ["https://example.org/mcp", "", "nul\0"]) }
            let chosen = new
            return DialogueCall("tokens.createAuthorizationRequest(\(new))") { try await $0.tokens.createAuthorizationRequest(chosen) }
        }
    }

    mutating func tokens(_ method: Int) -> DialogueCall {
        switch method % 20 {
        case 1, 2, 3:
            let token = text(of: .accessToken)
            return DialogueCall("tokens.verify(\(token))") { try await $0.tokens.verify(token).map { "\($0)" } }
        case 4, 5:
            let (token, team) = (text(of: .accessToken), choices.oneIn(3) ? id(.team) as TeamID : nil)
            let audience = choices.oneIn(4) ? choices.one(of: ["https://example.org/mcp", "", "nul\0"]) : nil
            return DialogueCall("tokens.introspect(\(token), \(team as Any), \(audience as Any))") {
                try await $0.tokens.introspect(token, expectedTeam: team, expectedAudience: audience)
            }
        case 6, 7, 8:
            let token = fact(of: .refreshToken)
            let client = choices.oneIn(6) ? client() : OAuthClientID(token.owner)
            guard choices.oneIn(2) else {
                return DialogueCall("tokens.redeemRefreshToken(\(token.text), \(client))") {
                    try await $0.tokens.redeemRefreshToken(token.text, client: client)
                }
            }
            return DialogueCall("tokens.refresh(\(token.text), \(client))") { try await $0.tokens.refresh(token.text, client: client) }
        case 9:
            let id: AccessTokenID = id(.accessTokenID)
            return DialogueCall("tokens.revokeAccessToken(\(id))") { try await $0.tokens.revokeAccessToken(id) }
        case 10:
            let token = fact(of: choices.one(of: [.accessToken, .refreshToken]))
            let client = choices.oneIn(3) ? OAuthClientID(token.owner) : choices.oneIn(4) ? client() : nil
            return DialogueCall("tokens.revoke(\(token.text), \(client as Any))") { try await $0.tokens.revoke(token.text, client: client) }
        case 11:
            let user = member().user
            return DialogueCall("tokens.revokeAll(\(user))") { try await $0.tokens.revokeAll(user: user) }
        case 12:
            let (user, team) = member()
            return DialogueCall("tokens.revokeAll(\(user), \(team))") { try await $0.tokens.revokeAll(user: user, team: team) }
        case 13:
            let client = client()
            return DialogueCall("tokens.revokeAll(client: \(client))") { try await $0.tokens.revokeAll(client: client) }
        case 14:
            let family: TokenFamilyID = id(.family)
            return DialogueCall("tokens.revokeFamily(\(family))") { try await $0.tokens.revokeFamily(family) }
        case 15: return DialogueCall("tokens.revokeExpiredTokens()") { try await $0.tokens.revokeExpiredTokens() }
        case 16:
            let size = limit()
            return DialogueCall("tokens.purgeExpired(\(size))") { try await $0.tokens.purgeExpired(batchSize: size) }
        case 17:
            let (user, page) = (member().user, page())
            return DialogueCall("tokens.activeTokens(\(user), \(page))") { try await $0.tokens.activeTokens(user: user, page: page) }
        case 18:
            let (user, team) = member()
            let new = NewRefreshToken(
                user: user, team: team, client: client(), scopes: scopes(), family: choices.oneIn(4) ? id(.family) : nil)
            return DialogueCall("tokens.issueRefreshToken(\(new))") { try await $0.tokens.issueRefreshToken(new) }
        default:
            let (user, team) = member()
            let new = NewAccessToken(
                user: user, team: team, clientID: client().rawValue, scopes: scopes(), resource: choices.oneIn(4) ? "https://example.org/mcp" : nil,
                familyID: choices.oneIn(6) ? text(of: .family) : nil)
            return DialogueCall("tokens.issueAccessToken(\(new))") { try await $0.tokens.issueAccessToken(new) }
        }
    }

    mutating func clients(_ method: Int) -> DialogueCall {
        let client = client()
        switch method % 12 {
        case 1: return DialogueCall("oauthClients.client(\(client))") { try await $0.oauthClients.client(client) }
        case 2:
            let address = choices.one(of: [Self.callback, "http://127.0.0.1:8080/callback", "http://127.0.0.1", "https://evil.example", "", "nul\0"])
            return DialogueCall("oauthClients.isValid(\(client), redirectURI: \(address.debugDescription))") {
                try await $0.oauthClients.isValid(client, redirectURI: address)
            }
        case 3:
            let secret = fact(of: .clientSecret)
            let owner = choices.oneIn(4) ? client : OAuthClientID(secret.owner)
            return DialogueCall("oauthClients.isValid(\(owner), secret: \(secret.text.debugDescription))") {
                try await $0.oauthClients.isValid(owner, secret: secret.text)
            }
        case 4: return DialogueCall("oauthClients.deactivate(\(client))") { try await $0.oauthClients.deactivate(client) }
        case 5:
            let age = age()
            return DialogueCall("oauthClients.purgeUnused(\(age))") { try await $0.oauthClients.purgeUnused(olderThan: age) }
        case 6, 7:
            let (user, team) = member()
            let scopes = scopes()
            return DialogueCall("oauthClients.grantConsent(\(user), \(team), \(client), \(scopes))") {
                try await $0.oauthClients.grantConsent(user: user, team: team, client: client, scopes: scopes)
            }
        case 8:
            let (user, team) = member()
            return DialogueCall("oauthClients.consent(\(user), \(team), \(client))") {
                try await $0.oauthClients.consent(user: user, team: team, client: client)
            }
        case 9:
            let (user, team) = member()
            return DialogueCall("oauthClients.revokeConsent(\(user), \(team), \(client))") {
                try await $0.oauthClients.revokeConsent(user: user, team: team, client: client)
            }
        default:
            var new = NewOAuthClient(name: name(), redirectURIs: [Self.callback], scopes: scopes(), wantsSecret: flag())
            if choices.oneIn(6) {
                new.redirectURIs = choices.one(of: [[], ["no address"], ["http://example.org"], ["https://example.org/a", Self.callback]])
            }
            if choices.oneIn(4) { new.teamID = id(.team) }
            if choices.oneIn(4) { new.createdBy = id(.user) }
            if choices.oneIn(4) { new.lifetime = age() }
            if choices.oneIn(8) { new.grantTypes = choices.one(of: [["password"], [], ["authorization_code"]]) }
            let chosen = new
            return DialogueCall("oauthClients.register(\(new))") { try await $0.oauthClients.register(chosen) }
        }
    }

    /// A client: one that is known without being registered, or one of those that were.
    private mutating func client() -> OAuthClientID {
        choices.below(3) == 2 ? id(.client) : choices.one(of: ["cursor_mcp_client", "vscode_mcp_extension"])
    }

    private mutating func scopes() -> [TokenScope] {
        switch choices.below(6) {
        case 3: [.read]
        case 4: [.read, .read, .executeTools]
        case 5:
            choices.one(of: [[], [TokenScope(rawValue: "mcp:all")], [TokenScope(rawValue: "")], [.offlineAccess], [TokenScope(rawValue: "nul\0")]])
        default: TokenScope.all
        }
    }
}
