import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstallingTests {
    @Test(arguments: Backend.all)
    func anInstallationIsStoredAsGiven(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let configuration = TeamConfiguration(
            args: [["name": "--level", "value": "debug"]], env: ["REGION": "eu", "N": 1.0], headers: [:], queryParams: ["q": .null])

        let detail = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id,
            NewInstallation(serverID: server.id, name: " My tool ", type: .team, configuration: configuration))

        let installation = detail.installation
        #expect(installation.name == "My tool")
        #expect(installation.teamID == scene.team.id)
        #expect(installation.serverID == server.id)
        #expect(installation.createdBy == scene.owner.id)
        #expect(installation.type == .team)
        #expect(installation.configuration == configuration)
        #expect(installation.settings == [:])
        #expect(installation.satelliteID == nil && installation.lastUsedAt == nil)
        #expect(installation.createdAt == scene.clock.now() && installation.updatedAt == scene.clock.now())
        #expect(detail.server == server)
        #expect(detail.teamSlug == scene.team.slug)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).map(\.installation) == [installation])
    }

    @Test(arguments: Backend.all)
    func everyMemberGetsAnInstanceInOrderOfTheUsers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let members = [try await scene.addMember(), try await scene.addMember(role: .administrator)]
        let server = try await scene.addServer()

        let detail = try await scene.install(server)

        #expect(detail.instances.map(\.userID) == ([scene.owner.id] + members.map(\.id)).sorted())
        #expect(detail.instances.allSatisfy { $0.installationID == detail.id && $0.status == .provisioning })
        #expect(detail.instances.allSatisfy { $0.statusUpdatedAt == scene.clock.now() })
        #expect(detail.instances.allSatisfy { $0.id.rawValue.hasPrefix("inst_") })
        #expect(Set(detail.instances.map(\.path)).count == 3)
        #expect(detail.instances.allSatisfy { $0.path?.split(separator: "-").count == 3 })
    }

    @Test(arguments: Backend.all)
    func nobodyGetsAnInstanceWhenNobodyShall(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        let detail = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))

        #expect(detail.instances.isEmpty)
    }

    /// A schema of personal headers, and what a new instance of its server does.
    static let personalSchemas: [(schema: JSONValue, status: McpInstanceStatus)] = [
        ([["name": "KEY", "required": true]], .awaitingUserConfiguration),
        ([["name": "KEY", "required": true, "default": "x"]], .provisioning),
        ([["name": "KEY", "required": true, "default": .null]], .awaitingUserConfiguration),
        ([["name": "KEY", "required": false]], .provisioning),
        ([["name": "KEY"]], .provisioning),
        ([["required": true]], .provisioning),
    ]

    @Test(arguments: Backend.all)
    func anInstanceWaitsForARequiredPersonalValue(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for (schema, status) in Self.personalSchemas {
            let server = try await scene.addServer(.fixture(configuration: McpConfigurationSchemas(user: .init(headers: schema))))

            #expect(try await scene.install(server).instances.map(\.status) == [status], "\(schema)")
        }
    }

    @Test(arguments: Backend.all)
    func anUnknownServerTeamOrUserIsNotFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let service = scene.store.installations

        await expectError(.notFound(.server)) {
            try await service.createInstallation(team: scene.team.id, user: scene.owner.id, .fixture(serverID: "nothing"))
        }
        await expectError(.notFound(.team)) {
            try await service.createInstallation(team: "nothing", user: scene.owner.id, .fixture(serverID: server.id))
        }
        await expectError(.notFound(.user)) {
            try await service.createInstallation(team: scene.team.id, user: "nobody", .fixture(serverID: server.id))
        }

        #expect(try await service.usage(team: scene.team.id)?.total == 0)
    }

    @Test(arguments: Backend.all)
    func anotherTeamsServerIsNotFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let theirs = try await scene.addServer(.fixture(status: .disabled, ownerTeam: other.id))
        let ours = try await scene.addServer(.fixture(ownerTeam: scene.team.id))

        await expectError(.notFound(.server)) { try await scene.install(theirs) }

        #expect(try await scene.install(ours).server == ours)
    }

    @Test(arguments: Backend.all)
    func aDisabledServerIsNotInstalled(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let disabled = try await scene.addServer(.fixture(status: .disabled))
        let deprecated = try await scene.addServer(.fixture(status: .deprecated))

        await expectError(.ruleViolation(.serverDisabled, "a disabled server cannot be installed")) { try await scene.install(disabled) }

        #expect(try await scene.install(deprecated).server.id == deprecated.id)
    }

    @Test(arguments: Backend.all)
    func aNameIsTakenOncePerTeamByBytes(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let server = try await scene.addServer()
        try await scene.install(server, name: "caf\u{e9}")

        await expectError(.alreadyExists(.installation, "name", constraint: "mcpTeamInstallations_team_id_installation_name_key")) {
            try await scene.install(server, name: " caf\u{e9} ")
        }

        try await scene.install(server, name: "cafe\u{301}")
        try await scene.store.installations.createInstallation(
            team: other.id, user: scene.owner.id, .fixture(serverID: server.id, name: "caf\u{e9}"))
        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 2)
    }

    @Test(arguments: Backend.all)
    func anUnknownSatelliteIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        await expectError(.referenceMissing(.satellite, constraint: "mcpTeamInstallations_satellite_id_fkey")) {
            try await scene.store.installations.createInstallation(
                team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, satelliteID: "nothing"))
        }

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
    }
}
