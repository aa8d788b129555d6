import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A team with a member and an installation that its members must configure.
struct ConfiguredScene {
    let scene: TeamScene
    let member: UserID
    let installation: McpInstallationID

    var store: DataStore { scene.store }
    var team: TeamID { scene.team.id }
    var clock: ManualTimeSource { scene.clock }

    /// Each user must give a key and a region, and may give an argument, of which one has a default.
    static let schema = McpConfigurationSchemas(
        user: .init(
            args: [["name": "level"], ["name": "depth", "required": true, "default": 3]],
            env: [["name": "KEY", "type": "secret", "required": true]], headers: [["name": "X-Region", "required": true]]))

    /// Values with which nothing is missing.
    static let complete = UserConfigurationValues(env: ["KEY": "s3cret"], headers: ["X-Region": "eu"])

    static func make(on backend: Backend) async throws -> ConfiguredScene {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let member = try await scene.addMember().id
        let server = try await scene.addServer(.fixture(configuration: schema))
        return ConfiguredScene(scene: scene, member: member, installation: try await scene.install(server).id)
    }

    /// What the member's instance is doing.
    func instance() async throws -> McpServerInstance? {
        try await store.instances.statuses(installation: installation, team: team).first { $0.instance.userID == member }?.instance
    }

    /// Saves the member's values.
    @discardableResult
    func save(_ values: UserConfigurationValues) async throws -> McpUserConfiguration {
        try await store.userConfigurations.save(installation, user: member, team: team, values)
    }
}
