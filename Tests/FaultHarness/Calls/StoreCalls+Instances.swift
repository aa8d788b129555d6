import DeployStackData
import DeployStackDataTesting
import DeployStackModels

extension StoreCalls {
    private static let service = "McpInstallationService"

    static let moreInstallations = [
        StoreCall("\(service).installation(_:team:reveal:)", ["id"]) { store, world, text in
            AnswerText.of(try await store.installations.installation(McpInstallationID(text("id")), team: world.team))
        },
        StoreCall("\(service).installation(_:team:reveal:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.installations.installation(world.installation, team: TeamID(text("team")), reveal: .decrypted))
        },
        StoreCall("\(service).listInstallations(team:viewer:source:includeStats:page:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.installations.listInstallations(team: TeamID(text("team")), viewer: world.owner))
        },
        StoreCall("\(service).listInstallations(team:viewer:source:includeStats:page:)", ["viewer"]) { store, world, text in
            AnswerText.of(
                try await store.installations.listInstallations(
                    team: world.team, viewer: UserID(text("viewer")), source: .manual, includeStats: true, page: Page(limit: 2)))
        },
        StoreCall("\(service).listInstallations(team:viewer:source:includeStats:page:)", ["source"]) { store, world, text in
            AnswerText.of(
                try await store.installations.listInstallations(
                    team: world.team, viewer: world.owner, source: McpServerSource(rawValue: text("source"))))
        },
        StoreCall("\(service).searchInstallations(team:text:page:)", ["team"]) { store, _, text in
            AnswerText.of(try await store.installations.searchInstallations(team: TeamID(text("team")), text: "world"))
        },
        StoreCall("\(service).searchInstallations(team:text:page:)", ["text"]) { store, world, text in
            AnswerText.of(try await store.installations.searchInstallations(team: world.team, text: text("text"), page: Page(limit: 2)))
        },
        StoreCall("\(service).installationIDs(team:)", ["team"]) { store, _, text in
            AnswerText.joined(try await store.installations.installationIDs(team: TeamID(text("team"))).map(\.rawValue))
        },
        StoreCall("\(service).installations(ofServer:)", ["server"]) { store, _, text in
            AnswerText.joined(try await store.installations.installations(ofServer: McpServerID(text("server"))).map { "\($0.id) \($0.teamID)" })
        },
        StoreCall("\(service).updateInstallation(_:team:_:)", ["id"]) { store, world, text in
            AnswerText.of(
                try await store.installations.updateInstallation(
                    McpInstallationID(text("id")), team: world.team, InstallationPatch(type: .team)))
        },
        StoreCall("\(service).updateInstallation(_:team:_:)", ["team"]) { store, world, text in
            AnswerText.of(
                try await store.installations.updateInstallation(
                    world.installation, team: TeamID(text("team")), InstallationPatch(type: .team)))
        },
        StoreCall(
            "\(service).updateInstallation(_:team:_:)", ["name", "args", "env", "headers", "queryParams"].map { "patch.\($0)" }
        ) { store, world, text in
            let member: (String) -> JSONValue = { field in .object(JSONObject([(text("patch.\(field)"), .string(text("patch.\(field)")))])) }
            let patch = InstallationPatch(
                name: text("patch.name"), args: .set([member("args")]), env: .set(member("env")), headers: .set(member("headers")),
                queryParams: .set(member("queryParams")))
            return AnswerText.of(try await store.installations.updateInstallation(world.installation, team: world.team, patch))
        },
        StoreCall("\(service).updateInstallation(_:team:_:)", ["patch.type"]) { store, world, text in
            let patch = InstallationPatch(type: McpInstallationType(rawValue: text("patch.type")))
            return AnswerText.of(try await store.installations.updateInstallation(world.installation, team: world.team, patch))
        },
        StoreCall("\(service).updateInstallation(_:team:_:)", ["patch.satelliteID"]) { store, world, text in
            let patch = InstallationPatch(satelliteID: .set(SatelliteID(text("patch.satelliteID"))))
            return AnswerText.of(try await store.installations.updateInstallation(world.installation, team: world.team, patch))
        },
        StoreCall("\(service).updateSettings(_:team:_:)", ["id"]) { store, world, text in
            try await store.installations.updateSettings(McpInstallationID(text("id")), team: world.team, ["a": 1])?.text ?? "nil"
        },
        StoreCall("\(service).updateSettings(_:team:_:)", ["team"]) { store, world, text in
            try await store.installations.updateSettings(world.installation, team: TeamID(text("team")), ["a": 1])?.text ?? "nil"
        },
        StoreCall("\(service).updateSettings(_:team:_:)", ["settings"]) { store, world, text in
            let settings = JSONValue.object(JSONObject([(text("settings"), .string(text("settings")))]))
            let changed = try await store.installations.updateSettings(world.installation, team: world.team, settings)?.text
            _ = try await store.installations.updateSettings(world.installation, team: world.team, .object(JSONObject([(text("settings"), .null)])))
            return changed ?? "nil"
        },
        StoreCall("\(service).deleteInstallation(_:team:)", ["id"]) { store, world, text in
            "\(try await store.installations.deleteInstallation(McpInstallationID(text("id")), team: world.team))"
        },
        StoreCall("\(service).deleteInstallation(_:team:)", ["team"]) { store, world, text in
            "\(try await store.installations.deleteInstallation(world.installation, team: TeamID(text("team"))))"
        },
        StoreCall("\(service).touchLastUsed(_:at:)", ["id"]) { store, _, text in
            "\(try await store.installations.touchLastUsed(McpInstallationID(text("id"))))"
        },
        StoreCall("\(service).resolvedConfiguration(_:user:reveal:)", ["id"]) { store, world, text in
            AnswerText.of(try await store.installations.resolvedConfiguration(McpInstallationID(text("id")), user: world.owner))
        },
        StoreCall("\(service).resolvedConfiguration(_:user:reveal:)", ["user"]) { store, world, text in
            AnswerText.of(try await store.installations.resolvedConfiguration(world.installation, user: UserID(text("user")), reveal: .decrypted))
        },
        StoreCall("\(service).satelliteConfigurations(_:)", ["satellite"]) { store, _, text in
            AnswerText.joined(
                try await store.installations.satelliteConfigurations(SatelliteID(text("satellite"))).map { $0.instance.id.rawValue })
        },
        StoreCall("\(service).clientConfiguration(_:team:client:)", ["id"]) { store, world, text in
            try await store.installations.clientConfiguration(McpInstallationID(text("id")), team: world.team, client: .vscode)?.text ?? "nil"
        },
        StoreCall("\(service).clientConfiguration(_:team:client:)", ["team"]) { store, world, text in
            try await store.installations.clientConfiguration(world.installation, team: TeamID(text("team")), client: .cursor)?.text ?? "nil"
        },
    ]

