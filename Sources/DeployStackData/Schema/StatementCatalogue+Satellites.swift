import DeployStackModels
import PostgresDriver

extension StatementCatalogue {
    static var registrationTokens: [CataloguedStatement] {
        let now = Timestamp.epoch
        return [
            CataloguedStatement("createRegistrationToken", .createRegistrationToken(.example, hash: TokenHash(of: ""))),
            CataloguedStatement("lockRegistrationToken", .lockRegistrationToken(TokenHash(of: ""), at: now)),
            CataloguedStatement("registrationTokens", neverNull: ["total"], .registrationTokens(team: nil, page: .first)),
            CataloguedStatement("useRegistrationToken", .useRegistrationToken("", by: "", at: now)),
            CataloguedStatement("revokeRegistrationToken", .revokeRegistrationToken("")),
            CataloguedStatement("deleteExpiredRegistrationTokens", .deleteExpiredRegistrationTokens(at: now)),
        ]
    }

    static var satellites: [CataloguedStatement] {
        let now = Timestamp.epoch
        return [
            CataloguedStatement("registerSatellite", .registerSatellite(.example, url: nil, systemInfo: nil, apiKeyHash: TokenHash(of: ""))),
            CataloguedStatement("authenticateSatellite", .authenticateSatellite(TokenHash(of: ""))),
            CataloguedStatement("satellite", .satellite("")),
            CataloguedStatement("satellites", neverNull: ["total"], .satellites(type: nil, team: nil, status: nil, page: .first)),
            CataloguedStatement("activeGlobalSatellites", .activeGlobalSatellites()),
            CataloguedStatement("staleSatellites", .staleSatellites(before: now)),
            CataloguedStatement("setSatelliteStatus", .setSatelliteStatus("", .inactive, at: now)),
            CataloguedStatement("updateSatelliteConfig", .updateSatelliteConfig("", [:], at: now)),
            CataloguedStatement("deleteSatellite", .deleteSatellite("")),
            CataloguedStatement("recordHeartbeat", .recordHeartbeat(NewSatelliteHeartbeat(), id: "", of: "", at: now)),
            CataloguedStatement("heartbeats", neverNull: ["total"], .heartbeats(of: "", page: .first)),
            CataloguedStatement("pruneHeartbeats", .pruneHeartbeats(keepGlobal: 1, keepTeam: 1)),
            CataloguedStatement("command", .command("")),
            CataloguedStatement("commands", .commands(correlationID: "")),
            CataloguedStatement("pollCommands", .pollCommands("", limit: 1, at: now)),
            CataloguedStatement("reportCommand", .reportCommand("", of: "", .completed, result: nil, error: nil, at: now)),
            CataloguedStatement("expireCommands", .expireCommands(error: "", at: now)),
            CataloguedStatement("purgeCommands", .purgeCommands(before: now, at: now)),
        ]
            + [("satellite", SatelliteTarget.satellite("")), ("all global", .allGlobal), ("team", .team(""))].map { name, target in
                CataloguedStatement("enqueueCommands(\(name))", .enqueueCommands(.example(for: target)))
            }
    }
}

extension Satellite {
    static let example = Satellite(
        id: "", name: "", type: .global, teamID: nil, status: .inactive, capabilities: [], lastHeartbeatAt: nil, url: "", region: nil,
        createdBy: nil, createdAt: .epoch, updatedAt: .epoch, details: nil)
}

extension SatelliteCommandFanOut {
    static func example(for target: SatelliteTarget) -> SatelliteCommandFanOut {
        SatelliteCommandFanOut(
            id: "", target: target, command: NewSatelliteCommand(.configure), correlationID: nil, targetTeam: nil, now: .epoch, expiresAt: .epoch)
    }
}

extension SatelliteRegistrationToken {
    static let example = SatelliteRegistrationToken(
        id: "", type: .global, teamID: nil, prefix: "", createdBy: nil, permissions: [], usedAt: nil, usedBy: nil, expiresAt: .epoch,
        createdAt: .epoch)
}
