import DeployStackModels

/// OAuth clients in the in-memory tables.
struct InMemoryOAuthClientRepository: OAuthClientRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func register(_ client: NewOAuthClient) async throws(DataError) -> RegisteredOAuthClient {
        let generated = try GeneratedClient(registering: try client.validated(), in: environment)
        try await tables.write { tables in
            try tables.insert(OAuthClientRow(client: generated.client, secretHash: generated.secretHash))
        }
        return generated.registered
    }

    func client(_ id: OAuthClientID) async throws(DataError) -> OAuthClient? {
        let environment = self.environment
        return try await tables.read { tables in tables.oauthClient(id, in: environment) }
    }

    func isValid(_ id: OAuthClientID, redirectURI: String) async throws(DataError) -> Bool {
        guard let client = try await client(id), client.isUsable(at: environment.now()) else { return false }
        return RedirectURIRule.isRegistered(redirectURI, for: client)
    }

    func isValid(_ id: OAuthClientID, secret: String) async throws(DataError) -> Bool {
        let row = try await tables.read { tables in tables.oauthClients[id] }
        guard let row, row.client.isUsable(at: environment.now()), let hash = row.secretHash else { return false }
        return TokenHash(of: secret).hexadecimal.hasSameBytesInConstantTime(as: hash.hexadecimal)
    }

    func deactivate(_ id: OAuthClientID) async throws(DataError) -> Bool {
        let now = environment.now()
        return try await tables.write { tables in
            guard let row = tables.oauthClients[id], row.client.isActive else { return false }
            return try tables.update(OAuthClientRow.self, id.bytewise) {
                $0.client.isActive = false
                $0.client.updatedAt = now
            } != nil
        }
    }

    func purgeUnused(olderThan age: Duration) async throws(DataError) -> Int {
        let cutoff = try OAuthClientRules.cutoff(age, before: environment.now())
        return try await tables.write { tables in
            let busy = Set(tables.accessTokens.all.map { OAuthClientID($0.record.clientID) } + tables.refreshTokens.all.map(\.record.clientID))
            let unused = tables.oauthClients.all.map(\.client).filter {
                $0.registration == .dynamic && ($0.lastUsedAt ?? $0.createdAt) < cutoff && !busy.contains($0.id)
            }
            let purged = Set(unused.map(\.id))
            let consents = tables.teamConsents.all.map(\.consent).filter { purged.contains($0.clientID) }
            try tables.delete(TeamConsentRow.self, consents.map(\.id.bytewise))
            return try tables.delete(OAuthClientRow.self, unused.map(\.id.bytewise))
        }
    }

    func grantConsent(user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope]) async throws(DataError) -> TeamConsent {
        let scopes = try TokenRules.checked(scopes)
        let environment = self.environment
        return try await tables.write { tables in
            guard tables.oauthClient(client, in: environment)?.isUsable(at: environment.now()) ?? false else { throw GrantRules.unknownClient }
            guard IdentifierRule.canExist(user) else { throw DataError.referenceMissing(.user) }
            guard IdentifierRule.canExist(team) else { throw DataError.referenceMissing(.team) }
            let consent = TeamConsent(
                id: TeamConsentID(environment.makeID()), userID: user, teamID: team, clientID: client, scopes: scopes, grantedAt: environment.now())
            try tables.requireMembership(of: user, in: team)
            guard let old = tables.teamConsents.row(TeamConsentRow.clientKey, user.rawValue, team.rawValue, client.rawValue) else {
                try tables.insert(TeamConsentRow(consent: consent))
                return consent
            }
            let changed = try tables.update(TeamConsentRow.self, old.consent.id.bytewise) {
                $0.consent.scopes = scopes
                $0.consent.grantedAt = consent.grantedAt
                $0.isActive = true
            }
            return changed?.consent ?? consent
        }
    }

    func consent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> TeamConsent? {
        try await tables.read { tables in
            guard let row = tables.teamConsents.row(TeamConsentRow.clientKey, user.rawValue, team.rawValue, client.rawValue), row.isActive else {
                return nil
            }
            return row.consent
        }
    }

    func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> Bool {
        let selection = TokenSelection.consent(user, team, client)
        guard selection.canExist else { return false }
        return try await tables.write { tables in
            _ = try tables.revoke(selection)
            guard let row = tables.teamConsents.row(TeamConsentRow.clientKey, user.rawValue, team.rawValue, client.rawValue), row.isActive else {
                return false
            }
            return try tables.update(TeamConsentRow.self, row.consent.id.bytewise) { $0.isActive = false } != nil
        }
    }
}

extension InMemoryTables {
    /// A client, static or registered.
    func oauthClient(_ id: OAuthClientID, in environment: StoreEnvironment) -> OAuthClient? {
        environment.options.staticClient(id) ?? oauthClients[id]?.client
    }
}
