import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct AllNotificationsTests {
    @Test(arguments: Backend.all, [false, true])
    func everyNotificationOfTheUserComesOnceNewestFirst(_ backend: Backend, atOneMoment: Bool) async throws {
        let inbox = try await Inbox.make(on: backend, count: 7, atOneMoment: atOneMoment)

        let all = try await inbox.store.notifications.allNotifications(user: inbox.user).collected()

        #expect(all == inbox.notifications.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) })
    }

    @Test(arguments: Backend.all)
    func manyNotificationsComeCompletelyAndInOrder(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 1_536)

        let titles = try await crowd.store.notifications.allNotifications(user: crowd.user).collected().map(\.title)

        #expect(titles == (1...1_536).reversed().map(String.init))
    }

    @Test(arguments: Backend.all)
    func usersWithoutNotificationsAndUnknownOnesHaveNone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for user: UserID in [scene.owner.id, "nobody", "", "a\0b"] {
            #expect(try await scene.store.notifications.allNotifications(user: user).collected().isEmpty)
        }
    }

    @Test(arguments: Backend.all)
    func whatHappensDuringTheLoopIsNotSeenByIt(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 600)

        var titles: [String] = []
        for try await notification in crowd.store.notifications.allNotifications(user: crowd.user) {
            titles.append(notification.title)
            guard titles.count == 1 else { continue }
            try await crowd.store.notifications.create(user: crowd.user, title: "new", message: "…")
            try await crowd.store.notifications.markAllRead(user: crowd.user)
            #expect(try await crowd.store.users.deleteUser(crowd.user))
        }

        #expect(titles == (1...600).reversed().map(String.init))
        #expect(try await crowd.store.notifications.allNotifications(user: crowd.user).collected().isEmpty)
    }

    @Test(arguments: Backend.all)
    func eachLoopReadsAnew(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 2)
        let stream = inbox.store.notifications.allNotifications(user: inbox.user)

        let first = try await stream.collected()
        try await inbox.store.notifications.delete(first[0].id, user: inbox.user)

        #expect(try await stream.collected() == [first[1]])
    }
}

/// A user with very many notifications, called 1, 2, 3 and so on.
struct CrowdedInbox {
    let store: DataStore
    let user: UserID

    static func make(on backend: Backend, count: Int) async throws -> CrowdedInbox {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        _ = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        try await store.transaction { store in
            for number in 1...count {
                clock.advance(by: .seconds(1))
                try await store.notifications.create(user: user.id, title: "\(number)", message: "…")
            }
        }
        return CrowdedInbox(store: store, user: user.id)
    }
}

extension AsyncSequence where Failure == DataError {
    /// All values of the sequence.
    func collected() async throws(DataError) -> [Element] {
        var values: [Element] = []
        for try await value in self { values.append(value) }
        return values
    }
}
