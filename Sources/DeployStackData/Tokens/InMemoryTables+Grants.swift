import DeployStackModels

// What the in-memory services do with grants, for use inside a call that may do more.
extension InMemoryTables {
    /// Throws when somebody is not a member of a team, and says what is missing.
    func requireMembership(of user: UserID, in team: TeamID) throws(DataError) {
        guard users[user] != nil else { throw .referenceMissing(.user) }
        guard teams[team] != nil else { throw .referenceMissing(.team) }
        guard membership(of: user, in: team) != nil else { throw TokenRules.notMember }
    }

    /// Marks the consent as used that allows everything which a request asks for, if there is one.
    mutating func useConsent(for request: AuthorizationRequest, at now: Timestamp) throws(DataError) {
        guard
            let row = teamConsents.row(TeamConsentRow.clientKey, request.userID.rawValue, request.teamID.rawValue, request.clientID.rawValue),
            row.isActive, request.scopes.allSatisfy(row.consent.scopes.contains)
        else { return }
        try update(TeamConsentRow.self, row.consent.id.bytewise) { $0.consent.lastUsedAt = now }
    }

    /// Who bears a valid access token.
    func tokenContext(_ hash: TokenHash, at now: Timestamp) -> TokenContext? {
        guard let record = accessTokens.row(AccessTokenRow.hashKey, hash.hexadecimal)?.record, !record.hasExpired(at: now),
            let user = users[record.userID], let team = teams[record.teamID], let membership = membership(of: record.userID, in: record.teamID)
        else { return nil }
        return TokenContext(
            token: record, username: user.username, email: user.email, userRoleID: user.roleID, teamName: team.name, teamSlug: team.slug,
            teamRole: membership.role)
    }

    /// Exchanges a code for tokens.
    mutating func redeem(
        _ hash: TokenHash, verifier: String, client: OAuthClientID, redirectURI: String, in environment: StoreEnvironment
    ) throws(DataError) -> GrantOutcome {
        let now = environment.now()
        guard let code = authorizationCodes.row(AuthorizationCodeRow.hashKey, hash.hexadecimal)?.stored else {
            return .refused(GrantRules.unknownCode)
        }
        switch GrantRules.verdict(on: code, client: client, redirectURI: redirectURI, verifier: verifier, at: now) {
        case .refused(let error): return .refused(error)
        case .replayed:
            _ = try revoke(.families([code.request.familyID]))
            return .refused(GrantRules.replayedCode)
        case .valid: break
        }
        guard membership(of: code.request.userID, in: code.request.teamID) != nil else { return .refused(TokenRules.notMember) }
        let registered = oauthClient(client, in: environment)
        guard GrantRules.isUsable(registered, client, at: now) else { return .refused(GrantRules.inactiveClient) }
        try update(AuthorizationCodeRow.self, code.request.id.bytewise) { $0.isUsed = true }
        return try issue(GeneratedPair(redeeming: code.request, by: registered, in: environment))
    }

    /// Exchanges a refresh token for new tokens.
    mutating func rotate(_ hash: TokenHash, client: OAuthClientID, in environment: StoreEnvironment) throws(DataError) -> GrantOutcome {
        let now = environment.now()
        guard let token = refreshTokens.row(RefreshTokenRow.hashKey, hash.hexadecimal)?.record else {
            return .refused(GrantRules.unknownRefreshToken)
        }
        switch GrantRules.verdict(on: token, client: client, at: now) {
        case .refused(let error): return .refused(error)
        case .replayed:
            _ = try revoke(.families([token.familyID]))
            return .refused(GrantRules.replayedRefreshToken)
        case .valid: break
        }
        guard membership(of: token.userID, in: token.teamID) != nil else { return .refused(TokenRules.notMember) }
        let registered = oauthClient(client, in: environment)
        guard GrantRules.isUsable(registered, client, at: now) else { return .refused(GrantRules.inactiveClient) }
        guard GrantRules.mayRefresh(registered) else { return .refused(GrantRules.unregisteredGrantType) }
        try update(RefreshTokenRow.self, token.id.bytewise) {
            $0.record.isUsed = true
            $0.record.usedAt = now
        }
        return try issue(GeneratedPair(rotating: token, in: environment))
    }

    /// Deletes tokens of both kinds and returns how many there were; codes and requests go with them.
    mutating func revoke(_ selection: TokenSelection) throws(DataError) -> Int {
        // A family begins with its tokens, so no request is one's.
        if !selection.isFamilies {
            let requests = authorizationCodes.all.map(\.request).filter {
                selection.contains(user: $0.userID, team: $0.teamID, client: $0.clientID, family: nil)
            }
            try delete(AuthorizationCodeRow.self, requests.map(\.id.bytewise))
        }
        let refresh = refreshTokens.all.map(\.record).filter {
            selection.contains(user: $0.userID, team: $0.teamID, client: $0.clientID, family: $0.familyID)
        }
        // On PostgreSQL the families of what was found are looked through again, for what was issued meanwhile; here too, so that both revoke the same.
        let families = TokenSelection.families(refresh.map(\.familyID))
        let successors = refreshTokens.all.map(\.record).filter {
            families.contains(user: $0.userID, team: $0.teamID, client: $0.clientID, family: $0.familyID)
        }
        let access = accessTokens.all.map(\.record).filter {
            selection.contains(
                user: $0.userID, team: $0.teamID, client: OAuthClientID($0.clientID), family: $0.familyID.map { TokenFamilyID($0) })
        }
        return try delete(RefreshTokenRow.self, Set(refresh.map(\.id) + successors.map(\.id)).map(\.bytewise))
            + delete(AccessTokenRow.self, access.map(\.id.bytewise))
    }

    private mutating func issue(_ pair: GeneratedPair) throws(DataError) -> GrantOutcome {
        try insert(AccessTokenRow(record: pair.access.record, hash: pair.access.hash))
        if let refresh = pair.refresh { try insert(RefreshTokenRow(record: refresh.record, hash: refresh.hash)) }
        return .granted(pair.pair)
    }
}
