import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let tokens: [IsolationCase] = [
        IsolationCase(
            "TokenService.issueAccessToken(_:)",
            own: [
                { call in
                    let issued = try await call.store.tokens.issueAccessToken(
                        NewAccessToken(user: call.ours.owner, team: call.ours.team, clientID: "client"))
                    return everything(of: issued.record)
                }
            ]),
        IsolationCase("TokenService.verify(_:)", own: [{ everything(of: try await $0.store.tokens.verify($0.ours.token)) }]),
        IsolationCase("TokenService.revokeAccessToken(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.revokeExpiredTokens()", unscoped: platform),
    ]
}
