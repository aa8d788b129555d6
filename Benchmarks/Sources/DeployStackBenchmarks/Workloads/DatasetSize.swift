/// How much there is to draw from.
struct DatasetSize: Sendable, Codable {
    var teams: Int
    var servers: Int
    /// Twenty for each team.
    var installations: Int { teams * InstallationViews.rows }

    static let full = DatasetSize(teams: 10_000, servers: 20_000)
    static let smoke = DatasetSize(teams: 200, servers: 400)
    /// What the in-memory store gets: its rows come through the public interface, one by one.
    static let inMemory = DatasetSize(teams: 1_000, servers: 500)
    static let inMemorySmoke = DatasetSize(teams: 50, servers: 50)

    var description: String { "\(teams) teams, \(servers) servers, \(installations) installations" }
}
