import DeployStackModels

/// Access tokens in the in-memory tables.
struct InMemoryTokenService: TokenService {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        let token = try token.validated()
        let issued = try GeneratedToken(issuing: token, in: environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        try await tables.write { tables in
            guard tables.users[token.user] != nil else { throw DataError.referenceMissing(.user) }
            guard tables.teams[token.team] != nil else { throw DataError.referenceMissing(.team) }
            guard tables.membership(of: token.user, in: token.team) != nil else { throw TokenRules.notMember }
            try tables.insert(AccessTokenRow(record: issued.record, hash: issued.hash))
        }
        return IssuedAccessToken(token: SecretText(issued.text), record: issued.record)
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        guard TokenRules.canBeAccessToken(token) else { return nil }
        let hash = TokenHash(of: token)
        let now = environment.now()
        return try await tables.read { tables in
            guard let record = tables.accessTokens.row(AccessTokenRow.hashKey, hash.hexadecimal)?.record, !record.hasExpired(at: now),
                let user = tables.users[record.userID], let team = tables.teams[record.teamID],
                let membership = tables.membership(of: record.userID, in: record.teamID)
            else { return nil }
            return TokenContext(
                token: record, username: user.username, email: user.email, userRoleID: user.roleID, teamName: team.name, teamSlug: team.slug,
                teamRole: membership.role)
        }
    }

    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            try tables.delete(AccessTokenRow.self, [id.bytewise]) > 0
        }
    }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        let now = environment.now()
        return try await tables.write { tables in
            let expired = tables.accessTokens.all.filter { $0.record.hasExpired(at: now) }
            return try tables.delete(AccessTokenRow.self, expired.map(\.record.id.bytewise))
        }
    }
}
