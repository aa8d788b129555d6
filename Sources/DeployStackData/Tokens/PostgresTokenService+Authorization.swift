import DeployStackModels
import PostgresDriver

extension PostgresTokenService {
    func createAuthorizationRequest(_ request: NewAuthorizationRequest) async throws(DataError) -> AuthorizationRequest {
        let options = database.environment.options
        let request = try request.validated(allowsPlain: options.allowsPlainCodeChallenges)
        return try await database.transaction { database in
            let clients = PostgresOAuthClientRepository(database: database)
            try request.validate(with: try await clients.client(request.client), at: database.environment.now())
            guard IdentifierRule.canExist(request.user) else { throw DataError.referenceMissing(.user) }
            guard IdentifierRule.canExist(request.team) else { throw DataError.referenceMissing(.team) }
            let record = try AuthorizationRequest(request, in: database.environment)
            if try await database.execute(.createAuthorizationRequest(record)) == 0 {
                throw try await PostgresTokenService(database: database).reasonForNoMembership(of: request.user, in: request.team)
            }
            _ = try await database.execute(.deleteExpiredRequests(of: request.user, client: request.client, at: record.createdAt))
            _ = try await database.execute(.touchClient(request.client, at: record.createdAt))
            return record
        }
    }

    func authorizationRequest(_ id: AuthorizationCodeID) async throws(DataError) -> AuthorizationRequest? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.authorizationRequest(id, at: database.environment.now()))
    }

    func setTeam(_ team: TeamID, of request: AuthorizationCodeID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(request) else { return false }
        let now = database.environment.now()
        if IdentifierRule.canExist(team), try await database.execute(.setTeam(team, of: request, at: now)) > 0 { return true }
        guard let open = try await database.optional(.pendingRequest(request, at: now)) else { return false }
        guard IdentifierRule.canExist(team) else { throw .referenceMissing(.team) }
        throw try await reasonForNoMembership(of: open.userID, in: team)
    }

    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText {
        let code = GrantRules.draw(GrantRules.codePrefix, in: database.environment)
        guard IdentifierRule.canExist(request),
            try await database.one(.approve(request, hash: TokenHash(of: code), at: database.environment.now())) > 0
        else { throw GrantRules.closedRequest }
        return SecretText(code)
    }

    func deny(_ request: AuthorizationCodeID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(request) else { return false }
        return try await database.execute(.deny(request)) > 0
    }

    func exchangeCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> TokenPair {
        guard !database.isInTransaction else { throw GrantRules.outcomeInTransaction }
        return try await redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI).get()
    }

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        guard GrantRules.canBe(code, GrantRules.codePrefix) else { return .refused(GrantRules.unknownCode) }
        return try await database.transaction { database in
            try await PostgresGrants(database: database).redeem(
                TokenHash(of: code), verifier: verifier, client: client, redirectURI: redirectURI)
        }
    }
}

extension PostgresTokenService {
    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.revokeAccessToken(id)) > 0
    }

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        if let client, !GrantRules.canExist(client) { return false }
        if TokenRules.canBeAccessToken(token) {
            return try await database.execute(.revokeAccessToken(TokenHash(of: token), client: client)) > 0
        }
        guard GrantRules.canBe(token, GrantRules.refreshTokenPrefix), let record = try await database.optional(.refreshToken(TokenHash(of: token))),
            client.map({ $0 == record.clientID }) ?? true
        else { return false }
        return try await revoke(.families([record.familyID])) > 0
    }

    func revokeAll(user: UserID) async throws(DataError) -> Int { try await revoke(.user(user)) }
    func revokeAll(user: UserID, team: TeamID) async throws(DataError) -> Int { try await revoke(.member(user, team)) }
    func revokeAll(client: OAuthClientID) async throws(DataError) -> Int { try await revoke(.client(client)) }
    func revokeFamily(_ family: TokenFamilyID) async throws(DataError) -> Int { try await revoke(.families([family])) }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        try await database.execute(.revokeExpiredTokens(at: database.environment.now()))
    }

    func purgeExpired(batchSize: Int) async throws(DataError) -> PurgedGrants {
        let limit = try GrantRules.checked(batchSize: batchSize)
        let now = database.environment.now()
        return PurgedGrants(
            accessTokens: try await purge(.purgeAccessTokens(at: now, limit: limit), limit),
            refreshTokens: try await purge(.purgeRefreshTokens(at: now, limit: limit), limit),
            codes: try await purge(.purgeCodes(at: now, limit: limit), limit))
    }

    private func revoke(_ selection: TokenSelection) async throws(DataError) -> Int {
        guard selection.canExist else { return 0 }
        return try await database.transaction { database in
            try await PostgresGrants(database: database).revoke(selection)
        }
    }

    /// Runs a statement until it finds less than a whole batch.
    private func purge(_ statement: Statement<Void>, _ limit: Int) async throws(DataError) -> Int {
        var total = 0
        while true {
            let deleted = try await database.execute(statement)
            total += deleted
            if deleted < limit { return total }
        }
    }
}
