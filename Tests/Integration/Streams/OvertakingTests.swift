import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Transactions that commit in another order than that in which they begin, which only PostgreSQL lets them do.
@Suite(.database, .requiresServer, .timeLimit(.minutes(3)))
struct OvertakingTests {
    @Test func aTransactionThatIsOvertakenIsToldWhenItCommits() async throws {
        let scene = try await StreamScene.make()
        var iterator = try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()

        // It takes its number and its time first.
        let slow = try await scene.begin("slow")
        scene.clock.advance(by: .seconds(60))
        for number in 1...3 { try await scene.notify("fast \(number)") }
        for number in 1...3 { #expect(try await iterator.next()?.title == "fast \(number)") }
        try await slow.commit()
        try await scene.notify("last")

        #expect(try await iterator.titles(through: "last") == ["slow", "last"])
    }

    @Test func severalThatOvertakeEachOtherAreToldOnceEach() async throws {
        let scene = try await StreamScene.make()
        var iterator = try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()
        var open: [HeldTransaction] = []
        for number in 0..<4 {
            scene.clock.advance(by: .seconds(1))
            open.append(try await scene.begin("\(number)"))
        }

        var told: [String?] = []
        for number in [2, 0, 3, 1] {
            try await open[number].commit()
            told.append(try await iterator.next()?.title)
        }

        #expect(told == ["2", "0", "3", "1"])
        // Nothing comes twice: what is told next is what arrives next.
        try await scene.notify("last")
        #expect(try await iterator.next()?.title == "last")
    }

    @Test func whatWasInsertedInASavepointIsToldWithItsTransaction() async throws {
        let scene = try await StreamScene.make()
        var iterator = try await scene.store.notifications.stream(user: scene.user).makeAsyncIterator()
        let slow = try await HeldTransaction.begin(scene.store) { store in
            try await store.transaction { _ = try await $0.notifications.create(user: scene.user, title: "inner", message: "…") }
        }
        try await scene.notify("fast")
        #expect(try await iterator.next()?.title == "fast")

        try await slow.commit()

        #expect(try await iterator.next()?.title == "inner")
    }

    @Test func aTransactionThatStaysOpenHoldsNobodyUp() async throws {
        let scene = try await StreamScene.make()
        let stream = try await scene.store.notifications.stream(user: scene.user)
        let slow = try await scene.begin("slow")
        var iterator = stream.makeAsyncIterator()

        // More than are read at once, so that a portion ends in the middle.
        for number in 0..<600 { try await scene.notify("\(number)") }
        for number in 0..<600 { #expect(try await iterator.next()?.title == "\(number)") }
        try await slow.commit()

        #expect(try await iterator.next()?.title == "slow")
    }
}

extension NotificationStream.AsyncIterator {
    /// The titles of what comes next, up to one that is known to come.
    fileprivate mutating func titles(through last: String) async throws -> [String] {
        var titles: [String] = []
        while titles.last != last, let event = try await next(isolation: #isolation) {
            if let title = event.title { titles.append(title) }
        }
        return titles
    }
}
