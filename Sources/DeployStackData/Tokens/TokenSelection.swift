import DeployStackModels

/// Which tokens to revoke.
enum TokenSelection: Sendable {
    case user(UserID)
    case member(UserID, TeamID)
    case client(OAuthClientID)
    case consent(UserID, TeamID, OAuthClientID)
    case families([TokenFamilyID])

    /// Whether it is about families, which begin with a code that was exchanged.
    var isFamilies: Bool {
        if case .families = self { true } else { false }
    }

    /// Whether there can be such tokens at all.
    var canExist: Bool {
        switch self {
        case .user(let user): IdentifierRule.canExist(user)
        case .member(let user, let team): IdentifierRule.canExist(user) && IdentifierRule.canExist(team)
        case .client(let client): GrantRules.canExist(client)
        case .consent(let user, let team, let client):
            IdentifierRule.canExist(user) && IdentifierRule.canExist(team) && GrantRules.canExist(client)
        case .families(let families): families.allSatisfy { GrantRules.canExist($0) }
        }
    }

    /// Whether a token is one of them.
    func contains(user: UserID, team: TeamID, client: OAuthClientID, family: TokenFamilyID?) -> Bool {
        switch self {
        case .user(let id): user == id
        case .member(let id, let ofTeam): user == id && team == ofTeam
        case .client(let id): client == id
        case .consent(let id, let inTeam, let forClient): user == id && team == inTeam && client == forClient
        case .families(let ids): family.map { ids.contains($0) } ?? false
        }
    }
}

extension GrantRules {
    /// Whether a stored token can name this client. Those of tokens may be 255 characters of any kind.
    static func canExist<Tag>(_ id: Identifier<Tag>) -> Bool {
        !id.rawValue.isEmpty && id.rawValue.utf8.count <= 1_020 && !id.rawValue.utf8.contains(0)
    }
}