    static let instances =
        [
            StoreCall("InstanceRepository.provision(_:users:)", ["installation"]) { store, world, text in
                let made = try await store.instances.provision(McpInstallationID(text("installation")), users: [world.owner])
                return AnswerText.joined(made.map { AnswerText.of($0.instance) })
            },
            StoreCall("InstanceRepository.provision(_:users:)", ["users"]) { store, world, text in
                let made = try await store.instances.provision(world.installation, users: [world.owner, UserID(text("users"))])
                return AnswerText.joined(made.map { AnswerText.of($0.instance) })
            },
            StoreCall("InstanceRepository.instance(path:token:)", ["path"]) { store, _, text in
                let token = "ds_inst_" + String(repeating: "0", count: 64)
                return AnswerText.of(try await store.instances.instance(path: text("path"), token: token))
            },
            StoreCall("InstanceRepository.instance(path:token:)", ["token"]) { store, _, text in
                AnswerText.of(try await store.instances.instance(path: "bold-penguin-42a3", token: text("token")))
            },
            StoreCall("InstanceRepository.resetToken(installation:user:)", ["installation"]) { store, world, text in
                "\(try await store.instances.resetToken(installation: McpInstallationID(text("installation")), user: world.owner) != nil)"
            },
            StoreCall("InstanceRepository.resetToken(installation:user:)", ["user"]) { store, world, text in
                "\(try await store.instances.resetToken(installation: world.installation, user: UserID(text("user"))) != nil)"
            },
            StoreCall("InstanceRepository.statuses(installation:team:)", ["installation"]) { store, world, text in
                AnswerText.of(try await store.instances.statuses(installation: McpInstallationID(text("installation")), team: world.team))
            },
            StoreCall("InstanceRepository.statuses(installation:team:)", ["team"]) { store, world, text in
                AnswerText.of(try await store.instances.statuses(installation: world.installation, team: TeamID(text("team"))))
            },
            StoreCall("InstanceRepository.delete(user:team:)", ["user"]) { store, world, text in
                "\(try await store.instances.delete(user: UserID(text("user")), team: world.team))"
            },
            StoreCall("InstanceRepository.delete(user:team:)", ["team"]) { store, world, text in
                "\(try await store.instances.delete(user: world.owner, team: TeamID(text("team"))))"
            },
            StoreCall("InstanceRepository.delete(installation:)", ["installation"]) { store, _, text in
                "\(try await store.instances.delete(installation: McpInstallationID(text("installation"))))"
            },
        ] + instanceChanges

