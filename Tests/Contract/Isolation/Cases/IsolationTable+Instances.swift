import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let instances: [IsolationCase] = [
        IsolationCase(
            "InstanceRepository.provision(_:users:)",
            own: [{ everything(of: try await $0.store.instances.provision($0.ours.installation, users: [$0.ours.member])) }],
            foreign: [
                { everything(of: try await $0.store.instances.provision($0.ours.installation, users: [$0.other.member])) }
            ]),
        IsolationCase("InstanceRepository.instance(path:token:)", unscoped: bearer),
        IsolationCase(
            "InstanceRepository.resetToken(installation:user:)",
            own: [{ "\(try await $0.store.instances.resetToken(installation: $0.ours.installation, user: $0.ours.owner) != nil)" }],
            foreign: [
                { everything(of: try await $0.store.instances.resetToken(installation: $0.other.installation, user: $0.ours.owner)) },
                { everything(of: try await $0.store.instances.resetToken(installation: $0.ours.installation, user: $0.other.owner)) },
            ]),
        IsolationCase(
            "InstanceRepository.updateStatus(installation:user:status:message:at:)",
            own: [{ try await setStatus($0, $0.ours.installation, $0.ours.owner) }],
            foreign: [
                { try await setStatus($0, $0.other.installation, $0.ours.owner) }, { try await setStatus($0, $0.ours.installation, $0.other.owner) },
            ]),
        IsolationCase(
            "InstanceRepository.statuses(installation:team:)",
            own: [{ everything(of: try await $0.store.instances.statuses(installation: $0.ours.installation, team: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.instances.statuses(installation: $0.other.installation, team: $0.ours.team)) }]),
        IsolationCase(
            "InstanceRepository.delete(user:team:)",
            own: [{ everything(of: try await $0.store.instances.delete(user: $0.ours.member, team: $0.ours.team)) }],
            foreign: [
                { everything(of: try await $0.store.instances.delete(user: $0.other.member, team: $0.ours.team)) },
                { everything(of: try await $0.store.instances.delete(user: $0.ours.member, team: $0.other.team)) },
            ]),
        IsolationCase("InstanceRepository.delete(installation:)", unscoped: byIdentifier),
        IsolationCase("InstanceRepository.dueForCredentialCheck(olderThan:limit:)", unscoped: platform),
        IsolationCase(
            "InstanceRepository.setCredentialCheck(installation:user:at:)",
            own: [{ try await noteCredentials($0, $0.ours.installation, $0.ours.owner) }],
            foreign: [
                { try await noteCredentials($0, $0.other.installation, $0.ours.owner) },
                { try await noteCredentials($0, $0.ours.installation, $0.other.owner) },
            ]),
        IsolationCase(
            "InstanceRepository.setHealthCheck(installation:user:at:)",
            own: [{ try await noteHealth($0, $0.ours.installation, $0.ours.owner) }],
            foreign: [
                { try await noteHealth($0, $0.other.installation, $0.ours.owner) },
                { try await noteHealth($0, $0.ours.installation, $0.other.owner) },
            ]),
    ]

    static let userConfigurations: [IsolationCase] = [
        IsolationCase(
            "UserConfigurationRepository.configuration(_:user:reveal:)",
            own: [{ everything(of: try await $0.store.userConfigurations.configuration($0.ours.installation, user: $0.ours.owner)) }],
            foreign: [
                { everything(of: try await $0.store.userConfigurations.configuration($0.other.installation, user: $0.ours.owner)) },
                { everything(of: try await $0.store.userConfigurations.configuration($0.ours.installation, user: $0.other.owner)) },
            ]),
        IsolationCase(
            "UserConfigurationRepository.save(_:user:team:_:)",
            own: [{ try await save($0, $0.ours.installation, $0.ours.owner, $0.ours.team) }],
            foreign: [
                { try await save($0, $0.other.installation, $0.ours.owner, $0.ours.team) },
                { try await save($0, $0.other.installation, $0.ours.owner, $0.other.team) },
                { try await save($0, $0.ours.installation, $0.other.owner, $0.ours.team) },
                { try await save($0, $0.ours.installation, $0.ours.owner, $0.other.team) },
            ]),
        IsolationCase(
            "UserConfigurationRepository.update(_:user:team:_:)",
            own: [{ try await update($0, $0.ours.installation, $0.ours.owner, $0.ours.team) }],
            foreign: [
                { try await update($0, $0.other.installation, $0.ours.owner, $0.ours.team) },
                { try await update($0, $0.ours.installation, $0.other.owner, $0.ours.team) },
                { try await update($0, $0.ours.installation, $0.ours.owner, $0.other.team) },
            ]),
        IsolationCase(
            "UserConfigurationRepository.delete(_:user:team:)",
            own: [
                {
                    everything(
                        of: try await $0.store.userConfigurations.delete($0.ours.configuration, user: $0.ours.owner, team: $0.ours.team))
                }
            ],
            foreign: [
                {
                    everything(
                        of: try await $0.store.userConfigurations.delete($0.other.configuration, user: $0.ours.owner, team: $0.ours.team))
                },
                {
                    everything(
                        of: try await $0.store.userConfigurations.delete($0.ours.configuration, user: $0.other.owner, team: $0.ours.team))
                },
                {
                    everything(
                        of: try await $0.store.userConfigurations.delete($0.ours.configuration, user: $0.ours.owner, team: $0.other.team))
                },
            ]),
        IsolationCase(
            "UserConfigurationRepository.list(user:team:)",
            own: [{ everything(of: try await $0.store.userConfigurations.list(user: $0.ours.owner, team: $0.ours.team)) }],
            foreign: [
                { everything(of: try await $0.store.userConfigurations.list(user: $0.ours.owner, team: $0.other.team)) },
                { everything(of: try await $0.store.userConfigurations.list(user: $0.other.owner, team: $0.ours.team)) },
            ]),
    ]

    private static let later: Timestamp = .epoch + .seconds(4_000_000_000)

    private static func setStatus(_ call: IsolationCase.View, _ installation: McpInstallationID, _ user: UserID) async throws -> String {
        "\(try await call.store.instances.updateStatus(installation: installation, user: user, status: .online, message: "Up", at: later))"
    }

    private static func noteCredentials(_ call: IsolationCase.View, _ installation: McpInstallationID, _ user: UserID) async throws -> String {
        "\(try await call.store.instances.setCredentialCheck(installation: installation, user: user, at: later))"
    }

    private static func noteHealth(_ call: IsolationCase.View, _ installation: McpInstallationID, _ user: UserID) async throws -> String {
        "\(try await call.store.instances.setHealthCheck(installation: installation, user: user, at: later))"
    }

    private static func save(
        _ call: IsolationCase.View, _ installation: McpInstallationID, _ user: UserID, _ team: TeamID
    ) async throws -> String {
        let values = UserConfigurationValues(env: ["REGION": "north"])
        return everything(of: try await call.store.userConfigurations.save(installation, user: user, team: team, values))
    }

    private static func update(
        _ call: IsolationCase.View, _ installation: McpInstallationID, _ user: UserID, _ team: TeamID
    ) async throws -> String {
        let patch = UserConfigurationPatch(env: .set(["REGION": "north"]))
        return everything(of: try await call.store.userConfigurations.update(installation, user: user, team: team, patch))
    }
}
