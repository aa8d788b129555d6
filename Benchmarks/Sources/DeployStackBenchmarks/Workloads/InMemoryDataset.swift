import DeployStackData
import DeployStackModels

/// Fills an in-memory store through the public interface.
struct InMemoryDataset: Sendable {
    let size: DatasetSize
    /// Whether fifty servers each share a tag and a word that no others have.
    var hasRareTerms = false

    /// Makes the rows and returns what can be drawn from them.
    func load(into store: DataStore) async throws -> Drawing {
        var servers: [McpServerID] = []
        for number in 0..<size.servers {
            func word(_ purpose: Int) -> String { Vocabulary.words[(number * (purpose * 2 + 7) + purpose * 11) % Vocabulary.words.count] }
            let rare = hasRareTerms ? [DatasetScript.rareTerm(ofServer: number)] : []
            let tags = (0..<(3 + number % 4)).map { Vocabulary.tag(UInt64(number + 7 * $0)) } + rare
            let server = NewServer(
                name: "The \(word(0)) \(word(1)) \(number)",
                description:
                    "Lets an agent read the \(word(2)) and change each \(word(3)) of a \(word(4)). It gives back one \(word(5)) after the other."
                    + rare.map { " It belongs to \($0)." }.joined(),
                repositoryURL: "https://github.com/example/server-\(number)", language: "TypeScript", runtime: "node", transport: .http, tags: tags,
                metadata: ["publisher": "example.org", "rank": .init(.number(JSONNumber(number)))])
            servers.append(try await store.catalog.create(server, by: .system).id)
        }
        var drawing = Drawing(teams: [], users: [], size: size)
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
            drawing.teams.append(team.id)
            drawing.users.append(user.id)
        }
        return drawing
    }
}
