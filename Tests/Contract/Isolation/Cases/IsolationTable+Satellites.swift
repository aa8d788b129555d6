import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let categories = ["all()", "category(_:)", "create(_:)", "update(_:_:)", "delete(_:)", "withFeaturedCounts()"].map {
        IsolationCase("CategoryRepository.\($0)", unscoped: platform)
    }

    static let satellites: [IsolationCase] = [
        IsolationCase(
            "SatelliteRepository.register(_:)",
            own: [
                { call in
                    let new = NewSatellite(name: "satellite-two", type: .team, team: call.ours.team)
                    return everything(of: try await call.store.satellites.register(new).satellite)
                }
            ]),
        IsolationCase("SatelliteRepository.authenticate(_:)", own: [{ everything(of: try await $0.store.satellites.authenticate($0.ours.apiKey)) }]),
        IsolationCase(
            "SatelliteRepository.list(type:team:status:page:)",
            own: [
                { everything(of: try await $0.store.satellites.list(team: $0.ours.team)) },
                { everything(of: try await $0.store.satellites.list(type: .team, team: $0.ours.team, status: .active)) },
            ]),
        IsolationCase("SatelliteRepository.activeGlobal()", own: [{ everything(of: try await $0.store.satellites.activeGlobal()) }]),
        IsolationCase("SatelliteRepository.satellite(_:)", unscoped: byIdentifier),
        IsolationCase("SatelliteRepository.recordHeartbeat(_:of:)", unscoped: byIdentifier),
        IsolationCase("SatelliteRepository.heartbeats(of:page:)", unscoped: byIdentifier),
        IsolationCase("SatelliteRepository.stale(olderThan:)", unscoped: administrators),
        IsolationCase("SatelliteRepository.pruneHeartbeats(keepGlobal:keepTeam:)", unscoped: platform),
        IsolationCase("SatelliteRepository.setStatus(_:_:)", unscoped: byIdentifier),
        IsolationCase("SatelliteRepository.updateConfig(_:_:)", unscoped: byIdentifier),
        IsolationCase("SatelliteRepository.delete(_:)", unscoped: byIdentifier),
    ]

    static let registrationTokens: [IsolationCase] = [
        IsolationCase(
            "RegistrationTokenRepository.create(_:)",
            own: [
                { call in
                    let new = NewSatelliteRegistrationToken(type: .team, team: call.ours.team, createdBy: call.ours.owner)
                    return everything(of: try await call.store.registrationTokens.create(new).record.expiresAt)
                }
            ]),
        IsolationCase(
            "RegistrationTokenRepository.list(team:page:)",
            own: [
                { call in
                    // How each begins is drawn at random.
                    let page = try await call.store.registrationTokens.list(team: call.ours.team)
                    return everything(of: page.items.map { [$0.id.rawValue] + $0.permissions }) + everything(of: page.total)
                }
            ]),
        IsolationCase("RegistrationTokenRepository.register(_:with:)", unscoped: "The token says for which team it is."),
        IsolationCase("RegistrationTokenRepository.revoke(_:)", unscoped: byIdentifier),
        IsolationCase("RegistrationTokenRepository.deleteExpired()", unscoped: platform),
    ]

    static let serverVersions = ["add(_:to:)", "list(_:)", "setLatest(_:of:)"].map {
        IsolationCase("ServerVersionRepository.\($0)", unscoped: byIdentifier)
    }

    static let satelliteCommands: [IsolationCase] = [
        IsolationCase("SatelliteCommandQueue.enqueue(_:for:)", unscoped: byIdentifier),
        IsolationCase(
            "SatelliteCommandQueue.enqueueForAllGlobal(_:)",
            own: [{ everything(of: try await $0.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure))) }]),
        IsolationCase(
            "SatelliteCommandQueue.enqueueForTeam(_:team:)",
            own: [{ everything(of: try await $0.store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.configure), team: $0.ours.team)) }]),
        IsolationCase("SatelliteCommandQueue.command(_:)", unscoped: byIdentifier),
        IsolationCase("SatelliteCommandQueue.commands(correlationID:)", unscoped: byIdentifier),
        IsolationCase(
            "SatelliteCommandQueue.poll(_:limit:)", own: [{ everything(of: try await $0.store.satelliteCommands.poll($0.ours.satellite)) }]),
        IsolationCase(
            "SatelliteCommandQueue.report(_:of:_:result:error:)",
            own: [
                { call in
                    _ = try await call.store.satelliteCommands.poll(call.ours.satellite)
                    return everything(of: try await call.store.satelliteCommands.report(call.ours.command, of: call.ours.satellite, .completed))
                }
            ],
            foreign: [
                { everything(of: try await $0.store.satelliteCommands.report($0.other.command, of: $0.ours.satellite, .completed)) }
            ]),
        IsolationCase("SatelliteCommandQueue.expireCommands()", unscoped: platform),
        IsolationCase("SatelliteCommandQueue.purgeCommands(olderThan:)", unscoped: platform),
    ]
}