    private static let updateStatus = "InstanceRepository.updateStatus(installation:user:status:message:at:)"

    private static let instanceChanges = [
        StoreCall(updateStatus, ["installation"]) { store, world, text in
            let installation = McpInstallationID(text("installation"))
            let time = world.clock.now()
            return "\(try await store.instances.updateStatus(installation: installation, user: world.owner, status: .online, at: time))"
        },
        StoreCall(updateStatus, ["user"]) { store, world, text in
            let user = UserID(text("user"))
            let time = world.clock.now()
            return "\(try await store.instances.updateStatus(installation: world.installation, user: user, status: .online, at: time))"
        },
        StoreCall(updateStatus, ["status"]) { store, world, text in
            let status = McpInstanceStatus(rawValue: text("status"))
            let time = world.clock.now()
            return "\(try await store.instances.updateStatus(installation: world.installation, user: world.owner, status: status, at: time))"
        },
        StoreCall(updateStatus, ["message"]) { store, world, text in
            _ = try await store.instances.updateStatus(
                installation: world.installation, user: world.owner, status: .error, message: text("message"), at: world.clock.now())
            return AnswerText.of(try await store.instances.statuses(installation: world.installation, team: world.team))
        },
        StoreCall("InstanceRepository.setCredentialCheck(installation:user:at:)", ["installation"]) { store, world, text in
            let installation = McpInstallationID(text("installation"))
            return "\(try await store.instances.setCredentialCheck(installation: installation, user: world.owner, at: world.clock.now()))"
        },
        StoreCall("InstanceRepository.setCredentialCheck(installation:user:at:)", ["user"]) { store, world, text in
            let user = UserID(text("user"))
            return "\(try await store.instances.setCredentialCheck(installation: world.installation, user: user, at: world.clock.now()))"
        },
        StoreCall("InstanceRepository.setHealthCheck(installation:user:at:)", ["installation"]) { store, world, text in
            let installation = McpInstallationID(text("installation"))
            return "\(try await store.instances.setHealthCheck(installation: installation, user: world.owner, at: world.clock.now()))"
        },
        StoreCall("InstanceRepository.setHealthCheck(installation:user:at:)", ["user"]) { store, world, text in
            let user = UserID(text("user"))
            return "\(try await store.instances.setHealthCheck(installation: world.installation, user: user, at: world.clock.now()))"
        },
    ]

    private static let kinds = ["args", "env", "headers", "queryParams"]
    private static let save = "UserConfigurationRepository.save(_:user:team:_:)"
    private static let update = "UserConfigurationRepository.update(_:user:team:_:)"

