import DeployStackData
import DeployStackModels

/// A transaction over two repositories that fails at its end, and what is left of it.
struct TransactionAnswers: Codable, Equatable {
    var teamsBefore: Int
    /// What its second call saw of the first.
    var teamsInside: Int
    var failure: Refusal?
    var teamsAfter: Int
    var unreadAfter: Int

    init(asking stage: DemoStage, people: PeopleAnswers) async throws {
        let grace = people.grace.id
        var inside = 0
        teamsBefore = try await stage.ask { try await $0.teams.teams(of: grace) }.count
        failure = try await stage.refusal { store in
            try await store.transaction { store in
                let team = try await store.teams.createTeam(NewTeam(name: "Short-lived", owner: grace))
                try await store.notifications.notifyTeam(team.id, title: "Welcome", message: "Your team is ready.")
                inside = try await store.teams.teams(of: grace).count
                _ = try await store.teams.addMember("no-such-user", to: team.id)
            }
        }
        teamsInside = inside
        teamsAfter = try await stage.ask { try await $0.teams.teams(of: grace) }.count
        unreadAfter = try await stage.ask { try await $0.notifications.unreadCount(user: grace) }
    }
}
