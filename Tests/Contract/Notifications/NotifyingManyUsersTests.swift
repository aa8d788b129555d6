import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct NotifyingManyUsersTests {
    @Test(arguments: Backend.all)
    func eachUserIsNotifiedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let count = try await scene.store.notifications.create(
            users: [member.id, scene.owner.id, member.id], title: " News\t", message: " It works. ")

        #expect(count == 2)
        for user in [scene.owner, member] {
            let list = try await scene.store.notifications.list(user: user.id)
            #expect(list.items.map(\.title) == ["News"])
            #expect(list.items.map(\.message) == [" It works. "])
            #expect(list.items.map(\.createdAt) == [scene.clock.now()])
            #expect(list.items.map(\.isRead) == [false])
        }
        #expect(try await scene.store.notifications.unreadCount(user: scene.administrator.id) == 0)
    }

    @Test(arguments: Backend.all)
    func identifiersAreNumberedInTheOrderOfTheUsers(_ backend: Backend) async throws {
        let store = try await backend.makeStore(options: .reproducible())
        var users: [UserID] = []
        for _ in 1...12 { users.append(try await store.users.createUser(.fixture(), withDefaultTeam: false).id) }

        try await store.notifications.create(users: users.reversed(), title: "News", message: "…")

        var ids: [String] = []
        for user in users.sorted() { ids += try await store.notifications.list(user: user).items.map(\.id.rawValue) }
        let base = try #require(ids.first).dropLast(2)
        #expect(ids == (1...12).map { "\(base)-\($0)" })
    }

    @Test(arguments: Backend.all)
    func anUnknownUserIsRefusedAndNobodyIsNotified(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for unknown: UserID in ["nobody", "", "a\0b", UserID(String(repeating: "x", count: 256))] {
            await expectError(.referenceMissing(.user, constraint: "notifications_user_id_fkey")) {
                try await scene.store.notifications.create(users: [scene.owner.id, unknown], title: "News", message: "…")
            }
        }

        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 0)
    }

    @Test(arguments: Backend.all)
    func withoutUsersNothingHappens(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.notifications.create(users: [], title: "News", message: "…") == 0)
    }

    @Test(arguments: Backend.all)
    func tenThousandUsersCanBeGivenAndNoMore(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let users = Array(repeating: scene.owner.id, count: 10_000)

        #expect(try await scene.store.notifications.create(users: users, title: "News", message: "…") == 1)
        await expectError(.validation("users", "it must have at most 10 000 users")) {
            try await scene.store.notifications.create(users: users + [scene.owner.id], title: "News", message: "…")
        }
        await expectError(.validation("users", "it must have at most 10 000 users")) {
            try await scene.store.notifications.create(users: users + ["\0"], title: "News", message: "…")
        }

        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 1)
    }

    @Test(arguments: Backend.all)
    func aTransactionGoesOnAfterAnUnknownUser(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        try await scene.store.transaction { store in
            await expectError(.referenceMissing(.user, constraint: "notifications_user_id_fkey")) {
                try await store.notifications.create(users: [scene.owner.id, "nobody"], title: "never", message: "…")
            }
            try await store.notifications.create(users: [scene.owner.id, scene.administrator.id], title: "News", message: "…")
        }

        #expect(try await scene.store.notifications.list(user: scene.owner.id).items.map(\.title) == ["News"])
    }
}
