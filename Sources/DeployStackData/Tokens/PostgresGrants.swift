import DeployStackModels

/// What codes and refresh tokens are turned into, inside a transaction.
///
/// It rests on one conditional UPDATE that only one caller can make, and is right at READ COMMITTED. Each call reads first and locks user, team and
/// membership, so that it takes them in the same order as a deletion does; what it read is decided upon again by the UPDATE.
struct PostgresGrants {
    let database: Database

    /// Exchanges a code for tokens.
    func redeem(_ hash: TokenHash, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        let now = database.environment.now()
        guard let code = try await database.optional(.codeOfMember(hash)) else {
            guard let orphan = try await database.optional(.code(hash)) else { return .refused(GrantRules.unknownCode) }
            switch GrantRules.verdict(on: orphan, client: client, redirectURI: redirectURI, verifier: verifier, at: now) {
            case .refused(let error): return .refused(error)
            case .replayed: return try await revokeAndRefuse(orphan.request.familyID, GrantRules.replayedCode)
            case .valid: return .refused(TokenRules.notMember)
            }
        }
        switch GrantRules.verdict(on: code, client: client, redirectURI: redirectURI, verifier: verifier, at: now) {
        case .refused(let error): return .refused(error)
        case .replayed: return try await revokeAndRefuse(code.request.familyID, GrantRules.replayedCode)
        case .valid: break
        }
        let registered = try await PostgresOAuthClientRepository(database: database).client(client)
        guard GrantRules.isUsable(registered, client, at: now) else { return .refused(GrantRules.inactiveClient) }
        if try await database.execute(.useCode(code.request.id, at: now)) == 0 {
            // Somebody was faster: used it, or denied the request.
            guard let after = try await database.optional(.code(hash)), after.isUsed else { return .refused(GrantRules.unknownCode) }
            return try await revokeAndRefuse(code.request.familyID, GrantRules.replayedCode)
        }
        return try await issue(GeneratedPair(redeeming: code.request, by: registered, in: database.environment))
    }

    /// Exchanges a refresh token for new tokens.
    ///
    /// - Throws: `GrantRules.overtaken` when somebody else was using it; see `endOvertaken(_:)`.
    func rotate(_ hash: TokenHash, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        let now = database.environment.now()
        guard let token = try await database.optional(.refreshTokenOfMember(hash)) else {
            guard let orphan = try await database.optional(.refreshToken(hash)) else { return .refused(GrantRules.unknownRefreshToken) }
            switch GrantRules.verdict(on: orphan, client: client, at: now) {
            case .refused(let error): return .refused(error)
            case .replayed: return try await revokeAndRefuse(orphan.familyID, GrantRules.replayedRefreshToken)
            case .valid: return .refused(TokenRules.notMember)
            }
        }
        switch GrantRules.verdict(on: token, client: client, at: now) {
        case .refused(let error): return .refused(error)
        case .replayed: return try await revokeAndRefuse(token.familyID, GrantRules.replayedRefreshToken)
        case .valid: break
        }
        let registered = try await PostgresOAuthClientRepository(database: database).client(client)
        guard GrantRules.isUsable(registered, client, at: now) else { return .refused(GrantRules.inactiveClient) }
        guard GrantRules.mayRefresh(registered) else { return .refused(GrantRules.unregisteredGrantType) }
        guard try await database.execute(.useRefreshToken(hash, client: client, at: now)) > 0 else { throw GrantRules.overtaken }
        return try await issue(GeneratedPair(rotating: token, in: database.environment))
    }

    /// What becomes of a refresh token that somebody else was using: they used it, or revoked it.
    ///
    /// It needs a transaction of its own. The one that has waited for the row still holds it, although it changed nothing, and would now ask for the others of
    /// the family, of which somebody else who ends it may hold one and wait for this row.
    func endOvertaken(_ hash: TokenHash) async throws(DataError) -> GrantOutcome {
        guard let token = try await database.optional(.refreshToken(hash)), token.isUsed else { return .refused(GrantRules.unknownRefreshToken) }
        return try await revokeAndRefuse(token.familyID, GrantRules.replayedRefreshToken)
    }

    /// Deletes tokens of both kinds and returns how many there were.
    ///
    /// A token that is being refreshed has a successor which the first statement cannot see: it waits for the refresh and finds the old token. So its family is
    /// looked through again until there is none; each refresh must take the row of the token before it, and without a row there is no further one.
    func revoke(_ selection: TokenSelection) async throws(DataError) -> Int {
        // Codes go first: once they are gone, every token that came of one is there to be seen.
        if !selection.isFamilies { _ = try await database.execute(.deleteCodes(selection)) }
        var total = 0
        var found = try await database.all(.deleteRefreshTokens(selection))
        while !found.isEmpty {
            total += found.count
            found = try await database.all(.deleteRefreshTokens(.families(Set(found).sorted())))
        }
        return total + (try await database.execute(.deleteAccessTokens(selection)))
    }

    private func issue(_ pair: GeneratedPair) async throws(DataError) -> GrantOutcome {
        guard try await database.execute(.issueAccessToken(pair.access.record, hash: pair.access.hash)) > 0 else {
            throw DataError(.conflict, reason: "the membership ended meanwhile")
        }
        if let refresh = pair.refresh { _ = try await database.execute(.issueRefreshToken(refresh.record, hash: refresh.hash)) }
        return .granted(pair.pair)
    }

    private func revokeAndRefuse(_ family: TokenFamilyID, _ refusal: DataError) async throws(DataError) -> GrantOutcome {
        _ = try await revoke(.families([family]))
        return .refused(refusal)
    }
}
