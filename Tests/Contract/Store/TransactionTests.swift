import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TransactionTests {
    private struct Failure: Error, Equatable {}

    @Test(arguments: Backend.all)
    func whatATransactionDoesHappensTogether(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let team = try await scene.store.transaction { store in
            let team = try await store.teams.createTeam(.fixture(owner: scene.owner.id))
            try await store.notifications.notifyTeam(team.id, title: "Welcome", message: "Your team is ready.")
            return team
        }

        #expect(try await scene.store.teams.team(team.id) == team)
        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 1)
    }

    @Test(arguments: Backend.all)
    func aTransactionThatThrowsLeavesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        try await scene.install(try await scene.addServer())

        await #expect(throws: Failure()) {
            try await scene.store.transaction { store in
                try await store.teams.createTeam(.fixture(owner: scene.owner.id, name: "Gone"))
                _ = try await store.teams.updateTeamName(scene.team.id, "Changed")
                _ = try await store.teams.deleteTeam(scene.team.id, force: true)
                throw Failure()
            }
        }

        #expect(try await scene.store.teams.team(slug: "gone") == nil)
        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
        #expect(try await scene.store.installations.installationViews(team: scene.team.id).count == 1)
    }

    @Test(arguments: Backend.all)
    func aTransactionSeesWhatItHasDoneAndNobodyElseDoes(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let hasWritten = Signal()
        let hasLooked = Signal()
        async let seen = {
            await hasWritten.wait()
            let name = try await scene.store.teams.team(scene.team.id)?.name
            hasLooked.send()
            return name
        }()

        try await scene.store.transaction { store in
            _ = try await store.teams.updateTeamName(scene.team.id, "Inside")
            let name = try await store.teams.team(scene.team.id)?.name
            #expect(name == "Inside")
            hasWritten.send()
            await hasLooked.wait()
        }

        #expect(try await seen == scene.team.name)
        #expect(try await scene.store.teams.team(scene.team.id)?.name == "Inside")
    }

    @Test(arguments: Backend.all)
    func aFailedCallLeavesTheTransactionUsable(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        try await scene.store.transaction { store in
            try await store.notifications.create(user: scene.owner.id, title: "before", message: "…")
            await expectError(.referenceMissing(.user, constraint: "notifications_user_id_fkey")) {
                try await store.notifications.create(user: "nobody", title: "never", message: "…")
            }
            await expectError(.alreadyExists(.user, "username", constraint: "authUser_username_key")) {
                try await store.users.createUser(.fixture(username: scene.owner.username))
            }
            await expectInvalid("title") { try await store.notifications.create(user: scene.owner.id, title: "", message: "…") }
            try await store.notifications.create(user: scene.owner.id, title: "after", message: "…")
        }

        let titles = try await scene.store.notifications.list(user: scene.owner.id).items.map(\.title)
        #expect(Set(titles) == ["before", "after"])
    }

    @Test(arguments: Backend.all)
    func aCallOfSeveralStatementsThatFailsInATransactionHasNoEffect(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        _ = try await scene.store.transaction { store in
            await #expect(throws: DataError.self) {
                try await store.users.createUser(.fixture(username: "new", email: scene.owner.email))
            }
        }

        #expect(try await scene.store.teams.team(slug: "new") == nil)
    }

    @Test(arguments: Backend.all)
    func aNestedTransactionThatThrowsUndoesOnlyItself(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        try await scene.store.transaction { store in
            try await store.notifications.create(user: scene.owner.id, title: "outer", message: "…")
            await #expect(throws: Failure()) {
                try await store.transaction { store in
                    try await store.notifications.create(user: scene.owner.id, title: "inner", message: "…")
                    throw Failure()
                }
            }
            let count = try await store.notifications.unreadCount(user: scene.owner.id)
            #expect(count == 1)
            try await store.transaction { store in
                try await store.notifications.create(user: scene.owner.id, title: "second inner", message: "…")
                _ = try await store.transaction { store in
                    try await store.notifications.create(user: scene.owner.id, title: "innermost", message: "…")
                }
            }
        }

        let titles = try await scene.store.notifications.list(user: scene.owner.id).items.map(\.title)
        #expect(Set(titles) == ["outer", "second inner", "innermost"])
    }

    @Test(arguments: Backend.all)
    func theOuterStoreIsRefusedInsideATransaction(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let refusal = DataError.ruleViolation(.outerStoreInTransaction, "use the store that the transaction's closure is given")

        try await scene.store.transaction { store in
            await expectError(refusal) { _ = try await scene.store.teams.team(scene.team.id) }
            await expectError(refusal) { try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id)) }
            await expectError(refusal) { try await scene.store.transaction { _ in } }
            try await store.transaction { _ in
                await expectError(refusal) { _ = try await scene.store.teams.team(scene.team.id) }
            }
            let team = try await store.teams.team(scene.team.id)
            #expect(team == scene.team)
        }

        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func anotherStoreMayBeUsedInsideATransaction(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await backend.makeStore()

        let user = try await scene.store.transaction { _ in try await other.users.createUser(.fixture()) }

        #expect(try await other.users.user(user.id) == user)
        #expect(try await scene.store.users.user(user.id) == nil)
    }

    @Test(arguments: Backend.all)
    func aStoreThatOutlivesItsTransactionIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let escaped = try await scene.store.transaction { store in store }

        let error = await #expect(throws: DataError.self) { try await escaped.teams.team(scene.team.id) }
        #expect(error?.kind == .unavailable)
        #expect(error?.outcome == .notSent)
    }

    @Test(arguments: Backend.all)
    func aTransactionThatMayOnlyReadRefusesToWrite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        try await scene.store.transaction(TransactionOptions(isReadOnly: true)) { store in
            let team = try await store.teams.team(scene.team.id)
            #expect(team == scene.team)
            let error = await #expect(throws: DataError.self) {
                try await store.notifications.create(user: scene.owner.id, title: "never", message: "…")
            }
            #expect(error?.kind == .unavailable)
        }

        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 0)
    }

    @Test(arguments: Backend.all, [IsolationLevel.readCommitted, .repeatableRead, .serializable])
    func aTransactionOfAnyIsolationCommits(_ backend: Backend, _ isolation: IsolationLevel) async throws {
        let scene = try await TeamScene.make(on: backend)

        try await scene.store.transaction(TransactionOptions(isolation: isolation)) { store in
            _ = try await store.teams.updateTeamName(scene.team.id, "Renamed")
        }

        #expect(try await scene.store.teams.team(scene.team.id)?.name == "Renamed")
    }
}
