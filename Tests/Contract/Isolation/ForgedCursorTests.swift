import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Cursors, pages and filters that no store made are refused, or show no more than their user's own.
@Suite(.database)
struct ForgedCursorTests {
    @Test(
        arguments: Backend.all,
        ["", "\0", "a\0b", String(repeating: "x", count: 256), String(repeating: "é", count: 128)])
    func aCursorThatNoFeedCanHaveReturnedIsRefused(_ backend: Backend, id: String) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        await expectInvalid("cursor") {
            _ = try await inbox.store.notifications.feed(user: inbox.user, before: FeedCursor(createdAt: inbox.clock.now(), id: id))
        }
    }

    @Test(
        arguments: Backend.all,
        ["' OR TRUE --", "zzz", "\u{10FFFF}", "0", "%", "{\"user_id\":\"other\"}", "other', 'x"])
    func aCursorOfOnesOwnMakingShowsOnlyOnesOwn(_ backend: Backend, id: String) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)
        let far = inbox.clock.now() + .seconds(1_000)

        let all = try await inbox.store.notifications.feed(user: inbox.user, before: FeedCursor(createdAt: far, id: id))
        let none = try await inbox.store.notifications.feed(user: inbox.user, before: FeedCursor(createdAt: .epoch, id: id))

        #expect(all.items == inbox.notifications.reversed())
        #expect(none.items.isEmpty && none.next == nil)
    }

    @Test(arguments: Backend.all)
    func theCursorOfAnotherUserShowsOnlyOnesOwn(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        let part = try await inbox.store.notifications.feed(user: inbox.user, before: inbox.othersNotification.cursor)

        #expect(part.items.allSatisfy { $0.userID == inbox.user })
    }

    @Test(arguments: Backend.all, ["]", "{\"visibility\":\"global\"}", "private\") OR TRUE --", "[\"private\"]"])
    func aTagThatLooksLikeAFilterIsATag(_ backend: Backend, tag: String) async throws {
        let scene = try await TwoTenants.make(on: backend)
        let viewer = CatalogViewer.member(of: [scene.ours.team])

        #expect(try await scene.store.catalog.servers(withAllTags: [tag], viewer: viewer, page: .first) == [])
        #expect(try await scene.store.catalog.servers(withAnyTag: [tag], viewer: viewer, page: .first) == [])
        #expect(try await scene.store.catalog.list(viewer: viewer, filter: CatalogFilter(anyTag: [tag])).total == 0)
    }
}
