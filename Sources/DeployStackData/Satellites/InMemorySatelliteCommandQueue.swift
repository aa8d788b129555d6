import DeployStackModels

/// Commands for satellites in the in-memory tables.
struct InMemorySatelliteCommandQueue: SatelliteCommandQueue {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

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
        return try await tables.read { $0.satelliteCommands[id] }
    }

    func commands(correlationID: String) async throws(DataError) -> [SatelliteCommand] {
        let wanted = correlationID.bytewise
        return try await tables.read { tables in
            tables.satelliteCommands.all.filter { $0.correlationID?.bytewise == wanted }
                .sorted { ($0.satelliteID.bytewise, $0.id.bytewise) < ($1.satelliteID.bytewise, $1.id.bytewise) }
        }
    }

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        try Page.validate(limit: limit, in: SatelliteCommandRules.pollLimits, field: "limit")
        let now = environment.now()
        let claimed = try await tables.write { tables in
            guard tables.satellites[satellite]?.satellite.status == .active else { return [SatelliteCommand]() }
            let waiting = tables.satelliteCommands.rows(referringTo: satellite.rawValue, by: SatelliteCommand.satelliteReference)
                .filter { $0.status == .pending && !$0.hasExpired(at: now) }
                .sorted { ($0.priority, $0.createdAt, $0.id.bytewise) < ($1.priority, $1.createdAt, $1.id.bytewise) }
            return try waiting.prefix(limit).compactMap { command in
                try tables.update(SatelliteCommand.self, command.id.bytewise) { command in
                    command.status = .acknowledged
                    command.updatedAt = now
                }
            }
        }
        return SatellitePoll(commands: claimed)
    }

    func report(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?
    ) async throws(DataError) -> Bool {
        try SatelliteCommandRules.validate(reported: status, result: result)
        let error = try SatelliteCommandRules.error(error)
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(satellite) else { return false }
        let now = environment.now()
        return try await tables.write { tables in
            guard let command = tables.satelliteCommands[id], command.satelliteID == satellite,
                command.status == .acknowledged || command.status == .executing
            else { return false }
            let isTriedAgain = status == .failed && command.retryCount < command.maxRetries
            try tables.update(SatelliteCommand.self, id.bytewise) { command in
                command.status = isTriedAgain ? .pending : status
                if isTriedAgain { command.retryCount += 1 }
                command.result = result ?? command.result
                command.errorMessage = error ?? command.errorMessage
                command.updatedAt = now
            }
            return true
        }
    }

    func expireCommands() async throws(DataError) -> Int {
        let now = environment.now()
        return try await tables.write { tables in
            let expired = tables.satelliteCommands.all.filter { ($0.status == .pending || $0.status == .acknowledged) && $0.hasExpired(at: now) }
            for command in expired {
                try tables.update(SatelliteCommand.self, command.id.bytewise) { command in
                    command.status = .failed
                    command.errorMessage = SatelliteCommandRules.expired
                    command.updatedAt = now
                }
            }
            return expired.count
        }
    }

    func purgeCommands(olderThan: Duration) async throws(DataError) -> Int {
        let now = environment.now()
        let moment = try SatelliteRules.moment(before: now, by: olderThan)
        return try await tables.write { tables in
            let old = tables.satelliteCommands.all.filter { command in
                command.createdAt < moment && (command.status == .completed || command.status == .failed || command.hasExpired(at: now))
            }
            return try tables.delete(SatelliteCommand.self, old.map(\.id.bytewise))
        }
    }

    private func enqueue(_ new: NewSatelliteCommand, for target: SatelliteTarget) async throws(DataError) -> [SatelliteCommand] {
        let fanOut = try SatelliteCommandFanOut(new, for: target, in: environment)
        guard target.canExist else { return [] }
        return try await tables.write { tables in
            let targets = tables.satellites { $0.status == .active && target.contains($0) }.map(\.id).sorted()
            let commands = targets.enumerated().map { SatelliteCommand(fanOut, number: $0.offset + 1, for: $0.element) }
            try tables.insert(commands)
            return commands
        }
    }
}

extension SatelliteCommand {
    /// One command of a fan-out.
    fileprivate init(_ fanOut: SatelliteCommandFanOut, number: Int, for satellite: SatelliteID) {
        let command = fanOut.command
        self.init(
            id: SatelliteCommandID("\(fanOut.id)-\(number)"), satelliteID: satellite, type: command.type, priority: command.priority,
            payload: command.payload, status: .pending, targetTeamID: fanOut.targetTeam, correlationID: fanOut.correlationID, retryCount: 0,
            maxRetries: command.maxRetries, errorMessage: nil, result: nil, createdBy: command.createdBy, expiresAt: fanOut.expiresAt,
            createdAt: fanOut.now, updatedAt: fanOut.now)
    }
}
