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

    @Test(arguments: Backend.all)
    func aNotificationIsMarkedAsUnreadOnce(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 2)
        try await inbox.store.notifications.markAllRead(user: inbox.user)
        try await inbox.store.notifications.markAllRead(user: inbox.other)

        #expect(try await inbox.store.notifications.markUnread(inbox.notifications[0].id, user: inbox.user))

        #expect(try await !inbox.store.notifications.markUnread(inbox.notifications[0].id, user: inbox.user))
        #expect(try await !inbox.store.notifications.markUnread(inbox.othersNotification.id, user: inbox.user))
        #expect(try await !inbox.store.notifications.markUnread("nothing", user: inbox.user))
        #expect(try await inbox.store.notifications.unreadCounts(users: [inbox.user, inbox.other]) == [inbox.user: 1, inbox.other: 0])
    }

    @Test(arguments: Backend.all)
    func severalAreMarkedAtOnceAndThoseThatChangeAreCounted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 4)
        try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user)
        let ids = [0, 1, 3, 1].map { inbox.notifications[$0].id } + [inbox.othersNotification.id, "nothing", ""]

        #expect(try await inbox.store.notifications.markRead(ids, user: inbox.user) == 2)

        #expect(try await inbox.store.notifications.markRead(ids, user: inbox.user) == 0)
        #expect(try await inbox.store.notifications.markRead([], user: inbox.user) == 0)
        #expect(try await inbox.store.notifications.list(user: inbox.user, unreadOnly: true).items.map(\.title) == ["3"])
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.other) == 1)
    }

    @Test(arguments: Backend.all)
    func tenThousandCanBeMarkedAtOnceAndNoMore(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let ids = Array(repeating: inbox.notifications[0].id, count: 10_000)

        await expectError(.validation("ids", "it must have at most 10 000 notifications")) {
            try await inbox.store.notifications.markRead(ids + ids.prefix(1), user: inbox.user)
        }
        #expect(try await inbox.store.notifications.markRead(ids, user: inbox.user) == 1)
    }

    @Test(arguments: Backend.all)
    func whatWasReadIsDeletedAndCounted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)
        try await inbox.store.notifications.markRead([inbox.notifications[0].id, inbox.notifications[2].id], user: inbox.user)
        try await inbox.store.notifications.markAllRead(user: inbox.other)

        #expect(try await inbox.store.notifications.deleteRead(user: inbox.user) == 2)

        #expect(try await inbox.store.notifications.deleteRead(user: inbox.user) == 0)
        #expect(try await inbox.store.notifications.list(user: inbox.user).items.map(\.title) == ["2"])
        #expect(try await inbox.store.notifications.list(user: inbox.other).total == 1)
    }
}
