import DeployStackModels

extension InMemoryTokenService {
    func createAuthorizationRequest(_ request: NewAuthorizationRequest) async throws(DataError) -> AuthorizationRequest {
        let request = try request.validated(allowsPlain: environment.options.allowsPlainCodeChallenges)
        let environment = self.environment
        return try await tables.write { tables in
            let now = environment.now()
            try request.validate(with: tables.oauthClient(request.client, in: environment), at: now)
            guard IdentifierRule.canExist(request.user) else { throw DataError.referenceMissing(.user) }
            guard IdentifierRule.canExist(request.team) else { throw DataError.referenceMissing(.team) }
            let record = try AuthorizationRequest(request, in: environment)
            try tables.requireMembership(of: request.user, in: request.team)
            try tables.insert(AuthorizationCodeRow(request: record))
            let expired = tables.authorizationCodes.rows(referringTo: request.user.rawValue, by: AuthorizationCodeRow.userReference)
                .filter { $0.request.clientID == request.client && $0.request.expiresAt <= now }
            try tables.delete(AuthorizationCodeRow.self, expired.map(\.request.id.bytewise))
            try tables.update(OAuthClientRow.self, request.client.bytewise) { $0.client.lastUsedAt = now }
            return record
        }
    }

    func authorizationRequest(_ id: AuthorizationCodeID) async throws(DataError) -> AuthorizationRequest? {
        guard IdentifierRule.canExist(id) else { return nil }
        let now = environment.now()
        return try await tables.read { tables in
            guard let row = tables.authorizationCodes[id], !row.isUsed, row.request.expiresAt > now else { return nil }
            return row.request
        }
    }

    func setTeam(_ team: TeamID, of request: AuthorizationCodeID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(request) else { return false }
        let now = environment.now()
        return try await tables.write { tables in
            guard let row = tables.authorizationCodes[request], row.codeHash == nil, row.request.expiresAt > now else { return false }
            guard IdentifierRule.canExist(team) else { throw DataError.referenceMissing(.team) }
            try tables.requireMembership(of: row.request.userID, in: team)
            return try tables.update(AuthorizationCodeRow.self, request.bytewise) { $0.request.teamID = team } != nil
        }
    }

    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText {
        let code = GrantRules.draw(GrantRules.codePrefix, in: environment)
        guard IdentifierRule.canExist(request) else { throw GrantRules.closedRequest }
        let now = environment.now()
        try await tables.write { tables in
            guard let row = tables.authorizationCodes[request], row.codeHash == nil, row.request.expiresAt > now else {
                throw GrantRules.closedRequest
            }
            try tables.update(AuthorizationCodeRow.self, request.bytewise) { $0.codeHash = TokenHash(of: code) }
            try tables.useConsent(for: row.request, at: now)
        }
        return SecretText(code)
    }

    func deny(_ request: AuthorizationCodeID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(request) else { return false }
        return try await tables.write { tables in
            guard let row = tables.authorizationCodes[request], !row.isUsed else { return false }
            return try tables.delete(AuthorizationCodeRow.self, [request.bytewise]) > 0
        }
    }

    func exchangeCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> TokenPair {
        guard !tables.isInTransaction else { throw GrantRules.outcomeInTransaction }
        return try await redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI).get()
    }

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        guard GrantRules.canBe(code, GrantRules.codePrefix) else { return .refused(GrantRules.unknownCode) }
        let hash = TokenHash(of: code)
        let environment = self.environment
        return try await tables.write { tables in
            try tables.redeem(hash, verifier: verifier, client: client, redirectURI: redirectURI, in: environment)
        }
    }
}
