import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TeamLimitsTests {
    @Test(arguments: Backend.all)
    func whatIsGivenChangesAndTheRestStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 9, nonHttp: 2, github: 3, members: 4))
        scene.clock.advance(by: .seconds(1))

        let team = try await scene.store.teams.updateLimits(
            scene.team.id, TeamLimitsPatch(nonHttp: 6, members: 8, allowsRemoteServers: true, allowsGitHubServers: false))

        var expected = scene.team
        expected.limits = TeamLimits(
            mcpServers: 9, nonHttp: 6, github: 3, members: 8, allowsRemoteServers: true, allowsGitHubServers: false, allowsPrivateRepositories: true)
        expected.updatedAt = scene.clock.now()
        #expect(team == expected)
        #expect(try await scene.store.teams.team(scene.team.id) == expected)
    }

    @Test(arguments: Backend.all)
    func everyLimitCanBeChanged(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let team = try await scene.store.teams.updateLimits(
            scene.team.id,
            TeamLimitsPatch(
                mcpServers: 3, nonHttp: 1, github: 2, members: 1, allowsRemoteServers: true, allowsGitHubServers: false,
                allowsPrivateRepositories: false))

        #expect(
            team?.limits
                == TeamLimits(
                    mcpServers: 3, nonHttp: 1, github: 2, members: 1, allowsRemoteServers: true, allowsGitHubServers: false,
                    allowsPrivateRepositories: false))
    }

    @Test(arguments: Backend.all)
    func limitsOutOfRangeAreRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let patches: [(String, TeamLimitsPatch)] = [
            ("limits.mcpServers", TeamLimitsPatch(mcpServers: -1)), ("limits.nonHttp", TeamLimitsPatch(nonHttp: -1)),
            ("limits.github", TeamLimitsPatch(github: -1)), ("limits.members", TeamLimitsPatch(members: 0)),
            ("limits.mcpServers", TeamLimitsPatch(mcpServers: Int(Int32.max) + 1)),
        ]

        for (field, patch) in patches {
            await expectInvalid(field) { _ = try await scene.store.teams.updateLimits(scene.team.id, patch) }
        }

        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func theLimitsThatResultMustBeConsistent(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 5, nonHttp: 2, github: 3))

        for patch in [TeamLimitsPatch(mcpServers: 4), TeamLimitsPatch(nonHttp: 3), TeamLimitsPatch(github: 4)] {
            await expectError(.validation("limits.mcpServers", "it must be at least limits.nonHttp and limits.github together")) {
                _ = try await scene.store.teams.updateLimits(scene.team.id, patch)
            }
        }

        #expect(try await scene.store.teams.updateLimits(scene.team.id, TeamLimitsPatch(mcpServers: 4, github: 2)) != nil)
    }

    @Test(arguments: Backend.all)
    func limitsBelowWhatATeamHasOnlyRefuseWhatIsNew(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        _ = try await scene.addMember()
        for _ in 1...2 { try await scene.install(server) }

        #expect(
            try await scene.store.teams.updateLimits(scene.team.id, TeamLimitsPatch(mcpServers: 1, nonHttp: 0, github: 0, members: 1)) != nil)

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 2)
        #expect(try await scene.store.teams.memberCount(of: scene.team.id) == 2)
        await expectError(.limitExceeded(.mcpServers, maximum: 1, current: 2)) { try await scene.install(server) }
        await expectError(.limitExceeded(.members, maximum: 1, current: 2)) {
            try await scene.store.teams.addMember(scene.administrator.id, to: scene.team.id)
        }
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamHasNoLimits(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.updateLimits("nothing", TeamLimitsPatch(members: 0)) == nil)
        #expect(try await scene.store.teams.updateLimits("a\0b", TeamLimitsPatch()) == nil)
    }

    /// Settings that fit one by one may not fit together.
    @Test(arguments: Backend.all)
    func limitsOfTheSettingsThatNoTeamCanHaveAreSaidToBeTheSettings(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store
        try await store.settings.set("team.default_mcp_server_limit", to: 1)

        await expectError(
            DataError(
                .configuration, entity: .setting, field: "team.default_mcp_server_limit",
                reason: "it must be at least team.default_non_http_mcp_limit and team.github_mcp_limit together")
        ) {
            _ = try await store.teams.createTeam(.fixture(owner: scene.owner.id))
        }
        #expect(try await store.teams.createTeam(.fixture(owner: scene.owner.id, limits: TeamLimits())).limits == TeamLimits())
        await #expect(throws: DataError.self) { try await store.settings.set("team.default_member_limit", to: 0) }
    }
}
