import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// The connection that a store's streams share.
@Suite(.database, .requiresServer, .timeLimit(.minutes(3)))
struct ListeningTests {
    @Test func allStreamsOfAStoreShareOneConnectionThatGoesWithTheLastLoop() async throws {
        let scene = try await StreamScene.make()
        let observer = try await ListeningObserver.make()
        #expect(try await observer.listeners().isEmpty)
        var iterators: [NotificationStream.AsyncIterator] = []
        for _ in 0..<10 { iterators.append(try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()) }

        try await scene.notify("first")
        for index in iterators.indices { #expect(try await iterators[index].next()?.title == "first") }

        #expect(scene.store.streamLoops == 10)
        #expect(try await observer.listeners().count == 1)
        iterators.removeLast(9)
        #expect(try await observer.listeners().count == 1)
        iterators.removeAll()
        try await observer.wait(for: "the end of the connection") { try await observer.listeners().isEmpty }
        await observer.close()
    }

    @Test func closingTheStoreClosesTheConnection() async throws {
        let scene = try await StreamScene.make()
        let observer = try await ListeningObserver.make()
        let stream = try await scene.store.notifications.stream(user: scene.user)
        let loop = Task { for try await _ in stream {} }
        try await observer.wait(for: "a connection that listens") { try await observer.listeners().count == 1 }

        await scene.store.close()

        await #expect(throws: DataError.self) { try await loop.value }
        try await observer.wait(for: "the end of the connection") { try await observer.listeners().isEmpty }
        await observer.close()
    }

    @Test func afterItsConnectionWasKilledALoopIsToldAndGoesOn() async throws {
        let scene = try await StreamScene.make()
        let observer = try await ListeningObserver.make()
        var iterator = try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()
        try await scene.notify("1")
        #expect(try await iterator.next()?.title == "1")

        let killed = try await observer.killListeners()
        try await scene.notify("2")
        let events = [try await iterator.next(), try await iterator.next()].compactMap { $0 }

        #expect(killed == 1)
        #expect(events.contains(.resumed))
        #expect(events.compactMap(\.title) == ["2"])
        await observer.close()
    }

    @Test func whatOthersInsertWakesALoopToo() async throws {
        let scene = try await StreamScene.make()
        var iterator = try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()
        try await scene.notify("first")
        #expect(try await iterator.next()?.title == "first")

        for count in [1, 64, 65, 300] {
            try await TestDatabase.lent().run(
                """
                INSERT INTO "notifications" ("id", "user_id", "title", "message")
                SELECT 'by-hand-\(count)-' || n, "id", 'by hand', 'm' FROM "authUser", generate_series(1, \(count)) AS n
                """)
            for _ in 1...count { #expect(try await iterator.next()?.title == "by hand") }
        }
    }

    @Test func behindAPoolerAStreamIsRefusedWithTheReason() async throws {
        var configuration = try await TestDatabase.lent().configuration
        configuration.route = .transactionPooler
        let store = try await DataStore.postgres(configuration)

        do {
            _ = try await store.notifications.stream(user: "user")
            Issue.record("The stream was opened.")
        } catch {
            #expect(error.kind == .configuration)
            #expect(error.outcome == .notSent)
            #expect(error.reason?.contains("directly") == true)
        }
        await store.close()
    }
}
