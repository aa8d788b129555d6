import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SettingValuesTests {
    @Test(arguments: Backend.all)
    func aValueComesBackWithItsType(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let values: [SettingValue] = [
            .string(""), .string("caf\u{e9} \u{1F680} % _ \\ ' \""), .string("*****"), .string("true"), .number(JSONNumber(-7)), .boolean(true),
            .boolean(false),
            .number(try JSONNumber(parsing: "9007199254740993.5")),
        ]

        for value in values {
            try await store.settings.set("x.y", to: value)

            #expect(try await store.settings.get("x.y") == value)
        }
    }

    @Test(arguments: Backend.all)
    func anAbsentSettingHasNoValueOrTheDefaultOrIsNotFound(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.settings.get("nothing") == nil)
        #expect(try await store.settings.get("not a key") == nil)
        #expect(try await store.settings.get("nothing", default: 7).integer == 7)
        await expectError(DataError(.notFound, entity: .setting, field: "nothing")) { _ = try await store.settings.require("nothing") }
        await expectError(DataError(.notFound, entity: .setting)) { _ = try await store.settings.require("a\0b") }
        try await store.settings.set("something", to: "x")
        #expect(try await store.settings.get("something", default: 7).string == "x")
        #expect(try await store.settings.require("something") == "x")
    }

    @Test(arguments: Backend.all)
    func whatIsNotStoredHasTheDefaultOfItsDefinition(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.settings.get(.teamCreationLimit).integer == 3)
        try await store.settings.set("team.creation_limit", to: 9)
        #expect(try await store.settings.get(.teamCreationLimit).integer == 9)
        #expect(try await store.settings.delete("team.creation_limit"))
        #expect(try await store.settings.get(.teamCreationLimit).integer == 3)
        #expect(try await store.settings.get(SettingDefinition("x", true)) == true)
        try await store.settings.set("x", to: "text")
        await expectError(DataError(.configuration, entity: .setting, field: "x", reason: "the setting must be true or false")) {
            _ = try await store.settings.get(SettingDefinition("x", true))
        }
    }

    @Test(arguments: Backend.all)
    func aDefinitionReadsATextAsItsType(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let flag = SettingDefinition("x", false)
        let yes = ["true", "1", "Yes", " on ", "ENABLED"]
        let no = ["false", "0", "no", "Off", "disabled"]

        for text in yes + no {
            try await store.settings.set("x", to: .string(text))
            #expect(try await store.settings.get(flag) == .boolean(yes.contains(text)), "\(text)")
        }
        try await store.settings.set("x", to: " 12.50 ")
        #expect(try await store.settings.get(SettingDefinition("x", 0)).number == JSONNumber(parsing: "12.50"))
        await expectError(DataError(.configuration, entity: .setting, field: "x", reason: "the setting must be a whole number, 0 to 9")) {
            _ = try await store.settings.get(SettingDefinition("x", 0, range: 0...9))
        }
        try await store.settings.set("x", to: 5)
        #expect(try await store.settings.get(SettingDefinition("x", 0, range: 0...9)) == 5)
        #expect(try await store.settings.get(SettingDefinition("x", "")) == "5")
    }

    @Test(arguments: Backend.all)
    func theRulesOfTeamsReadTheSettings(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        try await store.settings.setMany([
            NewSetting("team.creation_limit", 1), NewSetting("team.default_member_limit", 8), NewSetting("team.default_mcp_server_limit", 20),
            NewSetting("team.default_non_http_mcp_limit", 4), NewSetting("team.github_mcp_limit", 2), NewSetting("team.allow_remote_mcp", true),
            NewSetting("team.allow_github_mcp", false), NewSetting("team.allow_private_github_repos", false),
        ])
        let team = try await store.teams.createTeam(.fixture(owner: owner.id))

        #expect(
            team.limits
                == TeamLimits(
                    mcpServers: 20, nonHttp: 4, github: 2, members: 8, allowsRemoteServers: true, allowsGitHubServers: false,
                    allowsPrivateRepositories: false))
        #expect(try await !store.teams.canCreateTeam(owner.id))
        await expectError(.limitExceeded(.teamsPerUser, maximum: 1, current: 1)) { try await store.teams.createTeam(.fixture(owner: owner.id)) }
    }

    @Test(arguments: Backend.all)
    func aDefinedSettingTakesValuesOfItsTypeOnly(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let number = DataError.validation("value", "it must be a whole number, 0 to 2147483647")

        for value: SettingValue in ["three", true, -1, .number(try JSONNumber(parsing: "1.5")), .number(JSONNumber(Int64.max)), .secret("3")] {
            await expectError(number) { try await store.settings.set("team.creation_limit", to: value) }
        }
        await expectError(.validation("value", "it must be true or false")) { try await store.settings.set("team.allow_remote_mcp", to: 1) }

        #expect(try await store.settings.get(.teamCreationLimit).integer == 3)
        #expect(try await store.settings.set("team.creation_limit", to: .number(try JSONNumber(parsing: "4.0"))).value?.integer == 4)
    }

    @Test(arguments: Backend.all)
    func fieldsThatAreNotAcceptableAreRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for key in ["", "a b", "caf\u{e9}", "a\0b", "a/b", String(repeating: "x", count: 256)] {
            await expectInvalid("key") { try await store.settings.set(key, to: "x") }
        }
        await expectInvalid("value") { try await store.settings.set("x", to: "a\0b") }
        await expectInvalid("value") { try await store.settings.set("x", to: .string(String(repeating: "x", count: 65_537))) }
        await expectInvalid("name") { try await store.settings.set(NewSetting("x", "x", name: " ")) }
        await expectInvalid("description") {
            try await store.settings.set(NewSetting("x", "x", description: String(repeating: "x", count: 1_001)))
        }
        for group: SettingGroupID in ["nothing", "a\0b"] {
            await expectError(.referenceMissing(.settingGroup, constraint: "globalSettings_group_id_fkey")) {
                try await store.settings.set(NewSetting("x", "x", groupID: group))
            }
        }

        #expect(try await store.settings.get("x") == nil)
        #expect(try await store.settings.set(String(repeating: "x", count: 255), to: "x").value == "x")
    }
}
