import DeployStackModels

/// Registration tokens in the in-memory tables.
struct InMemoryRegistrationTokenRepository: RegistrationTokenRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func create(_ token: NewSatelliteRegistrationToken) async throws(DataError) -> IssuedSatelliteRegistrationToken {
        let generated = try GeneratedRegistrationToken(token, in: environment)
        try await tables.write { try $0.insert(RegistrationTokenRow(record: generated.record, hash: generated.hash)) }
        return IssuedSatelliteRegistrationToken(token: SecretText(generated.text), record: generated.record)
    }

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        let new = try satellite.validated()
        guard RegistrationTokenRules.canBeToken(token) else { throw RegistrationTokenRules.invalid }
        let hash = TokenHash(of: token)
        let (record, key) = (Satellite(new, in: environment), GeneratedAPIKey(for: new.type, in: environment))
        let stored = try await tables.write { tables in
            guard let held = tables.registrationTokens.row(RegistrationTokenRow.hashKey, hash.hexadecimal)?.record,
                held.isUsable(at: record.createdAt), held.type == new.type, held.teamID == new.team
            else { throw RegistrationTokenRules.invalid }
            var (record, new) = (record, new)
            record.createdBy = new.createdBy ?? held.createdBy
            new.createdBy = record.createdBy
            let stored = try tables.register(record, new, apiKeyHash: key.hash)
            try tables.update(RegistrationTokenRow.self, held.id.bytewise) { row in
                row.record.usedAt = record.createdAt
                row.record.usedBy = stored.id
            }
            return stored
        }
        return RegisteredSatellite(satellite: stored, apiKey: key.text)
    }

    func list(team: TeamID?, page: Page) async throws(DataError) -> PageResult<SatelliteRegistrationToken> {
        try page.validate()
        return try await tables.read { tables in
            let tokens = tables.registrationTokens.all.map(\.record).filter { team == nil || $0.teamID == team }
            return PageResult(of: tokens.sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }, page)
        }
    }

    func revoke(_ id: SatelliteRegistrationTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            guard let row = tables.registrationTokens[id], row.record.usedAt == nil else { return false }
            return try tables.delete(RegistrationTokenRow.self, [id.bytewise]) > 0
        }
    }

    func deleteExpired() async throws(DataError) -> Int {
        let now = environment.now()
        return try await tables.write { tables in
            let expired = tables.registrationTokens.all.filter { $0.record.expiresAt <= now }
            return try tables.delete(RegistrationTokenRow.self, expired.map(\.record.id.bytewise))
        }
    }
}
