import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingInstallationsTests {
    private static let schema = McpConfigurationSchemas(
        team: .init(
            args: [["name": "--token", "type": "secret"]],
            env: [["name": "KEY", "type": "secret", "required": true], ["name": "REGION", "required": true]]))

    private static func installed(on backend: Backend) async throws -> (scene: TeamScene, made: McpInstallationDetail) {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let server = try await scene.addServer(.fixture(configuration: schema))
        let configuration = TeamConfiguration(
            args: [["name": "--token", "value": "t"]], env: ["KEY": "s3cret", "REGION": "eu"], headers: ["X": "y"], queryParams: ["q": 1])
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, name: "before", configuration: configuration))
        scene.clock.advance(by: .seconds(60))
        return (scene, made)
    }

    private static func revealed(_ id: McpInstallationID, _ scene: TeamScene) async throws -> TeamConfiguration? {
        try await scene.store.installations.installation(id, team: scene.team.id, reveal: .decrypted)?.installation.configuration
    }

    @Test(arguments: Backend.all)
    func whatAPatchDoesNotMentionStays(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        let changed = try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, InstallationPatch())

        var expected = made
        expected.installation.updatedAt = scene.clock.now()
        #expect(changed == expected)
        #expect(try await scene.store.installations.installation(made.id, team: scene.team.id) == expected)
    }

    @Test(arguments: Backend.all)
    func aFieldIsSetClearedOrLeft(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        let patch = InstallationPatch(name: " after ", type: .team, headers: .set(["A": "b", "C": .null]), queryParams: .clear)
        let changed = try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, patch)

        #expect(changed?.installation.name == "after" && changed?.installation.type == .team)
        #expect(
            try await Self.revealed(made.id, scene)
                == TeamConfiguration(
                    args: [["name": "--token", "value": "t"]], env: ["KEY": "s3cret", "REGION": "eu"], headers: ["A": "b", "C": .null]))
    }

    @Test(arguments: Backend.all)
    func aKindThatIsClearedNeedsNoRequiredValue(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, InstallationPatch(env: .clear))

        #expect(try await Self.revealed(made.id, scene)?.env == nil)
    }

    @Test(arguments: Backend.all)
    func theMaskWrittenBackLeavesTheSecret(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let patch = InstallationPatch(
            args: .set([["name": "--token", "value": "*****"]]), env: .set(["KEY": "*****", "REGION": "us"]))

        let changed = try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, patch)

        #expect(changed?.installation.configuration.env == ["KEY": "*****", "REGION": "us"])
        let revealed = try await Self.revealed(made.id, scene)
        #expect(revealed?.args == [["name": "--token", "value": "t"]] && revealed?.env == ["KEY": "s3cret", "REGION": "us"])

        try await scene.store.installations.updateInstallation(
            made.id, team: scene.team.id, InstallationPatch(env: .set(["KEY": "new", "REGION": "us"])))
        #expect(try await Self.revealed(made.id, scene)?.env == ["KEY": "new", "REGION": "us"])
    }

    private static let refused: [(patch: InstallationPatch, field: String)] = [
        (InstallationPatch(name: " "), "name"), (InstallationPatch(name: String(repeating: "x", count: 101)), "name"),
        (InstallationPatch(name: "a\0b"), "name"), (InstallationPatch(type: .unknown("x")), "type"),
        (InstallationPatch(args: .set([:])), "configuration.args"), (InstallationPatch(env: .set([])), "configuration.env"),
        (InstallationPatch(headers: .set("x")), "configuration.headers"), (InstallationPatch(queryParams: .set(.null)), "configuration.queryParams"),
        (InstallationPatch(env: .set([:])), "configuration.env.KEY"),
        (InstallationPatch(env: .set(["KEY": "k", "REGION": "  "])), "configuration.env.REGION"),
        (InstallationPatch(headers: .set(["X": ["$enc": "v1:AAAA"]])), "configuration.headers"),
    ]

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableChangesNothing(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        for (patch, field) in Self.refused {
            await expectInvalid(field) {
                var patch = patch
                if patch.name == nil { patch.name = "never" }
                try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, patch)
            }
        }

        #expect(try await scene.store.installations.installation(made.id, team: scene.team.id) == made)
    }

    @Test(arguments: Backend.all)
    func aNameIsUniqueInItsTeamAndItsOwnIsNotInTheWay(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        try await scene.install(try await scene.addServer(), name: "taken")
        try await scene.store.installations.createInstallation(
            team: other.id, user: scene.owner.id, .fixture(serverID: made.server.id, name: "elsewhere"))

        await expectError(.alreadyExists(.installation, "name", constraint: "mcpTeamInstallations_team_id_installation_name_key")) {
            try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, InstallationPatch(name: "taken"))
        }

        for name in ["before", "elsewhere", "TAKEN"] {
            let changed = try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, InstallationPatch(name: name))
            #expect(changed?.installation.name == name)
        }
    }

    @Test(arguments: Backend.all)
    func aSatelliteMustExist(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        for satellite in ["nothing", "", "a\0b"] {
            await expectError(.referenceMissing(.satellite, constraint: "mcpTeamInstallations_satellite_id_fkey")) {
                try await scene.store.installations.updateInstallation(
                    made.id, team: scene.team.id, InstallationPatch(satelliteID: .set(SatelliteID(satellite))))
            }
        }
        #expect(
            try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, InstallationPatch(satelliteID: .clear)) != nil)
    }

    @Test(arguments: Backend.all)
    func anotherTeamChangesNothing(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let service = scene.store.installations

        for (id, team) in [(made.id, other.id), ("nothing", scene.team.id), ("a\0b", scene.team.id), (made.id, "")] {
            #expect(try await service.updateInstallation(id, team: team, InstallationPatch(name: "theirs")) == nil)
            #expect(try await service.updateSettings(id, team: team, ["a": 1]) == nil)
        }

        #expect(try await service.installation(made.id, team: scene.team.id) == made)
    }

    @Test(arguments: Backend.all)
    func settingsAreMergedAndNullRemovesAKey(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let service = scene.store.installations
        let steps: [(JSONValue, JSONValue)] = [
            (["request_logging_enabled": false, "a": ["b": 1]], ["request_logging_enabled": false, "a": ["b": 1]]),
            (["a": ["c": .null], "d": 2], ["request_logging_enabled": false, "a": ["c": .null], "d": 2]),
            ([:], ["request_logging_enabled": false, "a": ["c": .null], "d": 2]),
            (["request_logging_enabled": .null, "never": .null, "d": [1, .null]], ["a": ["c": .null], "d": [1, .null]]),
        ]

        for (change, expected) in steps {
            scene.clock.advance(by: .seconds(1))
            #expect(try await service.updateSettings(made.id, team: scene.team.id, change) == expected)
            let stored = try await service.installation(made.id, team: scene.team.id)?.installation
            #expect(stored?.settings == expected && stored?.updatedAt == scene.clock.now())
        }
    }

    @Test(arguments: Backend.all)
    func settingsAreAnObjectAndLoggingIsAFlag(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        for settings: JSONValue in [[], "x", .null, ["a": "a\0b"], ["x": .string(String(repeating: "x", count: 1_048_577))]] {
            await expectInvalid("settings") {
                try await scene.store.installations.updateSettings(made.id, team: scene.team.id, settings)
            }
        }
        await expectError(.validation("settings.request_logging_enabled", "it must be true or false, or null to remove it")) {
            try await scene.store.installations.updateSettings(made.id, team: scene.team.id, ["request_logging_enabled": "yes"])
        }
    }

    @Test(arguments: Backend.all)
    func manyWhoChangeSettingsAtOnceLoseNothing(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)

        let outcomes = await race(20) { number in
            try await scene.store.installations.updateSettings(made.id, team: scene.team.id, .object(JSONObject([("\(number)", .number(1))])))
        }

        #expect(outcomes.errors.isEmpty)
        #expect(try await scene.store.installations.installation(made.id, team: scene.team.id)?.installation.settings.object?.count == 20)
    }

    @Test(arguments: Backend.all)
    func patchesAtOnceDoNotUndoEachOther(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let patches: [InstallationPatch] = [
            InstallationPatch(headers: .set(["new": 1])), InstallationPatch(queryParams: .set(["new": 2])), InstallationPatch(name: "new"),
            InstallationPatch(env: .set(["KEY": "*****", "REGION": "new"])),
        ]

        let outcomes = await race(4) { number in
            try await scene.store.installations.updateInstallation(made.id, team: scene.team.id, patches[number])?.id
        }

        #expect(outcomes.errors.isEmpty)
        let installation = try await scene.store.installations.installation(made.id, team: scene.team.id, reveal: .decrypted)?.installation
        #expect(installation?.name == "new")
        #expect(
            installation?.configuration
                == TeamConfiguration(
                    args: [["name": "--token", "value": "t"]], env: ["KEY": "s3cret", "REGION": "new"], headers: ["new": 1],
                    queryParams: ["new": 2]))
    }

    @Test(arguments: Backend.all)
    func aTimeOfUseIsWrittenOnceAMinute(_ backend: Backend) async throws {
        let (scene, made) = try await Self.installed(on: backend)
        let service = scene.store.installations
        let start = scene.clock.now()
        let steps: [(Duration, Bool)] = [
            (.zero, true), (.seconds(59), false), (.seconds(60) - .microseconds(1), false), (.seconds(60), true), (.seconds(30), false),
            (.seconds(121), true),
        ]

        for (offset, isWritten) in steps {
            #expect(try await service.touchLastUsed(made.id, at: start + offset) == isWritten, "\(offset)")
        }
        #expect(try await service.installation(made.id, team: scene.team.id)?.installation.lastUsedAt == start + .seconds(121))
        #expect(try await service.installation(made.id, team: scene.team.id)?.installation.updatedAt == made.installation.updatedAt)

        scene.clock.advance(by: .seconds(500))
        #expect(try await service.touchLastUsed(made.id))
        #expect(try await service.installation(made.id, team: scene.team.id)?.installation.lastUsedAt == scene.clock.now())
        for id in ["nothing", "", "a\0b"] { #expect(try await !service.touchLastUsed(McpInstallationID(id))) }
    }
}
