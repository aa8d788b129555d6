import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let tokens: [IsolationCase] = [
        IsolationCase(
            "TokenService.createAuthorizationRequest(_:)",
            own: [{ everything(of: try await $0.store.tokens.createAuthorizationRequest(request(of: $0.ours))) }]),
        IsolationCase("TokenService.authorizationRequest(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.setTeam(_:of:)", unscoped: byIdentifier),
        IsolationCase("TokenService.approve(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.deny(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.exchangeCode(_:verifier:client:redirectURI:)", unscoped: bearer),
        IsolationCase("TokenService.redeemCode(_:verifier:client:redirectURI:)", unscoped: bearer),
        IsolationCase(
            "TokenService.issueAccessToken(_:)",
            own: [
                { call in
                    let issued = try await call.store.tokens.issueAccessToken(
                        NewAccessToken(user: call.ours.owner, team: call.ours.team, clientID: "client"))
                    return everything(of: issued.record)
                }
            ]),
        IsolationCase(
            "TokenService.issueRefreshToken(_:)",
            own: [
                { call in
                    let issued = try await call.store.tokens.issueRefreshToken(
                        NewRefreshToken(user: call.ours.owner, team: call.ours.team, client: "client"))
                    return everything(of: issued.record)
                }
            ]),
        IsolationCase("TokenService.verify(_:)", own: [{ everything(of: try await $0.store.tokens.verify($0.ours.token)) }]),
        IsolationCase(
            "TokenService.introspect(_:expectedTeam:expectedAudience:)",
            own: [{ everything(of: try await $0.store.tokens.introspect($0.ours.token, expectedTeam: $0.ours.team, expectedAudience: nil)) }],
            foreign: [
                { everything(of: try await $0.store.tokens.introspect($0.ours.token, expectedTeam: $0.other.team, expectedAudience: nil)) }
            ]),
        IsolationCase("TokenService.refresh(_:client:)", unscoped: bearer),
        IsolationCase("TokenService.redeemRefreshToken(_:client:)", unscoped: bearer),
        IsolationCase("TokenService.revokeAccessToken(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.revoke(_:client:)", own: [{ everything(of: try await $0.store.tokens.revoke($0.ours.token, client: nil)) }]),
        IsolationCase("TokenService.revokeAll(user:)", own: [{ everything(of: try await $0.store.tokens.revokeAll(user: $0.ours.owner)) }]),
        IsolationCase(
            "TokenService.revokeAll(user:team:)",
            own: [{ everything(of: try await $0.store.tokens.revokeAll(user: $0.ours.owner, team: $0.ours.team)) }],
            foreign: [
                { everything(of: try await $0.store.tokens.revokeAll(user: $0.ours.owner, team: $0.other.team)) },
                { everything(of: try await $0.store.tokens.revokeAll(user: $0.other.owner, team: $0.ours.team)) },
            ]),
        IsolationCase("TokenService.revokeAll(client:)", unscoped: platform),
        IsolationCase("TokenService.revokeFamily(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.revokeExpiredTokens()", unscoped: platform),
        IsolationCase("TokenService.purgeExpired(batchSize:)", unscoped: platform),
        IsolationCase(
            "TokenService.activeTokens(user:page:)", own: [{ everything(of: try await $0.store.tokens.activeTokens(user: $0.ours.owner)) }]),
    ]

    static let oauthClients: [IsolationCase] = [
        IsolationCase("OAuthClientRepository.register(_:)", unscoped: platform),
        IsolationCase("OAuthClientRepository.client(_:)", unscoped: platform),
        IsolationCase("OAuthClientRepository.isValid(_:redirectURI:)", unscoped: platform),
        IsolationCase("OAuthClientRepository.isValid(_:secret:)", unscoped: platform),
        IsolationCase("OAuthClientRepository.deactivate(_:)", unscoped: platform),
        IsolationCase("OAuthClientRepository.purgeUnused(olderThan:)", unscoped: platform),
        IsolationCase(
            "OAuthClientRepository.grantConsent(user:team:client:scopes:)",
            own: [
                {
                    everything(
                        of: try await $0.store.oauthClients.grantConsent(
                            user: $0.ours.owner, team: $0.ours.team, client: Tenant.client, scopes: [.read]))
                }
            ]),
        IsolationCase(
            "OAuthClientRepository.consent(user:team:client:)",
            own: [{ everything(of: try await $0.store.oauthClients.consent(user: $0.ours.owner, team: $0.ours.team, client: Tenant.client)) }],
            foreign: [
                { everything(of: try await $0.store.oauthClients.consent(user: $0.ours.owner, team: $0.other.team, client: Tenant.client)) },
                { everything(of: try await $0.store.oauthClients.consent(user: $0.other.owner, team: $0.ours.team, client: Tenant.client)) },
            ]),
        IsolationCase(
            "OAuthClientRepository.revokeConsent(user:team:client:)",
            own: [{ everything(of: try await $0.store.oauthClients.revokeConsent(user: $0.ours.owner, team: $0.ours.team, client: Tenant.client)) }],
            foreign: [
                { everything(of: try await $0.store.oauthClients.revokeConsent(user: $0.ours.owner, team: $0.other.team, client: Tenant.client)) },
                { everything(of: try await $0.store.oauthClients.revokeConsent(user: $0.other.owner, team: $0.ours.team, client: Tenant.client)) },
            ]),
    ]

    private static func request(of tenant: Tenant) -> NewAuthorizationRequest {
        NewAuthorizationRequest(
            user: tenant.owner, team: tenant.team, client: Tenant.client, redirectURI: "http://127.0.0.1/callback",
            codeChallenge: String(repeating: "A", count: 43))
    }
}
