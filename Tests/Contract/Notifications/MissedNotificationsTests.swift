import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct MissedNotificationsTests {
    @Test(arguments: Backend.all)
    func whatCameAfterANotificationIsGivenOldestFirst(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 5)

        let missed = try await inbox.store.notifications.missed(user: inbox.user, since: inbox.notifications[1].id)

        #expect(missed == Array(inbox.notifications[2...]))
        #expect(try await inbox.store.notifications.missed(user: inbox.user, since: inbox.notifications[4].id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func thoseOfOneMomentAreInOrderOfTheirIdentifiers(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 6, atOneMoment: true)
        let inOrder = inbox.notifications.sorted { $0.id < $1.id }

        let missed = try await inbox.store.notifications.missed(user: inbox.user, since: inOrder[2].id)

        #expect(missed == Array(inOrder[3...]))
    }

    @Test(arguments: Backend.all)
    func withoutAKnownPlaceTheNewestHundredAreGiven(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 103)

        for unknown in ["unknown", inbox.othersNotification.id, "", "a\0b"] {
            let missed = try await inbox.store.notifications.missed(user: inbox.user, since: unknown)
            #expect(missed.map(\.title) == (4...103).map { "\($0)" })
        }

        #expect(try await inbox.store.notifications.missed(user: "nobody", since: inbox.notifications[0].id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func atMostAThousandAreGivenAndTheLastOfThemLeadsOn(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        for number in 2...1_004 {
            inbox.clock.advance(by: .seconds(1))
            _ = try await inbox.store.notifications.create(user: inbox.user, title: "\(number)", message: "…")
        }

        let first = try await inbox.store.notifications.missed(user: inbox.user, since: inbox.notifications[0].id)
        let rest = try await inbox.store.notifications.missed(user: inbox.user, since: try #require(first.last).id)

        #expect(first.map(\.title) == (2...1_001).map { "\($0)" })
        #expect(rest.map(\.title) == ["1002", "1003", "1004"])
    }
}
