import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Members come, go and change all at once: the rules of teams hold whatever overtakes what.
@Suite(.raceRounds, .database)
struct TeamRaceTests {
    @Test(arguments: Backend.all)
    func aMemberIsRemovedByOneOfMany(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let outcomes = await race(8) { _ in try await scene.store.teams.removeMember(member.id, from: scene.team.id) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0 } == 1)
    }

    @Test(arguments: Backend.all)
    func whoGetsTheTeamIsNotRemovedAndWhoIsRemovedDoesNotGetIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for _ in 1...10 {
            let member = try await scene.addMember()

            let outcomes = await race(2) { number in
                if number == 0 { return try await scene.store.teams.transferOwnership(of: scene.team.id, to: member.id).ownerID == member.id }
                return try await scene.store.teams.removeMember(member.id, from: scene.team.id)
            }

            let owner = try #require(try await scene.store.teams.team(scene.team.id)).ownerID
            #expect(outcomes.values.count == 1)
            #expect([DataError.Rule.notMember, .ownerMustTransferFirst].contains(outcomes.errors.first?.rule))
            #expect(try await scene.store.teams.isAdmin(owner, of: scene.team.id), "The owner is no administrator.")
            try await scene.store.teams.transferOwnership(of: scene.team.id, to: scene.owner.id)
            try await scene.store.teams.removeMember(member.id, from: scene.team.id)
        }
    }

    @Test(arguments: Backend.all)
    func aTeamKeepsAnAdministratorHoweverManyAreDemotedAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var administrators = [scene.owner.id]
        for _ in 1...5 { administrators.append(try await scene.addMember(role: .administrator).id) }

        let outcomes = await race(12) { [administrators] number in
            try await scene.store.teams.updateRole(of: administrators[number % 6], in: scene.team.id, to: .user)
        }

        #expect(outcomes.values.count == 10)
        #expect(Set(outcomes.errors.map(\.rule)).isSubset(of: [.lastAdmin, .ownerMustTransferFirst]))
        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 1)
        for administrator in administrators.dropFirst() { try await scene.store.teams.removeMember(administrator, from: scene.team.id) }
    }

    @Test(arguments: Backend.all)
    func ofManyWhoGetTheTeamAtOnceOneHasItAndAllAreItsAdministrators(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var members: [UserID] = []
        for _ in 1...6 { members.append(try await scene.addMember().id) }

        let outcomes = await race(6) { [members] number in
            try await scene.store.teams.transferOwnership(of: scene.team.id, to: members[number]).ownerID
        }

        #expect(Set(outcomes.values) == Set(members))
        let list = try await scene.store.teams.members(of: scene.team.id)
        #expect(list.count { $0.isOwner } == 1)
        #expect(list.allSatisfy { $0.isAdministrator })
        try await scene.store.teams.transferOwnership(of: scene.team.id, to: scene.owner.id)
        for member in members { try await scene.store.teams.removeMember(member, from: scene.team.id) }
    }

    @Test(arguments: Backend.all)
    func noTokenOutlivesTheMembershipThatItWasIssuedFor(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let outcomes = await race(12) { number -> String? in
            if number == 6 {
                try await scene.store.teams.removeMember(member.id, from: scene.team.id)
                return nil
            }
            return try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id)).token.reveal()
        }

        #expect(outcomes.errors.allSatisfy { $0.rule == .notMember })
        // Were one of them still stored, it would be good again once its user is.
        try await scene.store.teams.addMember(member.id, to: scene.team.id)
        for token in outcomes.values.compactMap(\.self) { #expect(try await scene.store.tokens.verify(token) == nil) }
        try await scene.store.teams.removeMember(member.id, from: scene.team.id)
    }

    @Test(arguments: Backend.all)
    func joiningLeavingAndInstallingAtOnceLeaveInstancesOfMembersOnly(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        var users: [UserID] = []
        for _ in 1...4 { users.append(try await scene.store.users.createUser(.fixture(), withDefaultTeam: false).id) }
        let outcomes = await race(24) { [users] number in
            let user = users[number % 4]
            switch number / 4 {
            case 0, 3: try await scene.store.teams.addMember(user, to: scene.team.id)
            case 1, 4: try await scene.store.teams.removeMember(user, from: scene.team.id)
            default: try await scene.install(server)
            }
        }

        #expect(outcomes.errors.allSatisfy { $0.kind == .alreadyExists }, "\(outcomes.errors)")
        let members = Set(try await scene.store.teams.members(of: scene.team.id).map(\.membership.userID))
        let last = try await scene.install(server)
        #expect(Set(last.instances.map(\.userID)) == members)
        for user in users { try await scene.store.teams.removeMember(user, from: scene.team.id) }
        for view in try await scene.store.installations.installationViews(team: scene.team.id) {
            _ = try await scene.store.installations.deleteInstallation(view.installation.id)
        }
    }
}
