import DeployStackModels
import PostgresDriver

/// Registration tokens in PostgreSQL.
struct PostgresRegistrationTokenRepository: RegistrationTokenRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func create(_ token: NewSatelliteRegistrationToken) async throws(DataError) -> IssuedSatelliteRegistrationToken {
        let generated = try GeneratedRegistrationToken(token, in: environment)
        let record = try await database.one(.createRegistrationToken(generated.record, hash: generated.hash))
        return IssuedSatelliteRegistrationToken(token: SecretText(generated.text), record: record)
    }

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        let new = try satellite.validated()
        guard RegistrationTokenRules.canBeToken(token) else { throw RegistrationTokenRules.invalid }
        let (record, key) = (Satellite(new, in: environment), GeneratedAPIKey(for: new.type, in: environment))
        return try await database.transaction { database in
            guard let held = try await database.optional(.lockRegistrationToken(TokenHash(of: token), at: record.createdAt)),
                held.type == new.type, held.teamID == new.team
            else { throw RegistrationTokenRules.invalid }
            var record = record
            record.createdBy = new.createdBy ?? held.createdBy
            let statement = Statement<Satellite>.registerSatellite(record, url: new.url, systemInfo: new.systemInfo, apiKeyHash: key.hash)
            guard let stored = try await database.optional(statement) else { throw SatelliteRules.nameTaken }
            _ = try await database.execute(.useRegistrationToken(held.id, by: stored.id, at: record.createdAt))
            return RegisteredSatellite(satellite: stored, apiKey: key.text)
        }
    }

    func list(team: TeamID?, page: Page) async throws(DataError) -> PageResult<SatelliteRegistrationToken> {
        try page.validate()
        if let team, !IdentifierRule.canExist(team) { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.registrationTokens(team: team, page: page), page)
    }

    func revoke(_ id: SatelliteRegistrationTokenID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.revokeRegistrationToken(id)) > 0
    }

    func deleteExpired() async throws(DataError) -> Int {
        try await database.execute(.deleteExpiredRegistrationTokens(at: environment.now()))
    }
}
