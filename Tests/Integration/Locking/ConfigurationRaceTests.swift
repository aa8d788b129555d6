import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What becomes of an instance that is made while its user saves what it waits for, with the order of events under control.
@Suite(.requiresServer, .database)
struct ConfigurationRaceTests {
    private struct Scene {
        let store: DataStore
        let owner: UserID
        let team: TeamID
        let installation: McpInstallationID

        /// An installation without instances that each member must give a region.
        static func make() async throws -> Scene {
            let store = try await Backend.postgres.makeStore()
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
            let team = try await store.teams.createTeam(.fixture(owner: owner)).id
            let schema = McpConfigurationSchemas(user: .init(headers: [["name": "X-Region", "required": true]]))
            let server = try await store.catalog.create(.fixture(configuration: schema), by: .system)
            let installation = try await store.installations.createInstallation(
                team: team, user: owner, .fixture(serverID: server.id, provisioning: .none))
            return Scene(store: store, owner: owner, team: team, installation: installation.id)
        }

        func save(in store: DataStore) async throws {
            try await store.userConfigurations.save(
                installation, user: owner, team: team, UserConfigurationValues(headers: ["X-Region": "eu"]))
        }

        func statuses() async throws -> [McpInstanceStatus] {
            try await store.instances.statuses(installation: installation, team: team).map(\.instance.status)
        }
    }

    @Test func anInstanceThatIsMadeDuringASavingBeginsWithIt() async throws {
        let scene = try await Scene.make()

        let made = try await OpenTransaction.race(
            on: scene.store, first: { try await scene.save(in: $0) },
            second: { try await $0.instances.provision(scene.installation, users: [scene.owner]) })

        #expect(try made.get().map(\.instance.status) == [.provisioning])
        #expect(try await scene.statuses() == [.provisioning])
    }

    @Test func aSavingDuringTheMakingOfAnInstanceSetsItGoing() async throws {
        let scene = try await Scene.make()

        let saved = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.instances.provision(scene.installation, users: [scene.owner]) },
            second: { try await scene.save(in: $0) })

        try saved.get()
        #expect(try await scene.statuses() == [.provisioning])
    }
}
