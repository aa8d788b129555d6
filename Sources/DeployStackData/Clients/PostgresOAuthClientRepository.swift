import DeployStackModels

/// OAuth clients in PostgreSQL.
struct PostgresOAuthClientRepository: OAuthClientRepository {
    let database: Database

    func register(_ client: NewOAuthClient) async throws(DataError) -> RegisteredOAuthClient {
        let generated = try GeneratedClient(registering: try client.validated(), in: database.environment)
        _ = try await database.execute(.registerClient(generated.client, secretHash: generated.secretHash))
        return generated.registered
    }

    func client(_ id: OAuthClientID) async throws(DataError) -> OAuthClient? {
        if let known = database.environment.options.staticClient(id) { return known }
        return try await stored(id)?.client
    }

    func isValid(_ id: OAuthClientID, redirectURI: String) async throws(DataError) -> Bool {
        guard let client = try await client(id), client.isUsable(at: database.environment.now()) else { return false }
        return RedirectURIRule.isRegistered(redirectURI, for: client)
    }

    func isValid(_ id: OAuthClientID, secret: String) async throws(DataError) -> Bool {
        guard let stored = try await stored(id), stored.client.isUsable(at: database.environment.now()), let hash = stored.secretHash else {
            return false
        }
        return TokenHash(of: secret).hexadecimal.hasSameBytesInConstantTime(as: hash)
    }

    func deactivate(_ id: OAuthClientID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.deactivateClient(id, at: database.environment.now())) > 0
    }

    func purgeUnused(olderThan age: Duration) async throws(DataError) -> Int {
        try await database.one(.purgeUnusedClients(before: OAuthClientRules.cutoff(age, before: database.environment.now())))
    }

    func grantConsent(user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope]) async throws(DataError) -> TeamConsent {
        let scopes = try TokenRules.checked(scopes)
        guard try await self.client(client)?.isUsable(at: database.environment.now()) ?? false else { throw GrantRules.unknownClient }
        guard IdentifierRule.canExist(user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(team) else { throw .referenceMissing(.team) }
        let consent = TeamConsent(
            id: TeamConsentID(database.environment.makeID()), userID: user, teamID: team, clientID: client, scopes: scopes,
            grantedAt: database.environment.now())
        guard let stored = try await database.optional(.grantConsent(consent)) else {
            throw try await PostgresTokenService(database: database).reasonForNoMembership(of: user, in: team)
        }
        return stored
    }

    func consent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> TeamConsent? {
        guard TokenSelection.consent(user, team, client).canExist else { return nil }
        return try await database.optional(.consent(user: user, team: team, client: client))
    }

    func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> Bool {
        let selection = TokenSelection.consent(user, team, client)
        guard selection.canExist else { return false }
        return try await database.transaction { database in
            // In the order of the end of a membership: codes, tokens, the consent.
            _ = try await PostgresGrants(database: database).revoke(selection)
            return try await database.execute(.revokeConsent(user: user, team: team, client: client)) > 0
        }
    }

    private func stored(_ id: OAuthClientID) async throws(DataError) -> StoredClient? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.client(id))
    }
}

extension StoreOptions {
    /// The static client with an identifier.
    func staticClient(_ id: OAuthClientID) -> OAuthClient? { staticClients.first { $0.id == id } }
}
