import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct PurgingNotificationsTests {
    @Test(arguments: Backend.all, [1, 2, 1_000])
    func oldReadOnesOfAllUsersGo(_ backend: Backend, _ batchSize: Int) async throws {
        let inbox = try await Inbox.make(on: backend, count: 6)
        for number in [0, 2, 3, 5] { try await inbox.store.notifications.markRead(inbox.notifications[number].id, user: inbox.user) }
        try await inbox.store.notifications.markRead(inbox.othersNotification.id, user: inbox.other)

        let moment = inbox.notifications[3].createdAt
        let count = try await inbox.store.notifications.purge(olderThan: moment, onlyRead: true, batchSize: batchSize)

        #expect(count == 2)
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.title) == ["6", "5", "4", "2"])
        inbox.clock.advance(by: .seconds(1))
        #expect(try await inbox.store.notifications.purge(olderThan: inbox.clock.now()) == 3)
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.title) == ["5", "2"])
        #expect(try await inbox.store.notifications.list(user: inbox.other).items.isEmpty)
    }

    @Test(arguments: Backend.all, [1, 2, 1_000])
    func unreadOnesGoWhenThatIsAskedFor(_ backend: Backend, _ batchSize: Int) async throws {
        let inbox = try await Inbox.make(on: backend, count: 5)
        try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user)

        let moment = inbox.notifications[3].createdAt
        let count = try await inbox.store.notifications.purge(olderThan: moment, onlyRead: false, batchSize: batchSize)

        #expect(count == 3)
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.title) == ["5", "4"])
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.other) == 1)
    }

    @Test(arguments: Backend.all)
    func thoseOfOneMomentAreAllLookedAt(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 7, atOneMoment: true)
        inbox.clock.advance(by: .seconds(1))

        let count = try await inbox.store.notifications.purge(olderThan: inbox.clock.now(), onlyRead: false, batchSize: 3)

        #expect(count == 8)
    }

    @Test(arguments: Backend.all)
    func aBatchHasASize(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for size in [Int.min, 0, 100_001, .max] {
            await expectError(.validation("batchSize", "it must be 1 to 100000")) {
                try await store.notifications.purge(olderThan: .epoch, onlyRead: true, batchSize: size)
            }
        }
        #expect(try await store.notifications.purge(olderThan: .epoch, onlyRead: true, batchSize: 100_000) == 0)
    }
}
