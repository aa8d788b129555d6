import DeployStackModels

/// Satellites in the in-memory tables.
struct InMemorySatelliteRepository: SatelliteRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite {
        let new = try satellite.validated()
        let record = Satellite(new, in: environment)
        let key = GeneratedAPIKey(for: new.type, in: environment)
        let stored = try await tables.write { try $0.register(record, new, apiKeyHash: key.hash) }
        return RegisteredSatellite(satellite: stored, apiKey: key.text)
    }

    func authenticate(_ apiKey: String) async throws(DataError) -> Satellite? {
        guard SatelliteRules.canBeAPIKey(apiKey) else { return nil }
        let hash = TokenHash(of: apiKey)
        return try await tables.read { $0.satellites.row(SatelliteRow.apiKeyKey, hash.hexadecimal)?.satellite }
    }

    func satellite(_ id: SatelliteID) async throws(DataError) -> Satellite? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.satellites[id]?.complete }
    }

    func list(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) async throws(DataError) -> PageResult<Satellite> {
        try page.validate()
        try SatelliteRules.validate(type: type)
        try SatelliteRules.validate(status: status)
        return try await tables.read { tables in
            let matches = tables.satellites { satellite in
                (type == nil || satellite.type == type) && (team == nil || satellite.teamID == team) && (status == nil || satellite.status == status)
            }
            return PageResult(of: matches.byName(), page)
        }
    }

    func activeGlobal() async throws(DataError) -> [Satellite] {
        try await tables.read { tables in tables.satellites { $0.status == .active && $0.type == .global }.byName() }
    }

    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool {
        let heartbeat = try heartbeat.validated()
        guard IdentifierRule.canExist(satellite) else { return false }
        let record = SatelliteHeartbeat(
            id: SatelliteHeartbeatID(environment.makeID()), satelliteID: satellite, health: heartbeat.health, systemMetrics: heartbeat.systemMetrics,
            processCount: heartbeat.processCount, healthyProcessCount: heartbeat.healthyProcessCount, errorCount: heartbeat.errorCount,
            responseTime: heartbeat.responseTime, uptime: heartbeat.uptime, version: heartbeat.version, receivedAt: environment.now())
        return try await tables.write { tables in
            let updated = try tables.update(SatelliteRow.self, satellite.bytewise) { $0.receive(heartbeat, at: record.receivedAt) }
            guard updated != nil else { return false }
            try tables.insert(record)
            return true
        }
    }

    func heartbeats(of satellite: SatelliteID, page: Page) async throws(DataError) -> PageResult<SatelliteHeartbeat> {
        try page.validate()
        return try await tables.read { tables in PageResult(of: tables.heartbeats(of: satellite), page) }
    }

    func stale(olderThan: Duration) async throws(DataError) -> [Satellite] {
        let moment = try SatelliteRules.moment(before: environment.now(), by: olderThan)
        return try await tables.read { tables in
            tables.satellites { satellite in satellite.status == .active && satellite.lastHeartbeatAt.map { $0 < moment } ?? true }
                .sorted { ($0.lastHeartbeatAt ?? .earliest, $0.id.bytewise) < ($1.lastHeartbeatAt ?? .earliest, $1.id.bytewise) }
        }
    }

    func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) async throws(DataError) -> Int {
        try SatelliteRules.validate(keepGlobal: keepGlobal, keepTeam: keepTeam)
        return try await tables.write { tables in
            var surplus: [SatelliteHeartbeat] = []
            for row in tables.satellites.all {
                surplus += tables.heartbeats(of: row.satellite.id).dropFirst(row.satellite.type == .team ? keepTeam : keepGlobal)
            }
            return try tables.delete(SatelliteHeartbeat.self, surplus.map(\.id.bytewise))
        }
    }

    func setStatus(_ id: SatelliteID, _ status: SatelliteStatus) async throws(DataError) -> Satellite? {
        try SatelliteRules.validate(newStatus: status)
        return try await change(id) { $0.satellite.status = status }
    }

    func updateConfig(_ id: SatelliteID, _ config: JSONValue) async throws(DataError) -> Satellite? {
        try SatelliteRules.validate(config: config)
        return try await change(id) { $0.details.config = config }
    }

    func delete(_ id: SatelliteID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { try $0.delete(SatelliteRow.self, [id.bytewise]) > 0 }
    }

    private func change(_ id: SatelliteID, _ change: @Sendable (inout SatelliteRow) -> Void) async throws(DataError) -> Satellite? {
        guard IdentifierRule.canExist(id) else { return nil }
        let now = environment.now()
        return try await tables.write { tables in
            let row = try tables.update(SatelliteRow.self, id.bytewise) { row in
                change(&row)
                row.satellite.updatedAt = now
            }
            return row?.complete
        }
    }
}

extension InMemoryTables {
    /// The satellites that a closure wants, in no order.
    func satellites(where isWanted: (Satellite) -> Bool) -> [Satellite] {
        satellites.all.map(\.satellite).filter(isWanted)
    }

    /// A satellite's heartbeats, newest first.
    fileprivate func heartbeats(of satellite: SatelliteID) -> [SatelliteHeartbeat] {
        satelliteHeartbeats.rows(referringTo: satellite.rawValue, by: SatelliteHeartbeat.satelliteReference)
            .sorted { ($0.receivedAt, $0.id.bytewise) > ($1.receivedAt, $1.id.bytewise) }
    }

    /// Registers a satellite by its name.
    ///
    /// - Parameters:
    ///   - record: The record of a new satellite.
    ///   - new: What was given, which tells what is to be left as it is.
    ///   - hash: The hash of its API key.
    /// - Throws: ``DataError`` of kind `.alreadyExists` when a satellite of another type or team has the name.
    mutating func register(_ record: Satellite, _ new: NewSatellite, apiKeyHash hash: TokenHash) throws(DataError) -> Satellite {
        guard let old = satellites.row(SatelliteRow.nameKey, record.name) else {
            let row = SatelliteRow(record, apiKeyHash: hash.hexadecimal)
            try insert(row)
            return row.complete
        }
        guard old.satellite.type == record.type, old.satellite.teamID == record.teamID else { throw SatelliteRules.nameTaken }
        let updated = try update(SatelliteRow.self, old.satellite.id.bytewise) { row in
            row.satellite.status = record.status
            row.satellite.capabilities = record.capabilities
            row.satellite.url = new.url ?? row.satellite.url
            row.satellite.region = new.region ?? row.satellite.region
            row.satellite.createdBy = new.createdBy ?? row.satellite.createdBy
            row.satellite.updatedAt = record.updatedAt
            row.details.systemInfo = new.systemInfo ?? row.details.systemInfo
            row.apiKeyHash = hash.hexadecimal
        }
        return (updated ?? old).complete
    }
}

extension SatelliteRow {
    /// Changes what a heartbeat says about its satellite.
    fileprivate mutating func receive(_ heartbeat: NewSatelliteHeartbeat, at now: Timestamp) {
        satellite.lastHeartbeatAt = now
        if satellite.status == .inactive { satellite.status = .active }
        satellite.url = heartbeat.url ?? satellite.url
        details.mcpStatus = heartbeat.mcpStatus ?? details.mcpStatus
        satellite.updatedAt = now
    }
}

extension [Satellite] {
    fileprivate func byName() -> [Satellite] {
        sorted { ($0.name.bytewise, $0.id.bytewise) < ($1.name.bytewise, $1.id.bytewise) }
    }
}
