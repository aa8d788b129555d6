import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ReadingNotificationsTests {
    @Test(arguments: Backend.all)
    func theListIsNewestFirstWithItsTotal(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 5)

        let page = try await inbox.store.notifications.list(user: inbox.user, unreadOnly: false, page: Page(limit: 2, offset: 1))

        #expect(page.items.map(\.title) == ["4", "3"])
        #expect(page.total == 5)
        #expect(page.page == Page(limit: 2, offset: 1))
        #expect(page.hasMore)
    }

    @Test(arguments: Backend.all)
    func beyondTheEndThereIsNothingButTheTotal(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        let page = try await inbox.store.notifications.list(user: inbox.user, unreadOnly: false, page: Page(limit: 100, offset: 3))

        #expect(page.items.isEmpty)
        #expect(page.total == 3)
        #expect(!page.hasMore)
    }

    @Test(arguments: Backend.all)
    func notificationsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 6, atOneMoment: true)

        let items = try await inbox.store.notifications.list(user: inbox.user).items

        #expect(items.map(\.id) == items.map(\.id).sorted().reversed())
        #expect(Set(items.map(\.createdAt)).count == 1)
    }

    @Test(arguments: Backend.all)
    func theUnreadOnesAloneCanBeListed(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 4)
        try await inbox.store.notifications.markRead(inbox.notifications[1].id, user: inbox.user)

        let page = try await inbox.store.notifications.list(user: inbox.user, unreadOnly: true)

        #expect(page.items.map(\.title) == ["4", "3", "1"])
        #expect(page.total == 3)
    }

    @Test(arguments: Backend.all)
    func anUnknownUserHasNone(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.notifications.list(user: "nobody") == PageResult(items: [], total: 0, page: .first))
        #expect(try await store.notifications.feed(user: "nobody") == FeedPage(items: [], next: nil))
        #expect(try await store.notifications.unreadCount(user: "nobody") == 0)
    }

    @Test(arguments: Backend.all, [true, false])
    func theFeedGoesThroughAllOfThemOnceInOrder(_ backend: Backend, _ atOneMoment: Bool) async throws {
        let inbox = try await Inbox.make(on: backend, count: 7, atOneMoment: atOneMoment)
        var items: [AppNotification] = []
        var sizes: [Int] = []
        var cursor: FeedCursor?

        repeat {
            let page = try await inbox.store.notifications.feed(user: inbox.user, before: cursor, limit: 3)
            items += page.items
            sizes.append(page.items.count)
            cursor = page.next
        } while cursor != nil

        #expect(sizes == [3, 3, 1])
        #expect(items == (try await inbox.store.notifications.list(user: inbox.user).items))
    }

    @Test(arguments: Backend.all)
    func aFeedThatEndsWithAFullPageHasNoNextOne(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        let page = try await inbox.store.notifications.feed(user: inbox.user, before: nil, limit: 3)

        #expect(page.items.count == 3)
        #expect(page.next == nil)
    }

    @Test(arguments: Backend.all)
    func whatArrivesMeanwhileDoesNotDisturbTheFeed(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 4)
        let first = try await inbox.store.notifications.feed(user: inbox.user, before: nil, limit: 2)
        inbox.clock.advance(by: .seconds(1))
        try await inbox.store.notifications.create(user: inbox.user, title: "new", message: "…")
        _ = try await inbox.store.notifications.delete(first.items[1].id, user: inbox.user)

        let second = try await inbox.store.notifications.feed(user: inbox.user, before: first.next, limit: 2)

        #expect(first.items.map(\.title) == ["4", "3"])
        #expect(second.items.map(\.title) == ["2", "1"])
    }

    @Test(arguments: Backend.all)
    func aFeedCanBeginAtANotification(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 4)

        let page = try await inbox.store.notifications.feed(user: inbox.user, before: inbox.notifications[2].cursor)

        #expect(page.items.map(\.title) == ["2", "1"])
    }

    @Test(arguments: Backend.all)
    func theUnreadAreCounted(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        #expect(try await inbox.store.notifications.unreadCount(user: inbox.user) == 3)
        try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user)
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.user) == 2)
        #expect(try await inbox.store.notifications.unreadCount(user: inbox.other) == 1)
    }

    @Test(arguments: Backend.all)
    func aNotificationIsFoundByItsOwnUserAlone(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 2)

        #expect(try await inbox.store.notifications.notification(inbox.notifications[1].id, user: inbox.user) == inbox.notifications[1])

        #expect(try await inbox.store.notifications.notification(inbox.othersNotification.id, user: inbox.user) == nil)
        #expect(try await inbox.store.notifications.notification("nothing", user: inbox.user) == nil)
    }
}
