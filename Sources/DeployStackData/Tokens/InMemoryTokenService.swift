import DeployStackModels

/// OAuth tokens in the in-memory tables.
struct InMemoryTokenService: TokenService {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        let token = try token.validated()
        let issued = try GeneratedToken(issuing: token, in: environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        try await tables.write { tables in
            try tables.requireMembership(of: token.user, in: token.team)
            try tables.insert(AccessTokenRow(record: issued.record, hash: issued.hash))
        }
        return IssuedAccessToken(token: SecretText(issued.text), record: issued.record)
    }

    func issueRefreshToken(_ token: NewRefreshToken) async throws(DataError) -> IssuedRefreshToken {
        let token = try token.validated()
        let generated = try GeneratedRefreshToken(issuing: token, in: environment)
        guard IdentifierRule.canExist(token.user) else { throw .referenceMissing(.user) }
        guard IdentifierRule.canExist(token.team) else { throw .referenceMissing(.team) }
        try await tables.write { tables in
            try tables.requireMembership(of: token.user, in: token.team)
            try tables.insert(RefreshTokenRow(record: generated.record, hash: generated.hash))
        }
        return generated.issued
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        guard TokenRules.canBeAccessToken(token) else { return nil }
        let hash = TokenHash(of: token)
        let now = environment.now()
        return try await tables.read { tables in tables.tokenContext(hash, at: now) }
    }

    func introspect(_ token: String, expectedTeam: TeamID?, expectedAudience: String?) async throws(DataError) -> TokenIntrospection {
        guard TokenRules.canBeAccessToken(token) else { return TokenIntrospection(inactive: .notValid) }
        let hash = TokenHash(of: token)
        let now = environment.now()
        let issuer = environment.options.tokenIssuer
        return try await tables.read { tables in
            guard let context = tables.tokenContext(hash, at: now) else { return TokenIntrospection(inactive: .notValid) }
            return IntrospectedToken(context: context, permissions: tables.roles[context.teamRole.rawValue.bytewise]?.permissions ?? [])
                .introspection(team: expectedTeam, audience: expectedAudience, issuer: issuer)
        }
    }

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        guard !tables.isInTransaction else { throw GrantRules.outcomeInTransaction }
        return try await redeemRefreshToken(token, client: client).get()
    }

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        guard GrantRules.canBe(token, GrantRules.refreshTokenPrefix), GrantRules.canExist(client) else {
            return .refused(GrantRules.unknownRefreshToken)
        }
        let hash = TokenHash(of: token)
        let environment = self.environment
        return try await tables.write { tables in try tables.rotate(hash, client: client, in: environment) }
    }

    func activeTokens(user: UserID, page: Page) async throws(DataError) -> PageResult<AccessToken> {
        try page.validate()
        guard IdentifierRule.canExist(user) else { return PageResult(items: [], total: 0, page: page) }
        let now = environment.now()
        return try await tables.read { tables in
            let active = tables.accessTokens.rows(referringTo: user.rawValue, by: AccessTokenRow.userReference).map(\.record)
                .filter { !$0.hasExpired(at: now) }
                .sorted { left, right in (right.createdAt, right.id.bytewise) < (left.createdAt, left.id.bytewise) }
            return PageResult(of: active, page)
        }
    }

    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            try tables.delete(AccessTokenRow.self, [id.bytewise]) > 0
        }
    }

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        if let client, !GrantRules.canExist(client) { return false }
        let isAccessToken = TokenRules.canBeAccessToken(token)
        guard isAccessToken || GrantRules.canBe(token, GrantRules.refreshTokenPrefix) else { return false }
        let hash = TokenHash(of: token)
        return try await tables.write { tables in
            if isAccessToken {
                guard let record = tables.accessTokens.row(AccessTokenRow.hashKey, hash.hexadecimal)?.record,
                    client.map({ $0.rawValue.hasSameBytes(as: record.clientID) }) ?? true
                else { return false }
                return try tables.delete(AccessTokenRow.self, [record.id.bytewise]) > 0
            }
            guard let record = tables.refreshTokens.row(RefreshTokenRow.hashKey, hash.hexadecimal)?.record,
                client.map({ $0 == record.clientID }) ?? true
            else { return false }
            return try tables.revoke(.families([record.familyID])) > 0
        }
    }

    func revokeAll(user: UserID) async throws(DataError) -> Int { try await revoke(.user(user)) }
    func revokeAll(user: UserID, team: TeamID) async throws(DataError) -> Int { try await revoke(.member(user, team)) }
    func revokeAll(client: OAuthClientID) async throws(DataError) -> Int { try await revoke(.client(client)) }
    func revokeFamily(_ family: TokenFamilyID) async throws(DataError) -> Int { try await revoke(.families([family])) }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        let now = environment.now()
        return try await tables.write { tables in
            let expired = tables.accessTokens.all.filter { $0.record.hasExpired(at: now) }
            return try tables.delete(AccessTokenRow.self, expired.map(\.record.id.bytewise))
        }
    }

    func purgeExpired(batchSize: Int) async throws(DataError) -> PurgedGrants {
        _ = try GrantRules.checked(batchSize: batchSize)
        let now = environment.now()
        return try await tables.write { tables in
            PurgedGrants(
                accessTokens: try tables.delete(
                    AccessTokenRow.self, tables.accessTokens.all.filter { $0.record.hasExpired(at: now) }.map(\.record.id.bytewise)),
                refreshTokens: try tables.delete(
                    RefreshTokenRow.self, tables.refreshTokens.all.filter { $0.record.hasExpired(at: now) }.map(\.record.id.bytewise)),
                codes: try tables.delete(
                    AuthorizationCodeRow.self, tables.authorizationCodes.all.filter { $0.request.expiresAt <= now }.map(\.request.id.bytewise)))
        }
    }

    private func revoke(_ selection: TokenSelection) async throws(DataError) -> Int {
        guard selection.canExist else { return 0 }
        return try await tables.write { tables in try tables.revoke(selection) }
    }
}

extension InMemoryAccess {
    /// Whether the caller has begun a transaction.
    var isInTransaction: Bool { self is InMemoryTransaction }
}
