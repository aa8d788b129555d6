import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What happens when something is deleted while another transaction is about to refer to it, with the order of events under control.
@Suite(.requiresServer, .database)
struct DeletionRaceTests {
    private struct Scene {
        let store: DataStore
        let owner: User
        let other: User
        let team: Team
        let server: McpServer

        static func make() async throws -> Scene {
            let store = try await Backend.postgres.makeStore()
            try await store.users.createUser(.fixture())
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            let other = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            let team = try await store.teams.createTeam(.fixture(owner: owner.id))
            return Scene(store: store, owner: owner, other: other, team: team, server: try await store.catalog.create(.fixture(), by: .system))
        }
    }

    @Test func anOwnerIsNotDeletedWhileSomebodyJoinsTheTeam() async throws {
        let scene = try await Scene.make()

        let deletion = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.teams.addMember(scene.other.id, to: scene.team.id) },
            second: { try await $0.users.deleteUser(scene.owner.id) })

        #expect(throws: DataError.inUse(.team, "the user owns a team that has other members")) { try deletion.get() }
        #expect(try await scene.store.teams.members(of: scene.team.id).count == 2)
    }

    @Test func nobodyJoinsTheTeamOfAnOwnerWhoIsDeleted() async throws {
        let scene = try await Scene.make()

        let joining = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.owner.id) },
            second: { try await $0.teams.addMember(scene.other.id, to: scene.team.id) })

        #expect(throws: DataError.notFound(.team)) { try joining.get() }
    }

    @Test func aUserWhoIsDeletedJoinsNoTeam() async throws {
        let scene = try await Scene.make()

        let joining = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: { try await $0.teams.addMember(scene.other.id, to: scene.team.id) })

        #expect(throws: DataError.notFound(.user)) { try joining.get() }
    }

    @Test func aUserWhoIsDeletedInstallsNothing() async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.addMember(scene.other.id, to: scene.team.id)

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: {
                try await $0.installations.createInstallation(team: scene.team.id, user: scene.other.id, .fixture(serverID: scene.server.id))
            })

        #expect(throws: DataError.notFound(.user)) { try installing.get() }
        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
    }

    @Test func aMemberWhoIsDeletedMeanwhileGetsNoInstanceAndStopsNoInstallation() async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.addMember(scene.other.id, to: scene.team.id)

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: {
                try await $0.installations.createInstallation(team: scene.team.id, user: scene.owner.id, .fixture(serverID: scene.server.id))
            })

        #expect(try installing.get().instances.map(\.userID) == [scene.owner.id])
    }

    @Test func nothingIsInstalledIntoATeamThatIsDeleted() async throws {
        let scene = try await Scene.make()

        let installing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.teams.deleteTeam(scene.team.id) },
            second: {
                try await $0.installations.createInstallation(team: scene.team.id, user: scene.owner.id, .fixture(serverID: scene.server.id))
            })

        #expect(throws: DataError.notFound(.team)) { try installing.get() }
    }

    @Test func aTeamIntoWhichSomethingIsInstalledIsNotDeletedWithoutForce() async throws {
        let scene = try await Scene.make()

        let deletion = try await OpenTransaction.race(
            on: scene.store,
            first: {
                _ = try await $0.installations.createInstallation(team: scene.team.id, user: scene.owner.id, .fixture(serverID: scene.server.id))
            },
            second: { try await $0.teams.deleteTeam(scene.team.id) })

        #expect(throws: DataError.self) { try deletion.get() }
        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test func aUserWhoIsDeletedGetsNoTeam() async throws {
        let scene = try await Scene.make()

        let creation = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: { try await $0.teams.createTeam(.fixture(owner: scene.other.id)) })

        #expect(throws: DataError.referenceMissing(.user, constraint: "teams_owner_id_fkey")) { try creation.get() }
    }

    @Test func aUserWhoIsDeletedGetsNoToken() async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.addMember(scene.other.id, to: scene.team.id)

        let issuing = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: { try await $0.tokens.issueAccessToken(.fixture(user: scene.other.id, team: scene.team.id)).record })

        #expect(throws: DataError.referenceMissing(.user)) { try issuing.get() }
    }

    @Test func aTokenThatIsBeingIssuedGoesWithItsUser() async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.addMember(scene.other.id, to: scene.team.id)

        let deletion = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.tokens.issueAccessToken(.fixture(user: scene.other.id, team: scene.team.id)) },
            second: { try await $0.users.deleteUser(scene.other.id) })

        #expect(try deletion.get())
        #expect(try await TestDatabase.lent().text(of: "oauth_access_tokens").isEmpty)
    }

    @Test func theLastGlobalAdministratorStaysWhenTwoGoAtOnce() async throws {
        let scene = try await Scene.make()
        try await TestDatabase.lent().run("UPDATE \"authUser\" SET \"role_id\" = 'global_admin'")
        let first = scene.other.id
        let administrators = try await TestDatabase.lent().text(of: "authUser")
        #expect(administrators.contains(first.rawValue))

        let deletion = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(first) }, second: { try await $0.users.deleteUser(scene.owner.id) })

        #expect(try deletion.get(), "Two of three may go.")
    }

    @Test func whoIsNotifiedWhileBeingDeletedIsRefusedLikeAnyUnknownUser() async throws {
        let scene = try await Scene.make()

        let notifying = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: { try await $0.notifications.create(user: scene.other.id, title: "x", message: "x") })

        #expect(throws: DataError.referenceMissing(.user, constraint: "notifications_user_id_fkey")) { try notifying.get() }
    }

    @Test func aTeamWhoseMemberIsDeletedMeanwhileIsNotifiedWithoutHim() async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.addMember(scene.other.id, to: scene.team.id)

        let notifying = try await OpenTransaction.race(
            on: scene.store, first: { _ = try await $0.users.deleteUser(scene.other.id) },
            second: { try await $0.notifications.notifyTeam(scene.team.id, title: "x", message: "x") })

        #expect(try notifying.get() == 1)
    }
}
