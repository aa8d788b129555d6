import DeployStackModels
import PostgresDriver

/// Commands for satellites in PostgreSQL.
struct PostgresSatelliteCommandQueue: SatelliteCommandQueue {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func enqueue(_ command: NewSatelliteCommand, for satellite: SatelliteID) async throws(DataError) -> SatelliteCommand? {
        try await enqueue(command, for: .satellite(satellite)).first
    }

    func enqueueForAllGlobal(_ command: NewSatelliteCommand) async throws(DataError) -> [SatelliteCommand] {
        try await enqueue(command, for: .allGlobal)
    }

    func enqueueForTeam(_ command: NewSatelliteCommand, team: TeamID) async throws(DataError) -> [SatelliteCommand] {
        try await enqueue(command, for: .team(team))
    }

    func command(_ id: SatelliteCommandID) async throws(DataError) -> SatelliteCommand? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.command(id))
    }

    func commands(correlationID: String) async throws(DataError) -> [SatelliteCommand] {
        guard IdentifierRule.canBeStored(correlationID) else { return [] }
        return try await database.all(.commands(correlationID: correlationID))
    }

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        try Page.validate(limit: limit, in: SatelliteCommandRules.pollLimits, field: "limit")
        guard IdentifierRule.canExist(satellite) else { return SatellitePoll(commands: []) }
        return SatellitePoll(commands: try await database.all(.pollCommands(satellite, limit: limit, at: environment.now())))
    }

    func report(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?
    ) async throws(DataError) -> Bool {
        try SatelliteCommandRules.validate(reported: status, result: result)
        let error = try SatelliteCommandRules.error(error)
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(satellite) else { return false }
        let statement = Statement<Void>.reportCommand(id, of: satellite, status, result: result, error: error, at: environment.now())
        return try await database.execute(statement) > 0
    }

    func expireCommands() async throws(DataError) -> Int {
        try await database.execute(.expireCommands(error: SatelliteCommandRules.expired, at: environment.now()))
    }

    func purgeCommands(olderThan: Duration) async throws(DataError) -> Int {
        let now = environment.now()
        return try await database.execute(.purgeCommands(before: try SatelliteRules.moment(before: now, by: olderThan), at: now))
    }

    private func enqueue(_ command: NewSatelliteCommand, for target: SatelliteTarget) async throws(DataError) -> [SatelliteCommand] {
        let fanOut = try SatelliteCommandFanOut(command, for: target, in: environment)
        guard target.canExist else { return [] }
        return try await database.all(.enqueueCommands(fanOut))
    }
}
