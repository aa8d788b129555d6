import DeployStackData
import DeployStackModels

/// Fills an in-memory store through the public interface.
struct InMemoryDataset: Sendable {
    let size: DatasetSize

    /// Makes the rows and returns the teams' identifiers.
    func load(into store: DataStore) async throws -> [TeamID] {
        var servers: [McpServerID] = []
        for number in 0..<size.servers {
            let server = NewServer(
                name: "Server \(number)", description: "Lets an agent read the documents of a team and change each entry of a calendar.",
                repositoryURL: "https://github.com/example/server-\(number)", language: "TypeScript", runtime: "node", transport: .http,
                tags: ["tag-\(number % 60)", "tag-\((number + 7) % 60)", "tag-\((number + 14) % 60)"],
                metadata: ["publisher": "example.org", "rank": .init(.number(JSONNumber(number)))])
            servers.append(try await store.catalog.create(server, by: .system).id)
        }
        var teams: [TeamID] = []
        for number in 0..<size.teams {
            let user = try await store.users.createUser(
                NewUser(username: "user\(number)", email: "user\(number)@example.org"), withDefaultTeam: false)
            let limits = TeamLimits(mcpServers: InstallationViews.rows + 1, nonHttp: 1, github: 1)
            let team = try await store.teams.createTeam(NewTeam(name: "Team \(number)", owner: user.id, limits: limits))
            for index in 0..<InstallationViews.rows {
                let server = servers[(number * InstallationViews.rows + index) % servers.count]
                try await store.installations.createInstallation(
                    team: team.id, user: user.id, NewInstallation(serverID: server, name: "Installation \(index)", provisioning: .none))
            }
            teams.append(team.id)
        }
        return teams
    }
}
