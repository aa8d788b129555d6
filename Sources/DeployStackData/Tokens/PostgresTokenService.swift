import DeployStackModels

/// OAuth tokens in PostgreSQL.
struct PostgresTokenService: TokenService {
    let database: Database

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        let token = try token.validated()
        let issued = try GeneratedToken(issuing: token, in: database.environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        if try await database.execute(.issueAccessToken(issued.record, hash: issued.hash)) == 0 {
            throw try await reasonForNoMembership(of: token.user, in: token.team)
        }
        return IssuedAccessToken(token: SecretText(issued.text), record: issued.record)
    }

    func issueRefreshToken(_ token: NewRefreshToken) async throws(DataError) -> IssuedRefreshToken {
        let token = try token.validated()
        let generated = try GeneratedRefreshToken(issuing: token, in: database.environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        if try await database.execute(.issueRefreshToken(generated.record, hash: generated.hash)) == 0 {
            throw try await reasonForNoMembership(of: token.user, in: token.team)
        }
        return generated.issued
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        guard TokenRules.canBeAccessToken(token) else { return nil }
        return try await database.optional(.verify(TokenHash(of: token), at: database.environment.now()))
    }

    func introspect(_ token: String, expectedTeam: TeamID?, expectedAudience: String?) async throws(DataError) -> TokenIntrospection {
        guard TokenRules.canBeAccessToken(token),
            let found = try await database.optional(.introspect(TokenHash(of: token), at: database.environment.now()))
        else { return TokenIntrospection(inactive: .notValid) }
        return found.introspection(team: expectedTeam, audience: expectedAudience, issuer: database.environment.options.tokenIssuer)
    }

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        guard !database.isInTransaction else { throw GrantRules.outcomeInTransaction }
        return try await redeemRefreshToken(token, client: client).get()
    }

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        guard GrantRules.canBe(token, GrantRules.refreshTokenPrefix), GrantRules.canExist(client) else {
            return .refused(GrantRules.unknownRefreshToken)
        }
        let hash = TokenHash(of: token)
        do throws(DataError) {
            return try await database.transaction { database in try await PostgresGrants(database: database).rotate(hash, client: client) }
        } catch {
            guard error == GrantRules.overtaken else { throw error }
            return try await database.transaction { database in try await PostgresGrants(database: database).endOvertaken(hash) }
        }
    }

    func activeTokens(user: UserID, page: Page) async throws(DataError) -> PageResult<AccessToken> {
        try page.validate()
        guard IdentifierRule.canExist(user) else { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.activeTokens(user: user, at: database.environment.now(), page: page), page)
    }

    /// Asked only after a call was refused: says which of user, team and membership is missing.
    func reasonForNoMembership(of user: UserID, in team: TeamID) async throws(DataError) -> DataError {
        if try await database.optional(.user(user)) == nil { return .referenceMissing(.user) }
        if try await database.optional(.team(team)) == nil { return .referenceMissing(.team) }
        return TokenRules.notMember
    }
}

extension Database {
    /// Whether the caller has begun a transaction.
    var isInTransaction: Bool {
        if case .transaction = executor { true } else { false }
    }
}
