import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func satellites(_ method: Int) -> DialogueCall {
        let id: SatelliteID = id(.satellite)
        switch method % 11 {
        case 1:
            let key = choices.oneIn(5) ? hostileText() : text(of: .apiKey)
            return DialogueCall("satellites.authenticate(\(key.debugDescription))") { try await $0.satellites.authenticate(key) }
        case 2: return DialogueCall("satellites.satellite(\(id))") { try await $0.satellites.satellite(id) }
        case 3, 4:
            let (type, team) = (choices.oneIn(3) ? SatelliteType.team : nil, choices.oneIn(3) ? self.id(.team) as TeamID : nil)
            let (status, page) = (choices.oneIn(3) ? status() : nil, page())
            return DialogueCall("satellites.list(\(type as Any), \(team as Any), \(status as Any), \(page))") {
                try await $0.satellites.list(type: type, team: team, status: status, page: page)
            }
        case 5: return DialogueCall("satellites.activeGlobal()") { try await $0.satellites.activeGlobal() }
        case 6:
            let status = status()
            return DialogueCall("satellites.setStatus(\(id), \(status))") { try await $0.satellites.setStatus(id, status) }
        case 7:
            let config = json()
            return DialogueCall("satellites.updateConfig(\(id), \(config))") { try await $0.satellites.updateConfig(id, config) }
        case 8: return DialogueCall("satellites.delete(\(id))") { try await $0.satellites.delete(id) }
        default:
            let new = newSatellite()
            return DialogueCall("satellites.register(\(new))") { try await $0.satellites.register(new) }
        }
    }

    mutating func heartbeats(_ method: Int) -> DialogueCall {
        let id: SatelliteID = id(.satellite)
        switch method % 7 {
        case 1, 2:
            let page = page()
            return DialogueCall("satellites.heartbeats(of: \(id), \(page))") { try await $0.satellites.heartbeats(of: id, page: page) }
        case 3, 4:
            let age = age()
            return DialogueCall("satellites.stale(olderThan: \(age))") { try await $0.satellites.stale(olderThan: age) }
        case 5:
            let (global, team) = (choices.below(4), choices.below(4))
            let kept = choices.oneIn(6) ? choices.one(of: [-1, Int.max, Int.min]) : global
            return DialogueCall("satellites.pruneHeartbeats(\(kept), \(team))") {
                try await $0.satellites.pruneHeartbeats(keepGlobal: kept, keepTeam: team)
            }
        default:
            var heartbeat = NewSatelliteHeartbeat(processCount: choices.below(3), errorCount: choices.below(3))
            if choices.oneIn(3) { heartbeat.health = choices.one(of: [.degraded, .error, .unknown("ill")]) }
            if choices.oneIn(3) { heartbeat.systemMetrics = json() }
            if choices.oneIn(3) { heartbeat.mcpStatus = json() }
            if choices.oneIn(4) { heartbeat.version = name() }
            if choices.oneIn(4) { heartbeat.responseTime = age() }
            if choices.oneIn(4) { heartbeat.uptime = age() }
            if choices.oneIn(4) { heartbeat.url = choices.one(of: ["https://example.org", "", "no address"]) }
            if choices.oneIn(9) { heartbeat.processCount = choices.one(of: [-1, Int.max]) }
            let chosen = heartbeat
            return DialogueCall("satellites.recordHeartbeat(\(heartbeat), of: \(id))") { try await $0.satellites.recordHeartbeat(chosen, of: id) }
        }
    }

    mutating func commands(_ method: Int) -> DialogueCall {
        let fact = fact(of: .command)
        let (id, satellite) = (SatelliteCommandID(fact.text), choices.oneIn(2) ? SatelliteID(fact.owner) : self.id(.satellite))
        switch method % 14 {
        case 1, 2, 3:
            let limit = limit()
            return DialogueCall("satelliteCommands.poll(\(satellite), \(limit))") { try await $0.satelliteCommands.poll(satellite, limit: limit) }
        case 4, 5:
            let status = choices.one(
                of: [.executing, .failed, .completed, .failed, .acknowledged, .failed, .pending, .unknown("lost")] as [SatelliteCommandStatus])
            let (result, error) = (choices.oneIn(3) ? json() : nil, optionalName())
            return DialogueCall("satelliteCommands.report(\(id), \(satellite), \(status), \(result as Any), \(error as Any))") {
                try await $0.satelliteCommands.report(id, of: satellite, status, result: result, error: error)
            }
        case 6: return DialogueCall("satelliteCommands.command(\(id))") { try await $0.satelliteCommands.command(id) }
        case 7:
            let correlation = correlation()
            return DialogueCall("satelliteCommands.commands(correlationID: \(correlation.debugDescription))") {
                try await $0.satelliteCommands.commands(correlationID: correlation)
            }
        case 8: return DialogueCall("satelliteCommands.expireCommands()") { try await $0.satelliteCommands.expireCommands() }
        case 9:
            let age = age()
            return DialogueCall("satelliteCommands.purgeCommands(\(age))") { try await $0.satelliteCommands.purgeCommands(olderThan: age) }
        case 10:
            let new = newCommand()
            return DialogueCall("satelliteCommands.enqueueForAllGlobal(\(new))") { try await $0.satelliteCommands.enqueueForAllGlobal(new) }
        case 11:
            let (new, team): (NewSatelliteCommand, TeamID) = (newCommand(), self.id(.team))
            return DialogueCall("satelliteCommands.enqueueForTeam(\(new), \(team))") {
                try await $0.satelliteCommands.enqueueForTeam(new, team: team)
            }
        default:
            let new = newCommand()
            return DialogueCall("satelliteCommands.enqueue(\(new), \(satellite))") { try await $0.satelliteCommands.enqueue(new, for: satellite) }
        }
    }

    mutating func registration(_ method: Int) -> DialogueCall {
        switch method % 8 {
        case 1, 2:
            let (token, new) = (choices.oneIn(6) ? hostileText() : text(of: .registrationToken), newSatellite())
            return DialogueCall("registrationTokens.register(\(new), with: \(token.debugDescription))") {
                try await $0.registrationTokens.register(new, with: token)
            }
        case 3:
            let (team, page) = (choices.oneIn(3) ? id(.team) as TeamID : nil, page())
            return DialogueCall("registrationTokens.list(\(team as Any), \(page))") { try await $0.registrationTokens.list(team: team, page: page) }
        case 4:
            let id: SatelliteRegistrationTokenID = id(.registrationTokenID)
            return DialogueCall("registrationTokens.revoke(\(id))") { try await $0.registrationTokens.revoke(id) }
        case 5: return DialogueCall("registrationTokens.deleteExpired()") { try await $0.registrationTokens.deleteExpired() }
        default:
            var new = NewSatelliteRegistrationToken(permissions: choices.oneIn(3) ? [name()] : [])
            if choices.oneIn(2) { (new.type, new.team) = (.team, id(.team)) }
            if choices.oneIn(6) { new.type = choices.one(of: [.global, .team, .unknown("lunar")]) }
            if choices.oneIn(3) { new.createdBy = id(.user) }
            let chosen = new
            return DialogueCall("registrationTokens.create(\(new))") { try await $0.registrationTokens.create(chosen) }
        }
    }

    private mutating func newSatellite() -> NewSatellite {
        var new = NewSatellite(name: choices.oneIn(6) ? hostileText() : "satellite-name-\(choices.below(20))")
        if choices.oneIn(2) { (new.type, new.team) = (.team, id(.team)) }
        if choices.oneIn(8) { new.type = choices.one(of: [.global, .team, .unknown("lunar")]) }
        if choices.oneIn(4) { new.capabilities = choices.one(of: [[], ["stdio"], ["warp"], ["stdio", "stdio"]]) }
        if choices.oneIn(3) { new.systemInfo = json() }
        if choices.oneIn(4) { new.url = choices.one(of: ["https://example.org", "", "no address"]) }
        if choices.oneIn(4) { new.region = name() }
        if choices.oneIn(4) { new.createdBy = id(.user) }
        return new
    }

    private mutating func newCommand() -> NewSatelliteCommand {
        var new = NewSatelliteCommand(choices.one(of: [.spawn, .kill, .configure, .unknown("dance")]))
        if choices.oneIn(2) { new.priority = choices.one(of: [.immediate, .high, .normal, .low]) }
        if choices.oneIn(3) { new.payload = json() }
        if choices.oneIn(3) { new.targetTeam = id(.team) }
        if choices.oneIn(2) { new.correlationID = correlation() }
        if choices.oneIn(4) { new.maxRetries = choices.one(of: [0, 1, -1, Int.max]) }
        if choices.oneIn(4) { new.createdBy = id(.user) }
        if choices.oneIn(4) { new.lifetime = age() }
        return new
    }

    private mutating func status() -> SatelliteStatus { choices.one(of: [.active, .inactive, .maintenance, .error, .unknown("asleep")]) }

    private mutating func correlation() -> String { choices.oneIn(6) ? hostileText() : "correlation-\(choices.below(3))" }
}
