import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TransferringTeamsTests {
    @Test(arguments: Backend.all)
    func theNewOwnerBecomesAdministratorAndTheOldOneStaysOne(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        scene.clock.advance(by: .seconds(1))

        let team = try await scene.store.teams.transferOwnership(of: scene.team.id, to: member.id)

        var expected = scene.team
        expected.ownerID = member.id
        expected.updatedAt = scene.clock.now()
        #expect(team == expected)
        #expect(try await scene.store.teams.team(scene.team.id) == expected)
        #expect(try await scene.store.teams.isOwner(member.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isOwner(scene.owner.id, of: scene.team.id))
        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 2)
        #expect(try await scene.store.teams.leaveTeam(scene.team.id, user: scene.owner.id))
    }

    @Test(arguments: Backend.all)
    func theOwnerMayBeTheNewOwner(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.transferOwnership(of: scene.team.id, to: scene.owner.id).ownerID == scene.owner.id)
    }

    @Test(arguments: Backend.all)
    func onlyAMemberBecomesTheOwner(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for stranger in [scene.administrator.id, "nobody", "a\0b"] {
            await expectError(.ruleViolation(.notMember, "the new owner must be a member of the team")) {
                try await scene.store.teams.transferOwnership(of: scene.team.id, to: stranger)
            }
        }

        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamIsNotFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for team: TeamID in ["nothing", "a\0b"] {
            await expectError(.notFound(.team)) { try await scene.store.teams.transferOwnership(of: team, to: scene.owner.id) }
        }
    }

    @Test(arguments: Backend.all)
    func aDefaultTeamKeepsItsOwner(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        for newOwner in [user.id, "nobody"] {
            await expectError(.ruleViolation(.defaultTeamImmutable, "a default team keeps its owner")) {
                try await store.teams.transferOwnership(of: team.id, to: newOwner)
            }
        }
    }
}
