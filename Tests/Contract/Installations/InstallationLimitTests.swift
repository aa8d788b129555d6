import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstallationLimitTests {
    @Test(arguments: Backend.all)
    func aTeamInstallsAsManyServersAsItMay(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 2, nonHttp: 0, github: 0))
        let server = try await scene.addServer()
        for _ in 1...2 { try await scene.install(server) }

        await expectError(.limitExceeded(.mcpServers, maximum: 2, current: 2)) { try await scene.install(server) }

        #expect(try await scene.store.installations.installationViews(team: scene.team.id).count == 2)
    }

    @Test(arguments: Backend.all)
    func processesHaveALimitOfTheirOwn(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 5, nonHttp: 1, github: 1))
        let process = try await scene.addServer(.fixture(transport: .stdio))
        try await scene.install(process)

        await expectError(.limitExceeded(.nonHttp, maximum: 1, current: 1)) { try await scene.install(process) }

        try await scene.install(try await scene.addServer(.fixture(transport: .sse)))
    }

    @Test(arguments: Backend.all)
    func serversFromGitHubHaveALimitOfTheirOwnAndCountNotAsProcesses(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 5, nonHttp: 1, github: 1))
        let deployed = try await scene.addServer(.fixture(transport: .stdio, source: .github))
        try await scene.install(deployed)

        await expectError(.limitExceeded(.github, maximum: 1, current: 1)) { try await scene.install(deployed) }

        try await scene.install(try await scene.addServer(.fixture(transport: .stdio)))
    }

    @Test(arguments: Backend.all)
    func aTeamThatMayNotDeployFromGitHubIsToldSoBeforeItsLimit(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(
            on: backend, limits: TeamLimits(mcpServers: 5, nonHttp: 1, github: 0, allowsGitHubServers: false))
        let deployed = try await scene.addServer(.fixture(transport: .stdio, source: .github))

        await expectError(.ruleViolation(.gitHubServersNotAllowed, "the team may not deploy servers from GitHub")) {
            try await scene.install(deployed)
        }
    }

    @Test(arguments: Backend.all)
    func theLimitOfAllServersIsCheckedFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(
            on: backend, limits: TeamLimits(mcpServers: 0, nonHttp: 0, github: 0, allowsGitHubServers: false))

        for new in [NewServer.fixture(transport: .stdio), .fixture(transport: .stdio, source: .github), .fixture()] {
            let server = try await scene.addServer(new)
            await expectError(.limitExceeded(.mcpServers, maximum: 0, current: 0)) { try await scene.install(server) }
        }
    }

    @Test(arguments: Backend.all)
    func limitsAreCheckedBeforeRequiredValuesAndNames(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 1, nonHttp: 0, github: 0))
        let server = try await scene.addServer(
            .fixture(configuration: McpConfigurationSchemas(team: .init(env: [["name": "KEY", "required": true]]))))
        try await scene.install(server, name: "taken")

        await expectError(.limitExceeded(.mcpServers, maximum: 1, current: 1)) {
            try await scene.store.installations.createInstallation(
                team: scene.team.id, user: scene.owner.id,
                .fixture(serverID: server.id, name: "taken", configuration: TeamConfiguration(env: [:])))
        }
    }

    @Test(arguments: Backend.all)
    func deletingAnInstallationMakesRoom(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 1, nonHttp: 0, github: 0))
        let server = try await scene.addServer()
        let first = try await scene.install(server, name: "name")

        #expect(try await scene.store.installations.deleteInstallation(first.id))

        #expect(try await scene.install(server, name: "name").id != first.id)
    }

    @Test(arguments: Backend.all)
    func usageCountsByKindBesideTheLimits(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let kinds = [
            NewServer.fixture(transport: .stdio), .fixture(transport: .stdio), .fixture(transport: .http), .fixture(transport: .sse),
            .fixture(transport: .stdio, source: .github), .fixture(transport: .http, source: .github),
        ]
        for new in kinds { try await scene.install(try await scene.addServer(new)) }

        let usage = try await scene.store.installations.usage(team: scene.team.id)

        #expect(usage == TeamUsage(total: 6, nonHttp: 2, http: 3, github: 2, limits: TeamScene.wide))
    }

    @Test(arguments: Backend.all)
    func anEmptyTeamUsesNothingAndAnUnknownOneHasNoUsage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(
            try await scene.store.installations.usage(team: scene.team.id)
                == TeamUsage(total: 0, nonHttp: 0, http: 0, github: 0, limits: TeamScene.wide))
        #expect(try await scene.store.installations.usage(team: "nothing") == nil)
    }
}
