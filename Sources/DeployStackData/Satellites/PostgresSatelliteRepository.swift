import DeployStackModels
import PostgresDriver

/// Satellites in PostgreSQL.
struct PostgresSatelliteRepository: SatelliteRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite {
        let new = try satellite.validated()
        let record = Satellite(new, in: environment)
        let key = GeneratedAPIKey(for: new.type, in: environment)
        let statement = Statement<Satellite>.registerSatellite(record, url: new.url, systemInfo: new.systemInfo, apiKeyHash: key.hash)
        guard let stored = try await database.optional(statement) else { throw SatelliteRules.nameTaken }
        return RegisteredSatellite(satellite: stored, apiKey: key.text)
    }

    func authenticate(_ apiKey: String) async throws(DataError) -> Satellite? {
        guard SatelliteRules.canBeAPIKey(apiKey) else { return nil }
        return try await database.optional(.authenticateSatellite(TokenHash(of: apiKey)))
    }

    func satellite(_ id: SatelliteID) async throws(DataError) -> Satellite? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.satellite(id))
    }

    func list(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) async throws(DataError) -> PageResult<Satellite> {
        try page.validate()
        try SatelliteRules.validate(type: type)
        try SatelliteRules.validate(status: status)
        if let team, !IdentifierRule.canExist(team) { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.satellites(type: type, team: team, status: status, page: page), page)
    }

    func activeGlobal() async throws(DataError) -> [Satellite] {
        try await database.all(.activeGlobalSatellites())
    }

    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool {
        let heartbeat = try heartbeat.validated()
        guard IdentifierRule.canExist(satellite) else { return false }
        let id = SatelliteHeartbeatID(environment.makeID())
        return try await database.execute(.recordHeartbeat(heartbeat, id: id, of: satellite, at: environment.now())) > 0
    }

    func heartbeats(of satellite: SatelliteID, page: Page) async throws(DataError) -> PageResult<SatelliteHeartbeat> {
        try page.validate()
        guard IdentifierRule.canExist(satellite) else { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.heartbeats(of: satellite, page: page), page)
    }

    func stale(olderThan: Duration) async throws(DataError) -> [Satellite] {
        try await database.all(.staleSatellites(before: try SatelliteRules.moment(before: environment.now(), by: olderThan)))
    }

    func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) async throws(DataError) -> Int {
        try SatelliteRules.validate(keepGlobal: keepGlobal, keepTeam: keepTeam)
        return try await database.execute(.pruneHeartbeats(keepGlobal: keepGlobal, keepTeam: keepTeam))
    }

    func setStatus(_ id: SatelliteID, _ status: SatelliteStatus) async throws(DataError) -> Satellite? {
        try SatelliteRules.validate(newStatus: status)
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.setSatelliteStatus(id, status, at: environment.now()))
    }

    func updateConfig(_ id: SatelliteID, _ config: JSONValue) async throws(DataError) -> Satellite? {
        try SatelliteRules.validate(config: config)
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.updateSatelliteConfig(id, config, at: environment.now()))
    }

    func delete(_ id: SatelliteID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.deleteSatellite(id)) > 0
    }
}
