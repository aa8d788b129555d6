import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let settings = [
        StoreCall("SettingsRepository.get(_:)", ["key"]) { store, _, text in AnswerText.of(try await store.settings.get(text("key"))) },
        StoreCall("SettingsRepository.set(_:)", ["setting.key"]) { store, _, text in
            AnswerText.of(try await store.settings.set(NewSetting(text("setting.key"), 1)))
        },
        StoreCall("SettingsRepository.set(_:)", ["setting.value.string", "setting.name", "setting.description"]) { store, world, text in
            let setting = NewSetting(
                "key-\(world.round)", .string(text("setting.value.string")), name: text("setting.name"), description: text("setting.description"))
            return AnswerText.of(try await store.settings.set(setting))
        },
        StoreCall("SettingsRepository.set(_:)", ["setting.groupID"]) { store, _, text in
            AnswerText.of(try await store.settings.set(NewSetting("grouped", 1, groupID: SettingGroupID(text("setting.groupID")))))
        },
        StoreCall("SettingsRepository.setMany(_:)", ["settings.key"]) { store, _, text in
            AnswerText.joined(try await store.settings.setMany([NewSetting(text("settings.key"), 1)]).map { AnswerText.of($0) })
        },
        StoreCall("SettingsRepository.setMany(_:)", ["settings.value.string", "settings.name", "settings.description"]) { store, world, text in
            let setting = NewSetting(
                "many-\(world.round)", .string(text("settings.value.string")), name: text("settings.name"),
                description: text("settings.description"))
            return AnswerText.joined(try await store.settings.setMany([setting]).map { AnswerText.of($0) })
        },
        StoreCall("SettingsRepository.setMany(_:)", ["settings.groupID"]) { store, _, text in
            let setting = NewSetting("grouped", 1, groupID: SettingGroupID(text("settings.groupID")))
            return AnswerText.joined(try await store.settings.setMany([setting]).map { AnswerText.of($0) })
        },
        StoreCall("SettingsRepository.delete(_:)", ["key"]) { store, _, text in "\(try await store.settings.delete(text("key")))" },
        StoreCall("SettingsRepository.list(group:)", ["group"]) { store, _, text in
            AnswerText.joined(try await store.settings.list(group: SettingGroupID(text("group"))).map { AnswerText.of($0) })
        },
        StoreCall("SettingsRepository.search(_:)", ["pattern"]) { store, _, text in
            AnswerText.joined(try await store.settings.search(text("pattern")).map { AnswerText.of($0) })
        },
        StoreCall("SettingsRepository.initializeDefaults(_:groups:)", ["definitions.key"]) { store, _, text in
            "\(try await store.settings.initializeDefaults([SettingDefinition(text("definitions.key"), 1)]))"
        },
        StoreCall(
            "SettingsRepository.initializeDefaults(_:groups:)", ["definitions.defaultValue.string", "definitions.name", "definitions.description"]
        ) { store, world, text in
            let definition = SettingDefinition(
                "default-\(world.round)", .string(text("definitions.defaultValue.string")), name: text("definitions.name"),
                description: text("definitions.description"))
            let count = try await store.settings.initializeDefaults([definition])
            return AnswerText.joined(["\(count)", AnswerText.of(try await store.settings.get(definition.key))])
        },
        StoreCall("SettingsRepository.initializeDefaults(_:groups:)", ["definitions.groupID"]) { store, world, text in
            let definition = SettingDefinition("grouped-\(world.round)", 1, groupID: SettingGroupID(text("definitions.groupID")))
            return "\(try await store.settings.initializeDefaults([definition]))"
        },
        StoreCall("SettingsRepository.initializeDefaults(_:groups:)", ["groups.id"]) { store, _, text in
            "\(try await store.settings.initializeDefaults([], groups: [SettingGroup(id: SettingGroupID(text("groups.id")), name: "g")]))"
        },
        StoreCall("SettingsRepository.initializeDefaults(_:groups:)", ["groups.name", "groups.description", "groups.icon"]) { store, world, text in
            let id = SettingGroupID("group-\(world.round)")
            let group = SettingGroup(id: id, name: text("groups.name"), description: text("groups.description"), icon: text("groups.icon"))
            try await store.settings.initializeDefaults([], groups: [group])
            let stored = try await store.settings.groupsWithSettings().first { $0.id == id }?.group
            return AnswerText.joined([stored?.id.rawValue, stored?.name, stored?.description, stored?.icon])
        },
        StoreCall("PreferenceRepository.all(user:)", ["user"]) { store, _, text in
            AnswerText.joined(try await store.preferences.all(user: UserID(text("user"))).map { "\($0.key) \(AnswerText.of($0.value))" })
        },
        StoreCall("PreferenceRepository.get(_:user:)", ["key"]) { store, world, text in
            AnswerText.of(try await store.preferences.get(text("key"), user: world.owner))
        },
        StoreCall("PreferenceRepository.get(_:user:)", ["user"]) { store, _, text in
            AnswerText.of(try await store.preferences.get("interface.theme", user: UserID(text("user"))))
        },
        StoreCall("PreferenceRepository.set(_:to:user:)", ["key"]) { store, world, text in
            try await store.preferences.set(text("key"), to: "x", user: world.owner)
            return "set"
        },
        StoreCall("PreferenceRepository.set(_:to:user:)", ["value.string"]) { store, world, text in
            try await store.preferences.set("interface.theme", to: .string(text("value.string")), user: world.owner)
            return AnswerText.of(try await store.preferences.get("interface.theme", user: world.owner))
        },
        StoreCall("PreferenceRepository.set(_:to:user:)", ["user"]) { store, _, text in
            try await store.preferences.set("interface.theme", to: "x", user: UserID(text("user")))
            return "set"
        },
        StoreCall("PreferenceRepository.setMany(_:user:)", ["values.key"]) { store, world, text in
            try await store.preferences.setMany([text("values.key"): "x"], user: world.owner)
            return "set"
        },
        StoreCall("PreferenceRepository.setMany(_:user:)", ["values.value.string"]) { store, world, text in
            try await store.preferences.setMany(["interface.theme": .string(text("values.value.string"))], user: world.owner)
            return AnswerText.of(try await store.preferences.get("interface.theme", user: world.owner))
        },
        StoreCall("PreferenceRepository.setMany(_:user:)", ["user"]) { store, _, text in
            try await store.preferences.setMany(["interface.theme": "x"], user: UserID(text("user")))
            return "set"
        },
    ]
}
