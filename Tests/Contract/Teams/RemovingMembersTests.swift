import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RemovingMembersTests {
    @Test(arguments: Backend.all)
    func aMemberIsRemovedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        #expect(try await scene.store.teams.removeMember(member.id, from: scene.team.id))

        #expect(try await !scene.store.teams.isMember(member.id, of: scene.team.id))
        #expect(try await scene.store.teams.teams(of: member.id).isEmpty)
        #expect(try await !scene.store.teams.removeMember(member.id, from: scene.team.id))
    }

    @Test(arguments: Backend.all)
    func theTokensOfARemovedMemberForThisTeamEndAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let other = try await scene.store.teams.createTeam(.fixture(owner: member.id))
        let ended = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))
        let kept = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: other.id))
        let anothers = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        try await scene.store.teams.removeMember(member.id, from: scene.team.id)

        #expect(try await scene.store.tokens.verify(ended.token.reveal()) == nil)
        #expect(try await scene.store.tokens.verify(kept.token.reveal()) != nil)
        #expect(try await scene.store.tokens.verify(anothers.token.reveal()) != nil)
    }

    @Test(arguments: Backend.all)
    func theGrantsOfARemovedMemberForThisTeamEndAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let other = try await scene.store.teams.createTeam(.fixture(owner: member.id))
        let ended = try await scene.grant(scene.newRequest(user: member.id))
        let (request, code) = try await scene.approvedRequest(scene.newRequest(user: member.id))
        let kept = try await scene.grant(scene.newRequest(user: member.id, team: other.id))
        let anothers = try await scene.grant()

        try await scene.store.teams.removeMember(member.id, from: scene.team.id)
        try await scene.store.teams.addMember(member.id, to: scene.team.id)

        #expect(try await scene.store.tokens.authorizationRequest(request.id) == nil)
        await expectError(.unknownCode) { _ = try await scene.exchange(code) }
        await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(ended.refreshText, client: TeamScene.client) }
        for pair in [kept, anothers] { _ = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client) }
    }

    @Test(arguments: Backend.all)
    func aTokenFromBeforeIsNoneAfterTheMemberReturns(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let token = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))

        try await scene.store.teams.removeMember(member.id, from: scene.team.id)
        try await scene.store.teams.addMember(member.id, to: scene.team.id)

        #expect(try await scene.store.tokens.verify(token.token.reveal()) == nil)
        #expect(try await !scene.store.tokens.revokeAccessToken(token.record.id))
    }

    @Test(arguments: Backend.all)
    func aMemberWhoReturnsGetsNewInstances(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        try await scene.install(try await scene.addServer())
        try await scene.store.teams.removeMember(member.id, from: scene.team.id)

        // Were the old instance still there, the new one would be refused or passed over.
        try await scene.store.teams.addMember(member.id, to: scene.team.id)
        try await scene.store.teams.removeMember(member.id, from: scene.team.id)
        let later = try await scene.install(try await scene.addServer())

        #expect(later.instances.map(\.userID) == [scene.owner.id])
    }

    @Test(arguments: Backend.all)
    func whatAMemberHadInTheTeamIsNotThereWhenTheMemberReturns(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store
        let member = try await scene.addMember()
        let server = try await scene.addServer(.fixture(configuration: McpConfigurationSchemas(user: .init(env: [["name": "REGION"]]))))
        let installation = try await scene.install(server)
        try await store.userConfigurations.save(
            installation.id, user: member.id, team: scene.team.id, UserConfigurationValues(env: ["REGION": "eu"]))
        try await store.oauthClients.grantConsent(user: member.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        let before = try await store.instances.statuses(installation: installation.id, team: scene.team.id).map(\.instance)
        // What another member has, and what the member has in another team, stays.
        let other = try await store.teams.createTeam(.fixture(owner: member.id, limits: TeamScene.wide)).id
        let elsewhere = try await store.installations.createInstallation(team: other, user: member.id, .fixture(serverID: server.id)).id
        for (user, team, its) in [(scene.owner.id, scene.team.id, installation.id), (member.id, other, elsewhere)] {
            try await store.userConfigurations.save(its, user: user, team: team, UserConfigurationValues(env: ["REGION": "us"]))
            try await store.oauthClients.grantConsent(user: user, team: team, client: TeamScene.client, scopes: [.read])
        }

        try await store.teams.removeMember(member.id, from: scene.team.id)
        for (user, team, its) in [(scene.owner.id, scene.team.id, installation.id), (member.id, other, elsewhere)] {
            #expect(try await store.instances.statuses(installation: its, team: team).map(\.instance.userID) == [user])
            #expect(try await store.userConfigurations.configuration(its, user: user)?.values.env == ["REGION": "us"])
            #expect(try await store.oauthClients.consent(user: user, team: team, client: TeamScene.client) != nil)
        }
        let between = try await store.instances.statuses(installation: installation.id, team: scene.team.id).map(\.instance)
        try await store.teams.addMember(member.id, to: scene.team.id)

        let after = try await store.instances.statuses(installation: installation.id, team: scene.team.id).map(\.instance)
        #expect(Set(before.map(\.userID)) == [scene.owner.id, member.id] && between.map(\.userID) == [scene.owner.id])
        #expect(Set(after.map(\.userID)) == [scene.owner.id, member.id])
        #expect(Set(after.map(\.id)).intersection(before.map(\.id)) == Set(between.map(\.id)))
        #expect(try await store.userConfigurations.configuration(installation.id, user: member.id) == nil)
        #expect(try await store.oauthClients.consent(user: member.id, team: scene.team.id, client: TeamScene.client) == nil)
    }

    @Test(arguments: Backend.all)
    func theOwnerStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addMember(role: .administrator)

        await expectError(.ruleViolation(.ownerMustTransferFirst, "the owner stays a member until the team has another owner")) {
            try await scene.store.teams.removeMember(scene.owner.id, from: scene.team.id)
        }
        await expectRule(.ownerMustTransferFirst) { try await scene.store.teams.leaveTeam(scene.team.id, user: scene.owner.id) }

        #expect(try await scene.store.teams.isMember(scene.owner.id, of: scene.team.id))
    }

    @Test(arguments: Backend.all)
    func theLastMemberStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.ruleViolation(.lastMember, "the last member stays; delete the team instead")) {
            try await scene.store.teams.leaveTeam(scene.team.id, user: scene.owner.id)
        }

        #expect(try await scene.store.teams.memberCount(of: scene.team.id) == 1)
    }

    @Test(arguments: Backend.all)
    func nobodyIsRemovedFromADefaultTeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        await expectError(.ruleViolation(.defaultTeamImmutable, "a default team has no other members")) {
            try await store.teams.removeMember(user.id, from: team.id)
        }
        await expectRule(.defaultTeamImmutable) { try await store.teams.removeMember("somebody", from: team.id) }

        #expect(try await store.teams.isMember(user.id, of: team.id))
    }

    @Test(arguments: Backend.all)
    func whoIsNoMemberIsNotRemoved(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addMember()

        #expect(try await !scene.store.teams.removeMember(scene.administrator.id, from: scene.team.id))
        #expect(try await !scene.store.teams.removeMember("nobody", from: scene.team.id))
        #expect(try await !scene.store.teams.removeMember(scene.owner.id, from: "nothing"))
        #expect(try await !scene.store.teams.removeMember("a\0b", from: scene.team.id))
        #expect(try await scene.store.teams.memberCount(of: scene.team.id) == 2)
    }

    @Test(arguments: Backend.all)
    func aMemberLeaves(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember(role: .administrator)

        #expect(try await scene.store.teams.leaveTeam(scene.team.id, user: member.id))

        #expect(try await scene.store.teams.members(of: scene.team.id).map(\.membership.userID) == [scene.owner.id])
    }

    @Test(arguments: Backend.all)
    func aRemovalThatIsRolledBackLeavesEverything(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let token = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))

        await expectError(.notFound(.team)) {
            try await scene.store.transaction { store in
                try await store.teams.removeMember(member.id, from: scene.team.id)
                throw DataError.notFound(.team)
            }
        }

        #expect(try await scene.store.teams.isMember(member.id, of: scene.team.id))
        #expect(try await scene.store.tokens.verify(token.token.reveal()) != nil)
    }
}
