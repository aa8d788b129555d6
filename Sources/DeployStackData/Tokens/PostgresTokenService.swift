import DeployStackModels

/// Access tokens in PostgreSQL.
struct PostgresTokenService: TokenService {
    let database: Database

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        let token = try token.validated()
        let issued = try GeneratedToken(issuing: token, in: database.environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        if try await database.execute(.issueAccessToken(issued.record, hash: issued.hash)) == 0 {
            throw try await reasonForNoMembership(token)
        }
        return IssuedAccessToken(token: SecretText(issued.text), record: issued.record)
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        guard TokenRules.canBeAccessToken(token) else { return nil }
        return try await database.optional(.verify(TokenHash(of: token), at: database.environment.now()))
    }

    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.revokeAccessToken(id)) > 0
    }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        try await database.execute(.revokeExpiredTokens(at: database.environment.now()))
    }

    /// Asked only after a token was refused: says which of user, team and membership is missing.
    private func reasonForNoMembership(_ token: NewAccessToken) async throws(DataError) -> DataError {
        if try await database.optional(.user(token.user)) == nil { return .referenceMissing(.user) }
        if try await database.optional(.team(token.team)) == nil { return .referenceMissing(.team) }
        return TokenRules.notMember
    }
}