    static let userConfigurations =
        [
            StoreCall("UserConfigurationRepository.configuration(_:user:reveal:)", ["installation"]) { store, world, text in
                AnswerText.of(
                    try await store.userConfigurations.configuration(McpInstallationID(text("installation")), user: world.owner, reveal: .decrypted))
            },
            StoreCall("UserConfigurationRepository.configuration(_:user:reveal:)", ["user"]) { store, world, text in
                AnswerText.of(try await store.userConfigurations.configuration(world.installation, user: UserID(text("user"))))
            },
            StoreCall(save, kinds.map { "configuration.\($0)" }) { store, world, text in
                let member: (String) -> JSONValue = { kind in
                    .object(JSONObject([(text("configuration.\(kind)"), .string(text("configuration.\(kind)")))]))
                }
                let values = UserConfigurationValues(
                    args: member("args"), env: member("env"), headers: member("headers"), queryParams: member("queryParams"))
                return AnswerText.of(
                    try await store.userConfigurations.save(world.installation, user: world.owner, team: world.team, values))
            },
            StoreCall(update, kinds.map { "patch.\($0)" }) { store, world, text in
                let member: (String) -> FieldPatch<JSONValue> = { kind in
                    .set(.object(JSONObject([(text("patch.\(kind)"), .string(text("patch.\(kind)")))])))
                }
                let patch = UserConfigurationPatch(
                    args: member("args"), env: member("env"), headers: member("headers"), queryParams: member("queryParams"))
                return AnswerText.of(
                    try await store.userConfigurations.update(world.installation, user: world.owner, team: world.team, patch))
            },
            StoreCall("UserConfigurationRepository.delete(_:user:team:)", ["id"]) { store, world, text in
                "\(try await store.userConfigurations.delete(McpUserConfigurationID(text("id")), user: world.owner, team: world.team))"
            },
            StoreCall("UserConfigurationRepository.delete(_:user:team:)", ["user"]) { store, world, text in
                "\(try await store.userConfigurations.delete(world.configuration, user: UserID(text("user")), team: world.team))"
            },
            StoreCall("UserConfigurationRepository.delete(_:user:team:)", ["team"]) { store, world, text in
                "\(try await store.userConfigurations.delete(world.configuration, user: world.owner, team: TeamID(text("team"))))"
            },
            StoreCall("UserConfigurationRepository.list(user:team:)", ["user"]) { store, world, text in
                AnswerText.joined(
                    try await store.userConfigurations.list(user: UserID(text("user")), team: world.team).map { AnswerText.of($0) })
            },
            StoreCall("UserConfigurationRepository.list(user:team:)", ["team"]) { store, world, text in
                AnswerText.joined(
                    try await store.userConfigurations.list(user: world.owner, team: TeamID(text("team"))).map { AnswerText.of($0) })
            },
        ]
        + ["installation", "user", "team"].flatMap { parameter in
            [
                StoreCall(save, [parameter]) { store, world, text in
                    let (installation, user, team) = Self.place(parameter, text, world)
                    return AnswerText.of(
                        try await store.userConfigurations.save(installation, user: user, team: team, UserConfigurationValues()))
                },
                StoreCall(update, [parameter]) { store, world, text in
                    let (installation, user, team) = Self.place(parameter, text, world)
                    return AnswerText.of(
                        try await store.userConfigurations.update(installation, user: user, team: team, UserConfigurationPatch()))
                },
            ]
        }

    /// The place of the world's configuration with one of its parts replaced by a text.
    private static func place(
        _ parameter: String, _ text: StoreCall.Texts, _ world: StoreWorld
    ) -> (installation: McpInstallationID, user: UserID, team: TeamID) {
        let text = text(parameter)
        switch parameter {
        case "installation": return (McpInstallationID(text), world.owner, world.team)
        case "user": return (world.installation, UserID(text), world.team)
        default: return (world.installation, world.owner, TeamID(text))
        }
    }
}
