import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct LeavingStreamsTests {
    @Test(arguments: Backend.all)
    func aLoopCanBeLeftAtAnyPointAsOftenAsOneLikes(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 700)

        for count in [1, 63, 64, 65, 319, 320, 321, 699] + Array(repeating: 300, count: 60) {
            var seen = 0
            for try await _ in crowd.store.notifications.allNotifications(user: crowd.user) {
                seen += 1
                if seen == count { break }
            }
            #expect(seen == count)
        }

        #expect(try await crowd.store.notifications.allNotifications(user: crowd.user).collected().count == 700)
        #expect(try await crowd.store.notifications.unreadCount(user: crowd.user) == 700)
    }

    @Test(arguments: Backend.all)
    func aCancelledTaskStopsAtTheNextFetchAndTheStoreGoesOn(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 700)
        let (begun, cancelled) = (Signal(), Signal())
        let reader = Task { () -> (Int, DataError?) in
            var seen = 0
            do throws(DataError) {
                for try await _ in crowd.store.notifications.allNotifications(user: crowd.user) {
                    seen += 1
                    guard seen == 1 else { continue }
                    begun.send()
                    await cancelled.wait()
                }
                return (seen, nil)
            } catch {
                return (seen, error)
            }
        }

        await begun.wait()
        reader.cancel()
        cancelled.send()
        let (seen, error) = await reader.value

        #expect(error?.kind == .cancelled)
        #expect(seen < 700)
        #expect(try await crowd.store.notifications.allNotifications(user: crowd.user).collected().count == 700)
    }

    @Test(arguments: Backend.all)
    func aTaskThatIsCancelledBeforehandGetsNothing(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        let cancelled = Signal()

        let task = Task {
            await cancelled.wait()
            return try await inbox.store.notifications.allNotifications(user: inbox.user).collected()
        }
        task.cancel()
        cancelled.send()

        await expectError(DataError(.cancelled, outcome: .notSent)) { _ = try await task.value }
    }

    @Test(arguments: Backend.all)
    func inATransactionOtherCallsCanBeMadeDuringTheLoop(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 600)

        let (seen, unread) = try await crowd.store.transaction { store in
            try await store.notifications.create(user: crowd.user, title: "own", message: "…")
            var seen: [String] = []
            for try await notification in store.notifications.allNotifications(user: crowd.user) {
                seen.append(notification.title)
                if seen.count.isMultiple(of: 100) { try await store.notifications.markRead(notification.id, user: crowd.user) }
            }
            return (seen, try await store.notifications.unreadCount(user: crowd.user))
        }

        #expect(seen.count == 601)
        #expect(seen.contains("own"))
        #expect(unread == 595)
    }

    @Test(arguments: Backend.all)
    func inATransactionALoopCanBeLeftAndTheTransactionGoesOn(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 600)

        try await crowd.store.transaction { store in
            for _ in 1...3 {
                for try await _ in store.notifications.allNotifications(user: crowd.user) { break }
            }
            try await store.transaction { store in
                for try await notification in store.notifications.allNotifications(user: crowd.user) {
                    #expect(try await store.notifications.delete(notification.id, user: crowd.user))
                    break
                }
            }
            #expect(try await store.notifications.allNotifications(user: crowd.user).collected().count == 599)
        }

        #expect(try await crowd.store.notifications.allNotifications(user: crowd.user).collected().count == 599)
    }

    @Test(arguments: Backend.all)
    func aSavepointThatIsUndoneWithALoopUnderWayLeavesTheTransactionUsable(_ backend: Backend) async throws {
        struct Stop: Error {}
        let crowd = try await CrowdedInbox.make(on: backend, count: 600)

        try await crowd.store.transaction { outer in
            for try await _ in outer.notifications.allNotifications(user: crowd.user) { break }
            await #expect(throws: Stop.self) {
                try await outer.transaction { store in
                    for try await _ in store.notifications.allNotifications(user: crowd.user) {
                        try await store.notifications.markAllRead(user: crowd.user)
                        throw Stop()
                    }
                }
            }
            for try await _ in outer.notifications.allNotifications(user: crowd.user) { break }
            #expect(try await outer.notifications.unreadCount(user: crowd.user) == 600)
        }
    }

    @Test(arguments: Backend.all)
    func twoLoopsInOneTransactionDoNotDisturbEachOther(_ backend: Backend) async throws {
        let crowd = try await CrowdedInbox.make(on: backend, count: 600)

        try await crowd.store.transaction { store in
            var second = store.notifications.allNotifications(user: crowd.user).makeAsyncIterator()
            for try await notification in store.notifications.allNotifications(user: crowd.user) {
                let other = try await second.next(isolation: #isolation)
                #expect(other?.id == notification.id)
            }
            #expect(try await second.next(isolation: #isolation) == nil)
        }
    }

    @Test(arguments: Backend.all)
    func theOuterStoreIsRefusedInsideATransaction(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        try await inbox.store.transaction { _ in
            await expectRule(.outerStoreInTransaction) {
                _ = try await inbox.store.notifications.allNotifications(user: inbox.user).collected()
            }
        }
    }

    @Test(arguments: Backend.all)
    func aClosedStoreHasNothingToRead(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)
        let stream = inbox.store.notifications.allNotifications(user: inbox.user)

        await inbox.store.close()

        await expectError(DataError(.unavailable, reason: "the store is closed", outcome: .notSent)) { _ = try await stream.collected() }
    }
}
