import DeployStackData
import DeployStackDataTesting
import DeployStackModels

/// A store with a global administrator, a user and the user's team: what most tests begin with.
struct TeamScene {
    /// The store.
    let store: DataStore
    /// The clock of the store.
    let clock: ManualTimeSource
    /// The global administrator, who is there so that everybody else can be deleted.
    let administrator: User
    /// The team's owner.
    let owner: User
    /// A team that is not a default team.
    let team: Team

    /// Limits that are not in the way.
    static let wide = TeamLimits(mcpServers: 100, nonHttp: 50, github: 50, members: 50)

    /// Opens a store and fills it.
    static func make(
        on backend: Backend, limits: TeamLimits? = TeamScene.wide, encryptionSecret: EncryptionSecret? = nil
    ) async throws -> TeamScene {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock, encryptionSecret: encryptionSecret))
        let administrator = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let team = try await store.teams.createTeam(.fixture(owner: owner.id, limits: limits))
        return TeamScene(store: store, clock: clock, administrator: administrator, owner: owner, team: team)
    }

    /// Adds a user who is a member of the team.
    func addMember(role: TeamRole = .user, username: String? = nil) async throws -> User {
        let user = try await store.users.createUser(.fixture(username: username), withDefaultTeam: false)
        try await store.teams.addMember(user.id, to: team.id, role: role)
        return user
    }

    /// Adds a server that everybody sees.
    func addServer(_ server: NewServer = .fixture()) async throws -> McpServer {
        try await store.catalog.create(server, by: .system)
    }

    /// Installs a server for the team.
    @discardableResult
    func install(_ server: McpServer, name: String? = nil) async throws -> McpInstallationDetail {
        try await store.installations.createInstallation(team: team.id, user: owner.id, .fixture(serverID: server.id, name: name))
    }
}
