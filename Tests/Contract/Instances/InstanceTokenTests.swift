import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstanceTokenTests {
    private static func provision(_ scene: TeamScene) async throws -> ProvisionedInstance {
        let server = try await scene.addServer()
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))
        return try #require(try await scene.store.instances.provision(installation.id, users: [scene.owner.id]).first)
    }

    @Test(arguments: Backend.all)
    func onlyItsOwnTokenOpensAnInstance(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (mine, other) = (try await Self.provision(scene), try await Self.provision(scene))
        let path = try #require(mine.instance.path)
        let instances = scene.store.instances

        #expect(try await instances.instance(path: path, token: mine.token.reveal()) == mine.instance)
        #expect(try await instances.instance(path: path, token: other.token.reveal()) == nil)
        for token in [
            "", "ds_inst_", mine.token.reveal().uppercased(), mine.token.reveal() + "0", "\0", "ds_inst_" + String(repeating: "é", count: 32),
        ] {
            #expect(try await instances.instance(path: path, token: token) == nil, "\(token)")
        }
        for unknown in ["", "a\0b", "bold-penguin-42a3", path.uppercased(), path + " "] {
            #expect(try await instances.instance(path: unknown, token: mine.token.reveal()) == nil, "\(unknown)")
        }
    }

    @Test(arguments: Backend.all)
    func anInstanceThatCameWithTheInstallationHasNoTokenYet(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let path = try #require(detail.instances.first?.path)
        let instances = scene.store.instances

        #expect(try await instances.instance(path: path, token: "ds_inst_" + String(repeating: "0", count: 64)) == nil)
        let token = try #require(try await instances.resetToken(installation: detail.id, user: scene.owner.id))
        #expect(try await instances.instance(path: path, token: token.reveal())?.id == detail.instances[0].id)
    }

    @Test(arguments: Backend.all)
    func aNewTokenTakesThePlaceOfTheOneBefore(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await Self.provision(scene)
        let path = try #require(made.instance.path)
        scene.clock.advance(by: .seconds(1))

        let token = try #require(try await scene.store.instances.resetToken(installation: made.instance.installationID, user: scene.owner.id))

        #expect(try await scene.store.instances.instance(path: path, token: made.token.reveal()) == nil)
        var expected = made.instance
        expected.updatedAt = scene.clock.now()
        #expect(try await scene.store.instances.instance(path: path, token: token.reveal()) == expected)
        #expect(token.reveal().wholeMatch(of: /ds_inst_[0-9a-f]{64}/) != nil)
    }

    @Test(arguments: Backend.all)
    func whoHasNoInstanceGetsNoToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await Self.provision(scene)

        for (installation, user) in [
            (made.instance.installationID, scene.administrator.id), ("nothing", scene.owner.id), ("a\0b", scene.owner.id),
            (made.instance.installationID, ""),
        ] {
            #expect(try await scene.store.instances.resetToken(installation: installation, user: user) == nil)
        }
    }

    @Test(arguments: Backend.all)
    func aTokenIsNotPrinted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await Self.provision(scene)

        #expect(!"\(made) \(String(reflecting: made))".contains(made.token.reveal()))
    }

    @Test(arguments: Backend.all)
    func theLastOfManyNewTokensOpensTheInstance(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await Self.provision(scene)
        let path = try #require(made.instance.path)

        let outcomes = await race(8) { _ in
            try #require(try await scene.store.instances.resetToken(installation: made.instance.installationID, user: scene.owner.id)).reveal()
        }

        var opening = 0
        for token in outcomes.values where try await scene.store.instances.instance(path: path, token: token) != nil { opening += 1 }
        #expect(outcomes.errors.isEmpty && outcomes.values.count == 8)
        #expect(opening == 1)
    }
}
