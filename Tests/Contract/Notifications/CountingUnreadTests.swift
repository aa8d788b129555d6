import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CountingUnreadTests {
    @Test(arguments: Backend.all)
    func eachUserHasANumberAlsoOneWhoIsUnknown(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)
        try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user)
        let idle = try await inbox.store.users.createUser(.fixture(), withDefaultTeam: false).id

        let counts = try await inbox.store.notifications.unreadCounts(users: [inbox.user, inbox.other, idle, "nobody", "", inbox.user])

        #expect(counts == [inbox.user: 2, inbox.other: 1, idle: 0, "nobody": 0, "": 0])
    }

    @Test(arguments: Backend.all)
    func withoutUsersThereIsNothingToCount(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.notifications.unreadCounts(users: []).isEmpty)
    }

    @Test(arguments: Backend.all)
    func tenThousandUsersCanBeCountedAndNoMore(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let users = Array(repeating: inbox.user, count: 10_000)

        #expect(try await inbox.store.notifications.unreadCounts(users: users) == [inbox.user: 1])
        await expectError(.validation("users", "it must have at most 10 000 users")) {
            _ = try await inbox.store.notifications.unreadCounts(users: users + [inbox.user])
        }
    }
}
