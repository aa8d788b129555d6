import DeployStackModels

/// What the fields of a client may be.
enum OAuthClientRules {
    static let secretPrefix = "dss_"
    static let codes = "authorization_code"
    static let refreshTokens = "refresh_token"
    static let grantTypes: Set<String> = [codes, refreshTokens]
    static let methodWithSecret = "client_secret_post"

    /// What the identifiers of clients begin with that registered themselves.
    static let idPrefix = "dyn_"

    /// The identifier of a client that registers itself: `dyn_`, the time in milliseconds, `_` and nine random characters.
    static func makeID(in environment: StoreEnvironment, at now: Timestamp) -> OAuthClientID {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        var characters: [UInt8] = []
        while characters.count < 9 {
            // 252 is the largest multiple of 36 in a byte; what lies above would make some characters more frequent.
            for byte in environment.options.randomSource.bytes(12) where byte < 252 && characters.count < 9 {
                characters.append(alphabet[Int(byte % 36)])
            }
        }
        return OAuthClientID("\(idPrefix)\(now.microsecondsSinceEpoch / 1_000)_\(String(decoding: characters, as: UTF8.self))")
    }

    static func cutoff(_ age: Duration, before now: Timestamp) throws(DataError) -> Timestamp {
        guard age >= .zero, let cutoff = now.adding(.zero - age) else { throw .validation("age", "it must be zero or more") }
        return cutoff
    }
}

extension NewOAuthClient {
    /// The client as it is stored, or a validation error.
    func validated() throws(DataError) -> NewOAuthClient {
        var client = self
        client.name = try TextRule(field: "name", characters: 1...255, isTrimmed: true).checked(name)
        guard (1...20).contains(redirectURIs.count) else { throw .validation("redirectURIs", "there must be 1 to 20") }
        for uri in redirectURIs { try RedirectURIRule.validate(uri) }
        guard !grantTypes.isEmpty, grantTypes.allSatisfy(OAuthClientRules.grantTypes.contains), Set(grantTypes).count == grantTypes.count else {
            throw .validation("grantTypes", "each must be authorization_code or refresh_token, and there must be at least one")
        }
        guard responseTypes == ["code"] else { throw .validation("responseTypes", "it must be code") }
        client.scopes = try TokenRules.checked(scopes)
        if let teamID, !IdentifierRule.canExist(teamID) { throw .referenceMissing(.team, constraint: "oauth_clients_team_id_fkey") }
        if let createdBy, !IdentifierRule.canExist(createdBy) {
            throw .referenceMissing(.user, constraint: "oauth_clients_created_by_user_id_fkey")
        }
        return client
    }
}

/// A new client: its record, and its secret, which is given out once.
struct GeneratedClient {
    let client: OAuthClient
    let secret: String?
    var secretHash: TokenHash? { secret.map { TokenHash(of: $0) } }

    init(registering new: NewOAuthClient, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        var expiresAt: Timestamp?
        if let lifetime = new.lifetime {
            guard let expiry = now.adding(lifetime), expiry > now else { throw .validation("lifetime", "it must be at least a microsecond") }
            expiresAt = expiry
        }
        client = OAuthClient(
            id: OAuthClientRules.makeID(in: environment, at: now), registration: .dynamic, name: new.name, redirectURIs: new.redirectURIs,
            grantTypes: new.grantTypes, responseTypes: new.responseTypes, scopes: new.scopes, hasSecret: new.wantsSecret, teamID: new.teamID,
            createdBy: new.createdBy, isActive: true, expiresAt: expiresAt, lastUsedAt: nil, createdAt: now, updatedAt: now)
        secret = new.wantsSecret ? GrantRules.draw(OAuthClientRules.secretPrefix, in: environment) : nil
    }

    var registered: RegisteredOAuthClient { RegisteredOAuthClient(client: client, secret: secret.map { SecretText($0) }) }
}
