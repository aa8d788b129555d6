import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let settings: [IsolationCase] = [
        IsolationCase("SettingsRepository.get(_:)", unscoped: platform),
        IsolationCase("SettingsRepository.set(_:)", unscoped: platform),
        IsolationCase("SettingsRepository.setMany(_:)", unscoped: platform),
        IsolationCase("SettingsRepository.delete(_:)", unscoped: platform),
        IsolationCase("SettingsRepository.list(group:)", unscoped: platform),
        IsolationCase("SettingsRepository.search(_:)", unscoped: platform),
        IsolationCase("SettingsRepository.groupsWithSettings()", unscoped: platform),
        IsolationCase("SettingsRepository.initializeDefaults(_:groups:)", unscoped: platform),
    ]

    static let preferences: [IsolationCase] = [
        IsolationCase("PreferenceRepository.all(user:)", own: [{ everything(of: try await $0.store.preferences.all(user: $0.ours.owner)) }]),
        IsolationCase(
            "PreferenceRepository.get(_:user:)",
            own: [{ everything(of: try await $0.store.preferences.get("interface.theme", user: $0.ours.owner)) }]),
        IsolationCase(
            "PreferenceRepository.set(_:to:user:)",
            own: [
                { call in
                    try await call.store.preferences.set("interface.theme", to: "dark", user: call.ours.owner)
                    return everything(of: try await call.store.preferences.all(user: call.ours.owner))
                }
            ]),
        IsolationCase(
            "PreferenceRepository.setMany(_:user:)",
            own: [
                { call in
                    try await call.store.preferences.setMany(["interface.theme": "dark", "onboarding.completed": true], user: call.ours.owner)
                    return everything(of: try await call.store.preferences.all(user: call.ours.owner))
                }
            ]),
    ]

    static let secrets = [IsolationCase("SecretMaintenance.reencrypt(batchSize:)", unscoped: platform)]
}
