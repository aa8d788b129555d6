import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let installations: [IsolationCase] = [
        IsolationCase(
            "McpInstallationService.createInstallation(team:user:_:)",
            own: [
                { call in
                    let new = NewInstallation(serverID: call.ours.server, name: "vault again")
                    return everything(of: try await call.store.installations.createInstallation(team: call.ours.team, user: call.ours.owner, new))
                }
            ],
            foreign: [
                { call in
                    let new = NewInstallation(serverID: call.other.server, name: "theirs")
                    return everything(of: try await call.store.installations.createInstallation(team: call.ours.team, user: call.ours.owner, new))
                }
            ]),
        IsolationCase(
            "McpInstallationService.installationViews(team:page:)",
            own: [{ everything(of: try await $0.store.installations.installationViews(team: $0.ours.team)) }]),
        IsolationCase(
            "McpInstallationService.installationViews(team:tagged:match:)",
            own: [tagged(.all), tagged(.any)]),
        IsolationCase("McpInstallationService.usage(team:)", own: [{ everything(of: try await $0.store.installations.usage(team: $0.ours.team)) }]),
        IsolationCase("McpInstallationService.deleteInstallation(_:)", unscoped: byIdentifier),
    ]

    private static func tagged(_ match: TagMatch) -> IsolationCase.Call {
        { everything(of: try await $0.store.installations.installationViews(team: $0.ours.team, tagged: ["private"], match: match)) }
    }
}
