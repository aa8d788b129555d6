import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Everything at once: who is refused must be told why in terms of the domain, and what is left must fit together.
@Suite(.database)
struct StormTests {
    private static let documented: Set<DataError> = [
        .notFound(.user), .notFound(.team), .referenceMissing(.user), .referenceMissing(.team),
        .ruleViolation(.notMember, "a token is issued to members of its team only"),
        .alreadyExists(.membership, "userID", constraint: "teamMemberships_team_id_user_id_key"),
        .referenceMissing(.user, constraint: "notifications_user_id_fkey"),
    ]

    @Test(arguments: Backend.all)
    func deletingMembersWhileTheTeamIsBusy(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        var members: [User] = []
        for _ in 1...8 { members.append(try await scene.addMember()) }

        let outcomes = await race(64) { [members] number in
            let member = members[number / 8]
            switch number % 8 {
            case 0: _ = try await scene.store.users.deleteUser(member.id)
            case 1, 2: _ = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))
            case 3: try await scene.store.notifications.notifyTeam(scene.team.id, title: "x", message: "x")
            case 4: try await scene.store.notifications.create(user: member.id, title: "x", message: "x")
            case 5: try await scene.install(server)
            case 6: try await scene.store.installations.createInstallation(team: scene.team.id, user: member.id, .fixture(serverID: server.id))
            default: try await scene.store.teams.addMember(member.id, to: scene.team.id)
            }
        }

        #expect(Set(outcomes.errors).subtracting(Self.documented) == [])
        #expect(try await scene.store.teams.members(of: scene.team.id).map(\.membership.userID) == [scene.owner.id])
        let views = try await scene.store.installations.installationViews(team: scene.team.id)
        #expect(views.allSatisfy { $0.installation.createdBy == nil || $0.installation.createdBy == scene.owner.id })
        scene.clock.advance(by: .seconds(1_000_000))
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 0, "A token outlived its user.")
    }

    @Test(arguments: Backend.all)
    func deletingTheTeamWhileItIsBusy(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let member = try await scene.addMember()
        var others: [User] = []
        for _ in 1...4 { others.append(try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)) }

        let outcomes = await race(40) { [others] number in
            switch number % 5 {
            case 0 where number == 20: _ = try await scene.store.teams.deleteTeam(scene.team.id, force: true)
            case 0: _ = try await scene.store.teams.updateTeamName(scene.team.id, "Name \(number)")
            case 1: _ = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))
            case 2: try await scene.store.notifications.notifyTeam(scene.team.id, title: "x", message: "x")
            case 3: try await scene.install(server)
            default: try await scene.store.teams.addMember(others[number % 4].id, to: scene.team.id)
            }
        }

        #expect(Set(outcomes.errors).subtracting(Self.documented) == [])
        #expect(try await scene.store.teams.team(scene.team.id) == nil)
        #expect(try await scene.store.teams.members(of: scene.team.id).isEmpty)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).isEmpty)
        scene.clock.advance(by: .seconds(1_000_000))
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 0, "A token outlived its team.")
    }
}
