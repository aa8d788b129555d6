import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ServerVersionTests {
    @Test(arguments: Backend.all)
    func versionsAreListedNewestFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let versions = scene.store.serverVersions

        let first = try await versions.add(NewServerVersion(" 1.0 ", gitCommit: "abc", changelog: "First", isStable: false), to: server.id)
        scene.clock.advance(by: .seconds(1))
        let second = try await versions.add(NewServerVersion("2.0"), to: server.id)

        #expect(
            first
                == McpServerVersion(
                    id: first.id, serverID: server.id, version: "1.0", gitCommit: "abc", changelog: "First", isLatest: true, isStable: false,
                    createdAt: scene.clock.now() - .seconds(1)))
        var before = first
        before.isLatest = false
        #expect(try await versions.list(server.id) == [second, before])
        #expect(second.isLatest && second.isStable)
    }

    @Test(arguments: Backend.all)
    func versionsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        for number in 1...8 { try await scene.store.serverVersions.add(NewServerVersion("\(number)"), to: server.id) }

        let ids = try await scene.store.serverVersions.list(server.id).map(\.id)

        #expect(ids.count == 8 && ids == ids.sorted().reversed())
    }

    @Test(arguments: Backend.all)
    func thereIsAlwaysOneLatestVersion(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let other = try await scene.store.serverVersions.add(NewServerVersion("9"), to: try await scene.addServer().id)
        let versions = scene.store.serverVersions

        let first = try await versions.add(NewServerVersion("1", isLatest: false), to: server.id)
        #expect(first.isLatest, "the first one is the latest in any case")
        let second = try await versions.add(NewServerVersion("2", isLatest: false), to: server.id)
        #expect(!second.isLatest)
        #expect(try await versions.setLatest(second.id, of: server.id)?.isLatest == true)
        #expect(try await versions.list(server.id).filter(\.isLatest).map(\.id) == [second.id])
        #expect(try await versions.setLatest(second.id, of: server.id)?.isLatest == true)

        for id in [other.id, "unknown", "", "\0"] { #expect(try await versions.setLatest(id, of: server.id) == nil) }
        #expect(try await versions.setLatest(second.id, of: "unknown") == nil)
        #expect(try await versions.list(server.id).filter(\.isLatest).map(\.id) == [second.id])
    }

    @Test(arguments: Backend.all)
    func aVersionIsThereOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let versions = scene.store.serverVersions
        try await versions.add(NewServerVersion("1"), to: server.id)
        let latest = try await versions.add(NewServerVersion("2"), to: server.id)

        await expectError(.alreadyExists(.serverVersion, "version", constraint: "mcpServerVersions_server_id_version_key")) {
            try await versions.add(NewServerVersion("1"), to: server.id)
        }

        #expect(try await versions.list(server.id).filter(\.isLatest) == [latest])
        try await versions.add(NewServerVersion("1"), to: try await scene.addServer().id)
    }

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let versions = scene.store.serverVersions

        await expectInvalid("version") { try await versions.add(NewServerVersion(" "), to: server.id) }
        await expectInvalid("gitCommit") { try await versions.add(NewServerVersion("1", gitCommit: ""), to: server.id) }
        await expectInvalid("changelog") { try await versions.add(NewServerVersion("1", changelog: "\0"), to: server.id) }
        for id: McpServerID in ["unknown", "", "\0"] {
            await expectError(.referenceMissing(.server, constraint: "mcpServerVersions_server_id_fkey")) {
                try await versions.add(NewServerVersion("1"), to: id)
            }
            #expect(try await versions.list(id).isEmpty)
        }
    }

    @Test(arguments: Backend.all)
    func versionsGoWithTheirEntry(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        try await scene.store.serverVersions.add(NewServerVersion("1"), to: server.id)

        _ = try await scene.store.catalog.delete(server.id, by: .system)

        #expect(try await scene.store.serverVersions.list(server.id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func ofManyVersionsAtOnceOneIsTheLatest(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let versions = scene.store.serverVersions

        let outcomes = await race(12) { number in
            let added = try await versions.add(NewServerVersion("\(number)"), to: server.id)
            return try await versions.setLatest(added.id, of: server.id)?.version
        }

        #expect(outcomes.errors.isEmpty)
        let stored = try await versions.list(server.id)
        #expect(stored.count == 12 && stored.count(where: \.isLatest) == 1)
    }
}
