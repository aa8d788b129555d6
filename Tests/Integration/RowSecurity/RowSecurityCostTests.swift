import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What row security costs: the busiest calls with and without it, in turns, on the data of the plan tests.
///
/// It prints one line and judges no time: `swift test --filter RowSecurityCostTests`.
@Suite(.database)
struct RowSecurityCostTests {
    private struct Measured {
        let name: String
        let call: @Sendable (DataStore) async throws -> String
    }

    private static let rounds = 60

    @Test(.requiresServer) func whatRowSecurityCosts() async throws {
        let store = try await Backend.postgres.makeStore()
        let database = try await TestDatabase.lent()
        for statement in MediumData.statements { try await database.run(statement) }
        let tenants = try await Backend.postgres.makeTenantStore(on: store)
        let scoped = try tenants.scoped(to: "team-17", user: "user-18")
        let token = try await store.tokens.issueAccessToken(NewAccessToken(user: "user-18", team: "team-17", clientID: "client")).token.reveal()

        var line: [String] = []
        for measured in Self.calls(token) {
            var (free, bound): ([Duration], [Duration]) = ([], [])
            for round in 0..<Self.rounds {
                let (first, one) = try await Self.time(measured, store)
                let (second, two) = try await Self.time(measured, scoped)
                #expect(one == two, "\(measured.name)")
                if round >= 10 {
                    free.append(first)
                    bound.append(second)
                }
            }
            line.append("\(measured.name) \(Self.median(free)) → \(Self.median(bound))")
        }
        print("Row security, median time of a call without → with: \(line.joined(separator: "; "))")
    }

    private static func calls(_ token: String) -> [Measured] {
        [
            Measured(name: "verify a token") { "\(try await $0.tokens.verify(token)?.token.id.rawValue ?? "")" },
            Measured(name: "unread count") { "\(try await $0.notifications.unreadCount(user: "user-18"))" },
            Measured(name: "inbox") { "\(try await $0.notifications.list(user: "user-18").items.map(\.id))" },
            Measured(name: "installations of a team") { "\(try await $0.installations.installationViews(team: "team-17").map(\.installation.id))" },
            Measured(name: "members of a team") { "\(try await $0.teams.members(of: "team-17").map(\.id))" },
            Measured(name: "rename a team") { "\(try await $0.teams.updateTeamName("team-17", "Team 17"))" },
            Measured(name: "list the catalog") { "\(try await $0.catalog.list(viewer: .member(of: ["team-17"])).items.map(\.id))" },
            Measured(name: "servers with two tags") {
                "\(try await $0.catalog.servers(withAllTags: ["tag-7", "tag-11"], viewer: .member(of: ["team-17"]), page: .first).map(\.id))"
            },
            Measured(name: "search") {
                "\(try await $0.catalog.search("quarterly report", viewer: .member(of: ["team-17"])).items.map(\.server.id))"
            },
        ]
    }

    private static func time(_ measured: Measured, _ store: DataStore) async throws -> (Duration, String) {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await measured.call(store)
        return (start.duration(to: clock.now), answer)
    }

    private static func median(_ durations: [Duration]) -> String {
        let middle = durations.sorted()[durations.count / 2]
        let microseconds = middle / .microseconds(1)
        return microseconds >= 1_000 ? "\((microseconds / 100).rounded() / 10) ms" : "\(Int(microseconds.rounded())) µs"
    }
}
