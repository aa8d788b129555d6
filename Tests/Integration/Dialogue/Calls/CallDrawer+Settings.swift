import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func settings(_ method: Int) -> DialogueCall {
        let key = settingKey()
        switch method % 15 {
        case 1, 2: return DialogueCall("settings.get(\(key.debugDescription))") { try await $0.settings.get(key) }
        case 3: return DialogueCall("settings.delete(\(key.debugDescription))") { try await $0.settings.delete(key) }
        case 4:
            let group = choices.oneIn(2) ? settingGroup() : nil
            return DialogueCall("settings.list(\(group as Any))") { try await $0.settings.list(group: group) }
        case 5, 6:
            let pattern = pattern() ?? "team"
            return DialogueCall("settings.search(\(pattern.debugDescription))") { try await $0.settings.search(pattern) }
        case 7: return DialogueCall("settings.groupsWithSettings()") { try await $0.settings.groupsWithSettings() }
        case 8:
            let definitions = [SettingDefinition(key, settingValue(), groupID: choices.oneIn(2) ? settingGroup() : nil), SettingDefinition("y", 1)]
            let groups = choices.oneIn(2) ? [SettingGroup(id: settingGroup(), name: name(), sortOrder: choices.below(3))] : []
            return DialogueCall("settings.initializeDefaults(\(definitions), \(groups))") {
                try await $0.settings.initializeDefaults(definitions, groups: groups)
            }
        case 9, 10:
            let settings = [newSetting(key)] + (0..<choices.below(3)).map { _ in newSetting(settingKey()) }
            return DialogueCall("settings.setMany(\(settings))") { try await $0.settings.setMany(settings) }
        case 11:
            let size = limit()
            return DialogueCall("reencryptSecrets(\(size))") { try await $0.reencryptSecrets(batchSize: size) }
        default:
            let new = newSetting(key)
            return DialogueCall("settings.set(\(new))") { try await $0.settings.set(new) }
        }
    }

    mutating func preferences(_ method: Int) -> DialogueCall {
        let (user, key): (UserID, String) = (id(.user), preferenceKey())
        switch method % 6 {
        case 1: return DialogueCall("preferences.all(\(user))") { try await $0.preferences.all(user: user) }
        case 2: return DialogueCall("preferences.get(\(key.debugDescription), \(user))") { try await $0.preferences.get(key, user: user) }
        case 3:
            var values = [key: settingValue()]
            for _ in 0..<choices.below(3) { values[preferenceKey()] = settingValue() }
            let chosen = values
            return DialogueCall("preferences.setMany(\(values.sorted { $0.key < $1.key }), \(user))") {
                try await $0.preferences.setMany(chosen, user: user)
                return "set"
            }
        default:
            let value = settingValue()
            return DialogueCall("preferences.set(\(key.debugDescription), \(value), \(user))") {
                try await $0.preferences.set(key, to: value, user: user)
                return "set"
            }
        }
    }

    private mutating func newSetting(_ key: String) -> NewSetting {
        NewSetting(
            key, settingValue(), name: optionalName(), description: optionalName(), groupID: choices.oneIn(3) ? settingGroup() : nil)
    }

    private mutating func settingKey() -> String {
        choices.oneIn(8)
            ? choices.one(of: ["A", "not a key", "", "nul\0", "caf\u{E9}", "cafe\u{301}", "%", String(repeating: "k", count: 300)])
            : choices.one(of: ["a", "b.c", "team.creation_limit", "b_c", "team.default_member_limit", "team.allow_github_mcp"])
    }

    private mutating func settingGroup() -> SettingGroupID { choices.one(of: ["team", "g1", "nothing", "g2", "", "nul\0"]) }

    private mutating func settingValue() -> SettingValue {
        switch choices.below(10) {
        case 0: "text"
        case 1: .number(JSONNumber(choices.below(6)))
        case 2: .boolean(flag())
        case 3: .secret("t0ps3cret")
        case 4: .secret("*****")
        case 5: .number((try? JSONNumber(parsing: choices.one(of: ["1.0", "1e0", "1e400", "-0", "12345678901234567890", "1.50"]))) ?? 0)
        case 6: .secret(SecretText(hostileText()))
        default: .string(name())
        }
    }

    private mutating func preferenceKey() -> String {
        choices.one(of: ["interface.theme", "onboarding.completed", "interface.sidebar_collapsed", "nothing", "", "Interface.Theme"])
    }
}
