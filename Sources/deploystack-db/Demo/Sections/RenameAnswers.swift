import DeployStackData
import DeployStackModels

/// Renaming a team, one that does not exist, and one that must not be renamed.
struct RenameAnswers: Codable, Equatable {
    static let newName = "Acme Robotics & Søns"

    var before: Team
    var renamed: Bool
    var after: Team?
    var renamedUnknown: Bool
    var defaultTeam: Refusal?

    init(asking stage: DemoStage, people: PeopleAnswers) async throws {
        before = people.team
        renamed = try await stage.ask { try await $0.teams.updateTeamName(people.team.id, Self.newName) }
        after = try await stage.ask { try await $0.teams.team(slug: people.team.slug) }
        renamedUnknown = try await stage.ask { try await $0.teams.updateTeamName("no-such-team", Self.newName) }
        let own = try await stage.ask { try await $0.teams.defaultTeam(of: people.ada.id) }
        defaultTeam = try await stage.refusal { store in
            if let own { _ = try await store.teams.updateTeamName(own.id, Self.newName) }
        }
    }
}
