/// How much there is to draw from.
struct DatasetSize: Sendable, Codable {
    var teams: Int
    var servers: Int
    /// The notifications of one user.
    var notifications: Int
    /// How many of the teams have installations.
    var installingTeams: Int

    init(teams: Int, servers: Int, notifications: Int, installingTeams: Int? = nil) {
        self.teams = teams
        self.servers = servers
        self.notifications = notifications
        self.installingTeams = installingTeams ?? teams
    }

    /// Twenty for each team that has any.
    var installations: Int { installingTeams * InstallationViews.rows }

    static let full = DatasetSize(teams: 10_000, servers: 20_000, notifications: 1_000_000)
    static let smoke = DatasetSize(teams: 200, servers: 400, notifications: 2_000)
    /// What the in-memory store gets: its rows come through the public interface, one by one.
    static let inMemory = DatasetSize(teams: 1_000, servers: 2_000, notifications: 0)
    static let inMemorySmoke = DatasetSize(teams: 50, servers: 200, notifications: 0)

    var description: String { "\(teams) teams, \(servers) servers, \(installations) installations" }
}
