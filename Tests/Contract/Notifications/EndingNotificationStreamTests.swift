import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database, .listening, .timeLimit(.minutes(2)))
struct EndingNotificationStreamTests {
    @Test(arguments: Backend.all)
    func afterAnInterruptionNoneIsMissingAndNoneComesTwice(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        var iterator = try await inbox.store.notifications.stream(user: inbox.user).makeAsyncIterator()
        try await inbox.store.notifications.create(user: inbox.user, title: "before", message: "…")
        #expect(try await iterator.next()?.notification?.title == "before")

        for round in 1...3 {
            inbox.store.interruptStreams()
            try await inbox.store.notifications.create(user: inbox.user, title: "meanwhile \(round)", message: "…")
            let events = [try await iterator.next(), try await iterator.next()].compactMap { $0 }

            #expect(events.count == 2)
            #expect(events.contains(.resumed))
            #expect(events.compactMap(\.notification?.title) == ["meanwhile \(round)"])
        }
        try await inbox.store.notifications.create(user: inbox.user, title: "after", message: "…")
        #expect(try await iterator.next()?.notification?.title == "after")
    }

    @Test(arguments: Backend.all)
    func interruptionsThatFollowEachOtherLoseNothing(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        try await inbox.store.notifications.create(user: inbox.user, title: "before", message: "…")

        var events: [NotificationEvent] = []
        for try await event in stream {
            events.append(event)
            if event.notification?.title == "before" {
                for number in 1...3 {
                    inbox.store.interruptStreams()
                    try await inbox.store.notifications.create(user: inbox.user, title: "\(number)", message: "…")
                }
            }
            if events.contains(.resumed), events.contains(where: { $0.notification?.title == "3" }) { break }
        }

        #expect(events.compactMap(\.notification?.title) == ["before", "1", "2", "3"])
        #expect(!events.contains(.gap))
    }

    @Test(arguments: Backend.all)
    func closingTheStoreEndsTheLoopsWithAnError(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        try await inbox.store.notifications.create(user: inbox.user, title: "1", message: "…")
        let begun = Signal()
        let loop = Task {
            for try await _ in stream { begun.send() }
        }
        await begun.wait()

        await inbox.store.close()

        let closed = DataError(.unavailable, reason: "the store is closed", outcome: .notSent)
        await expectError(closed) { try await loop.value }
        await expectError(closed) { _ = try await stream.first(1) }
        await expectError(closed) { _ = try await inbox.store.notifications.stream(user: inbox.user) }
        #expect(inbox.store.streamLoops == 0)
    }

    @Test(arguments: Backend.all)
    func aCancelledLoopEndsAtOnceAndOthersGoOn(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        try await inbox.store.notifications.create(user: inbox.user, title: "1", message: "…")
        let begun = [Signal(), Signal()]
        let loops = begun.map { begun in
            Task {
                for try await event in stream {
                    begun.send()
                    if event.notification?.title == "2" { break }
                }
            }
        }
        for begun in begun { await begun.wait() }

        loops[0].cancel()
        await expectError(DataError(.cancelled, outcome: .notSent)) { try await loops[0].value }

        try await inbox.store.notifications.create(user: inbox.user, title: "2", message: "…")
        try await loops[1].value
        #expect(inbox.store.streamLoops == 0)
    }

    @Test(arguments: Backend.all)
    func aLoopThatIsLeftLeavesNothingBehind(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        try await inbox.store.notifications.create(user: inbox.user, title: "1", message: "…")

        for _ in 1...20 {
            for try await _ in stream {
                #expect(inbox.store.streamLoops == 1)
                break
            }
            #expect(inbox.store.streamLoops == 0)
        }
    }

    @Test(arguments: Backend.all)
    func afterAnErrorTheSequenceHasEnded(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        await inbox.store.close()
        var iterator = stream.makeAsyncIterator()

        do {
            _ = try await iterator.next()
            Issue.record("Nothing was thrown.")
        } catch {
            #expect(error.kind == .unavailable)
        }
        let next = try await iterator.next()

        #expect(next == nil)
    }

    @Test func aStreamOfKnownEventsTellsThemAndEnds() async throws {
        var events: [NotificationEvent] = []
        for try await event in NotificationStream([.resumed, .gap]) { events.append(event) }

        #expect(events == [.resumed, .gap])
    }
}
