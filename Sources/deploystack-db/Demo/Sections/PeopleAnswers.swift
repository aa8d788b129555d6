import DeployStackData
import DeployStackModels

/// Users with their personal teams, two teams of one name, members, and four refusals.
struct PeopleAnswers: Codable, Equatable {
    struct Member: Codable, Equatable {
        var username: String
        var role: TeamRole
        var isOwner: Bool
        var joinedAt: Timestamp
    }

    struct UserTeams: Codable, Equatable {
        var user: User
        var teams: [Team]
    }

    /// Ada, Grace, Linus and Mae; Ada owns the teams.
    var users: [UserTeams]
    var team: Team
    /// A second team of the same name.
    var namesake: Team
    var members: [Member]
    /// An e-mail address that is taken, in other letters.
    var takenEmail: Refusal?
    /// One team more than a user may own.
    var tooManyTeams: Refusal?
    /// One member more than the team may have.
    var tooManyMembers: Refusal?
    /// A name that is only white space.
    var blankName: Refusal?

    var ada: User { users[0].user }
    var grace: User { users[1].user }

    init(asking stage: DemoStage) async throws {
        var people: [User] = []
        for name in ["ada", "grace", "linus", "mae"] {
            people.append(try await stage.ask { try await $0.users.createUser(NewUser(username: name, email: "\(name)@example.org")) })
        }
        let (ada, grace, linus, mae) = (people[0], people[1], people[2], people[3])
        let limits = TeamLimits(mcpServers: 4, nonHttp: 2, github: 1, members: 3)
        let team = try await stage.ask { try await $0.teams.createTeam(NewTeam(name: "Acme Robotics", owner: ada.id, limits: limits)) }
        let namesake = try await stage.ask { try await $0.teams.createTeam(NewTeam(name: "ACME robotics!", owner: ada.id)) }
        _ = try await stage.ask { try await $0.teams.addMember(grace.id, to: team.id, role: .administrator) }
        _ = try await stage.ask { try await $0.teams.addMember(linus.id, to: team.id) }

        takenEmail = try await stage.refusal { try await $0.users.createUser(NewUser(username: "ada2", email: "Ada@Example.org")) }
        tooManyTeams = try await stage.refusal { try await $0.teams.createTeam(NewTeam(name: "One more", owner: ada.id)) }
        tooManyMembers = try await stage.refusal { try await $0.teams.addMember(mae.id, to: team.id) }
        blankName = try await stage.refusal { try await $0.teams.createTeam(NewTeam(name: " \t ", owner: grace.id)) }

        self.team = team
        self.namesake = namesake
        members = try await stage.ask { try await $0.teams.members(of: team.id) }.map {
            Member(username: $0.username, role: $0.membership.role, isOwner: $0.isOwner, joinedAt: $0.membership.joinedAt)
        }
        users = []
        for user in people {
            users.append(UserTeams(user: user, teams: try await stage.ask { try await $0.teams.teams(of: user.id) }))
        }
    }
}
