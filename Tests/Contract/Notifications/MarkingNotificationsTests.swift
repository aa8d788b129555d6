import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct MarkingNotificationsTests {
    @Test(arguments: Backend.all)
    func aNotificationIsMarkedOnce(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 2)

        #expect(try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user))

        #expect(try await !inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user))
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.isRead) == [false, true])
    }

    @Test(arguments: Backend.all)
    func anothersNotificationIsNeitherMarkedNorDeleted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)

        #expect(try await !inbox.store.notifications.markRead(inbox.othersNotification.id, user: inbox.user))
        #expect(try await !inbox.store.notifications.delete(inbox.othersNotification.id, user: inbox.user))

        #expect(try await inbox.store.notifications.list(user: inbox.other).items == [inbox.othersNotification])
    }

    @Test(arguments: Backend.all)
    func allAreMarkedAndCounted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)
        try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user)

        #expect(try await inbox.store.notifications.markAllRead(user: inbox.user) == 2)

        #expect(try await inbox.store.notifications.markAllRead(user: inbox.user) == 0)
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.user) == 0)
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.other) == 1)
    }

    @Test(arguments: Backend.all)
    func thoseUpToAMomentAreMarkedTheMomentIncluded(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 4)
        let moment = inbox.notifications[2].createdAt

        #expect(try await inbox.store.notifications.markAllRead(user: inbox.user, through: moment - .microseconds(1)) == 2)
        #expect(try await inbox.store.notifications.markAllRead(user: inbox.user, through: moment) == 1)

        #expect(try await inbox.store.notifications.list(user: inbox.user, unreadOnly: true).items.map(\.title) == ["4"])
    }

    @Test(arguments: Backend.all)
    func aNotificationIsDeletedOnce(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 2)

        #expect(try await inbox.store.notifications.delete(inbox.notifications[0].id, user: inbox.user))

        #expect(try await !inbox.store.notifications.delete(inbox.notifications[0].id, user: inbox.user))
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.title) == ["2"])
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.user) == 1)
    }

    @Test(arguments: Backend.all)
    func whatDoesNotExistIsNeitherMarkedNorDeleted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)

        #expect(try await !inbox.store.notifications.markRead("nothing", user: inbox.user))
        #expect(try await !inbox.store.notifications.delete("nothing", user: inbox.user))
        #expect(try await inbox.store.notifications.markAllRead(user: "nobody") == 0)
    }
}
