import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// There is always a global administrator, whoever is demoted or deleted at the same time.
@Suite(.raceRounds, .database)
struct UserRaceTests {
    @Test(arguments: Backend.all)
    func twoAdministratorsAreNotBothDemoted(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let first = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let second = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        for user in [first, second] { try await store.users.assignRole(.globalAdministrator, to: user.id) }

        let outcomes = await race(2) { number in try await store.users.assignRole(.globalUser, to: [first, second][number].id) }

        #expect(outcomes.values.count == 1)
        #expect(outcomes.errors.map(\.rule) == [.lastGlobalAdministrator])
        #expect(try await store.users.users(withRole: .globalAdministrator).count == 1)
    }

    @Test(arguments: Backend.all)
    func oneIsLeftWhenEveryAdministratorIsDemotedOrDeletedAtOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(), withDefaultTeam: false)
        for _ in 1...5 {
            let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            try await store.users.assignRole(.globalAdministrator, to: user.id)
        }
        let administrators = try await store.users.users(withRole: .globalAdministrator)

        let outcomes = await race(administrators.count) { number in
            let id = administrators[number].id
            if number.isMultiple(of: 2) { return try await store.users.deleteUser(id) }
            return try await store.users.assignRole(.globalUser, to: id) != nil
        }

        #expect(outcomes.values.count == administrators.count - 1)
        #expect(outcomes.errors.map(\.rule) == [.lastGlobalAdministrator])
        #expect(try await store.users.users(withRole: .globalAdministrator).count == 1)
    }

    @Test(arguments: Backend.all)
    func aRoleIsNotDeletedWhileSomebodyGetsIt(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        try await store.users.assignRole(.globalAdministrator, to: try await store.users.createUser(.fixture(), withDefaultTeam: false).id)
        let role = try await store.roles.create(NewRole(name: "Auditor"))

        let outcomes = await race(2) { number in
            if number == 0 { return try await store.roles.delete(role.id) }
            return try await store.users.assignRole(role.id, to: user.id) != nil
        }

        #expect(outcomes.values == [true])
        #expect(outcomes.errors.allSatisfy { $0.entity == .role && [.inUse, .referenceMissing].contains($0.kind) }, "\(outcomes.errors)")
        try await store.users.assignRole(.globalUser, to: user.id)
        _ = try await store.roles.delete(role.id)
    }

    @Test(arguments: Backend.all)
    func oneUsernameIsTakenByOneOfMany(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        var users: [UserID] = []
        for _ in 1...6 { users.append(try await store.users.createUser(.fixture(), withDefaultTeam: false).id) }

        let outcomes = await race(6) { [users] number in try await store.users.updateUser(users[number], UserPatch(username: "ada")) }

        #expect(outcomes.values.count == 1)
        #expect(outcomes.errors == Array(repeating: .alreadyExists(.user, "username", constraint: "authUser_username_key"), count: 5))
    }
}
