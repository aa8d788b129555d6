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
            "McpInstallationService.installation(_:team:reveal:)",
            own: [{ everything(of: try await $0.store.installations.installation($0.ours.installation, team: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.installations.installation($0.other.installation, team: $0.ours.team)) }]),
        IsolationCase(
            "McpInstallationService.listInstallations(team:viewer:source:includeStats:page:)",
            own: [
                {
                    everything(
                        of: try await $0.store.installations.listInstallations(team: $0.ours.team, viewer: $0.ours.member, includeStats: true))
                }
            ],
            foreign: [{ everything(of: try await $0.store.installations.listInstallations(team: $0.ours.team, viewer: $0.other.owner)) }]),
        IsolationCase(
            "McpInstallationService.searchInstallations(team:text:page:)",
            own: [{ everything(of: try await $0.store.installations.searchInstallations(team: $0.ours.team, text: "metrics or \($0.other.word)")) }]
        ),
        IsolationCase(
            "McpInstallationService.installationIDs(team:)",
            own: [{ everything(of: try await $0.store.installations.installationIDs(team: $0.ours.team)) }]),
        IsolationCase("McpInstallationService.installations(ofServer:)", unscoped: administrators),
        IsolationCase(
            "McpInstallationService.installationViews(team:page:)",
            own: [{ everything(of: try await $0.store.installations.installationViews(team: $0.ours.team)) }]),
        IsolationCase("McpInstallationService.installationViews(team:tagged:match:)", own: [tagged(.all), tagged(.any)]),
        IsolationCase("McpInstallationService.usage(team:)", own: [{ everything(of: try await $0.store.installations.usage(team: $0.ours.team)) }]),
        IsolationCase(
            "McpInstallationService.updateInstallation(_:team:_:)",
            own: [
                { everything(of: try await $0.store.installations.updateInstallation($0.ours.installation, team: $0.ours.team, rename)) }
            ],
            foreign: [
                { everything(of: try await $0.store.installations.updateInstallation($0.other.installation, team: $0.ours.team, rename)) }
            ]),
        IsolationCase(
            "McpInstallationService.updateSettings(_:team:_:)",
            own: [{ everything(of: try await $0.store.installations.updateSettings($0.ours.installation, team: $0.ours.team, ["a": 1])) }],
            foreign: [{ everything(of: try await $0.store.installations.updateSettings($0.other.installation, team: $0.ours.team, ["a": 1])) }]),
        IsolationCase("McpInstallationService.deleteInstallation(_:)", unscoped: byIdentifier),
        IsolationCase(
            "McpInstallationService.deleteInstallation(_:team:)",
            own: [{ everything(of: try await $0.store.installations.deleteInstallation($0.ours.installation, team: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.installations.deleteInstallation($0.other.installation, team: $0.ours.team)) }]),
        IsolationCase("McpInstallationService.touchLastUsed(_:at:)", unscoped: byIdentifier),
        IsolationCase(
            "McpInstallationService.resolvedConfiguration(_:user:reveal:)",
            own: [{ everything(of: try await $0.store.installations.resolvedConfiguration($0.ours.installation, user: $0.ours.owner)) }],
            foreign: [
                { everything(of: try await $0.store.installations.resolvedConfiguration($0.other.installation, user: $0.ours.owner)) },
                { everything(of: try await $0.store.installations.resolvedConfiguration($0.ours.installation, user: $0.other.owner)) },
            ]),
        IsolationCase("McpInstallationService.satelliteConfigurations(_:)", unscoped: byIdentifier),
        IsolationCase(
            "McpInstallationService.clientConfiguration(_:team:client:)",
            own: [
                {
                    everything(
                        of: try await $0.store.installations.clientConfiguration($0.ours.installation, team: $0.ours.team, client: .cursor))
                }
            ],
            foreign: [
                {
                    everything(
                        of: try await $0.store.installations.clientConfiguration($0.other.installation, team: $0.ours.team, client: .cursor))
                }
            ]),
    ]

    private static let rename = InstallationPatch(name: "renamed")

    private static func tagged(_ match: TagMatch) -> IsolationCase.Call {
        { everything(of: try await $0.store.installations.installationViews(team: $0.ours.team, tagged: ["private"], match: match)) }
    }
}
