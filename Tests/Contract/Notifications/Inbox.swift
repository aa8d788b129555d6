import DeployStackData
import DeployStackDataTesting
import DeployStackModels

/// A user with some notifications, called 1, 2, 3 and so on, and another user with one.
struct Inbox {
    let store: DataStore
    let clock: ManualTimeSource
    let user: UserID
    let other: UserID
    /// The user's notifications in the order in which they were made, one a second unless all at one moment.
    let notifications: [AppNotification]
    /// The other user's notification.
    let othersNotification: AppNotification

    static func make(on backend: Backend, count: Int, atOneMoment: Bool = false) async throws -> Inbox {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let other = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        var notifications: [AppNotification] = []
        for number in 1...count {
            if !atOneMoment { clock.advance(by: .seconds(1)) }
            notifications.append(try await store.notifications.create(user: user.id, title: "\(number)", message: "…"))
        }
        let others = try await store.notifications.create(user: other.id, title: "other", message: "…")
        return Inbox(store: store, clock: clock, user: user.id, other: other.id, notifications: notifications, othersNotification: others)
    }
}
