import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ResolvedConfigurationTests {
    private static let schema = McpConfigurationSchemas(
        template: .init(
            args: [["value": "-y"], ["name": "--mode", "value": "fast", "locked": true], "plain", ["name": "none"]],
            env: [["name": "FIXED", "value": "f", "locked": true], ["name": "OPEN", "value": "template"], ["value": "nameless"]],
            headers: [["name": "X-Template", "value": 1]]),
        team: .init(
            args: [["name": "--token", "type": "secret"], ["name": "--retries", "default": 2]],
            env: [["name": "KEY", "type": "secret"], ["name": "BOTH", "default": "team"], ["name": "ONLY", "default": "team"]]),
        user: .init(
            args: [["name": "second"], ["name": "first"]],
            env: [["name": "MINE", "type": "secret", "required": true], ["name": "BOTH", "default": "user"]],
            queryParams: [["name": "q", "required": true], ["name": "limit", "required": true, "default": 10]]))

    private static let team = TeamConfiguration(
        args: [["name": "--token", "value": "t0ken"], ["name": "--mode", "value": "slow"], ["name": "empty"], 7],
        env: ["KEY": "k3y", "OPEN": "team", "FIXED": "team", "TEAM": "team", "NONE": .null], headers: ["X-Team": "t", "X-Both": "team"])

    private static func scene(on backend: Backend) async throws -> (scene: TeamScene, id: McpInstallationID) {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let server = try await scene.addServer(.fixture(configuration: schema))
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: team))
        return (scene, made.id)
    }

    @Test(arguments: Backend.all)
    func theTiersFollowEachOtherAndLaterOnesWin(_ backend: Backend) async throws {
        let (scene, id) = try await Self.scene(on: backend)
        try await scene.store.userConfigurations.save(
            id, user: scene.owner.id, team: scene.team.id,
            UserConfigurationValues(
                args: ["zzz": "z", "first": 1, "second": 2, "--mode": "mine"],
                env: ["MINE": "m1ne", "OPEN": "user", "FIXED": "user", "KEY": .null], headers: ["X-Both": "user"], queryParams: ["q": "x"]))

        let resolved = try await scene.store.installations.resolvedConfiguration(id, user: scene.owner.id, reveal: .decrypted)

        #expect(
            resolved?.args == [
                .init(name: nil, value: "-y", tier: .template), .init(name: "--mode", value: "fast", tier: .template),
                .init(name: nil, value: "plain", tier: .template), .init(name: "--token", value: "t0ken", tier: .team),
                .init(name: nil, value: 7, tier: .team), .init(name: "--retries", value: 2, tier: .team),
                .init(name: "second", value: 2, tier: .user), .init(name: "first", value: 1, tier: .user),
                .init(name: "zzz", value: "z", tier: .user),
            ])
        #expect(
            resolved?.env == [
                "FIXED": "f", "OPEN": "user", "KEY": "k3y", "TEAM": "team", "MINE": "m1ne", "BOTH": "user", "ONLY": "team",
            ])
        #expect(resolved?.headers == ["X-Template": 1, "X-Team": "t", "X-Both": "user"])
        #expect(resolved?.queryParams == ["q": "x", "limit": 10])
        #expect(resolved?.missingRequired == [] && resolved?.isComplete == true)
    }

    @Test(arguments: Backend.all)
    func secretsAreMaskedUnlessTheyAreAskedFor(_ backend: Backend) async throws {
        let (scene, id) = try await Self.scene(on: backend)
        try await scene.store.userConfigurations.save(
            id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["MINE": "m1ne"]))

        let resolved = try #require(try await scene.store.installations.resolvedConfiguration(id, user: scene.owner.id))

        #expect(resolved.env["KEY"] == "*****" && resolved.env["MINE"] == "*****" && resolved.env["OPEN"] == "team")
        #expect(resolved.args.first { $0.name == "--token" }?.value == "*****")
    }

    @Test(arguments: Backend.all)
    func whatTheUserHasYetToGiveIsNamed(_ backend: Backend) async throws {
        let (scene, id) = try await Self.scene(on: backend)
        let service = scene.store.installations

        let before = try #require(try await service.resolvedConfiguration(id, user: scene.owner.id))
        #expect(before.missingRequired == [.init(kind: .env, name: "MINE"), .init(kind: .queryParams, name: "q")])
        #expect(!before.isComplete && before.env["BOTH"] == "user" && before.env["MINE"] == nil)

        try await scene.store.userConfigurations.save(
            id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["MINE": "m"]))
        #expect(
            try await service.resolvedConfiguration(id, user: scene.owner.id)?.missingRequired == [.init(kind: .queryParams, name: "q")])
    }

    @Test(arguments: Backend.all)
    func aBlankValueThatHasBecomeRequiredIsMissing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let id = try await scene.install(server).id
        try await scene.store.userConfigurations.save(
            id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["A": " ", "B": .null, "C": "c"]))
        let schema: JSONValue = [["name": "A", "required": true], ["name": "B", "required": true], ["name": "C", "required": true]]

        try await scene.store.catalog.update(
            server.id, ServerPatch(configuration: McpConfigurationSchemas(user: .init(env: schema))), by: .system)

        let resolved = try await scene.store.installations.resolvedConfiguration(id, user: scene.owner.id)
        #expect(resolved?.missingRequired == [.init(kind: .env, name: "A"), .init(kind: .env, name: "B")])
    }

    @Test(arguments: Backend.all)
    func onlyMembersHaveOne(_ backend: Backend) async throws {
        let (scene, id) = try await Self.scene(on: backend)
        let member = try await scene.addMember().id
        let service = scene.store.installations

        #expect(try await service.resolvedConfiguration(id, user: member) != nil)
        for (id, user) in [
            (id, scene.administrator.id), (id, "nobody"), ("nothing", scene.owner.id), ("a\0b", scene.owner.id), (id, ""),
        ] {
            #expect(try await service.resolvedConfiguration(id, user: user) == nil)
        }
    }
}
