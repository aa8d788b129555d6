import DeployStackModels
import Synchronization
import Testing

@testable import DeployStackData

/// How the loops of a store share what wakes them.
struct StreamHubTests {
    /// A source that does what a test tells it to.
    private final class Source: WakeUpSource {
        let deliver: @Sendable (StreamHub.Event) -> Void
        private let stopped = Atomic(false)

        init(deliver: @escaping @Sendable (StreamHub.Event) -> Void) {
            self.deliver = deliver
        }

        var isStopped: Bool { stopped.load(ordering: .relaxed) }

        func stop() { stopped.store(true, ordering: .relaxed) }
        func close() async { stop() }
        func interrupt() {}
    }

    /// Starts sources, and fails as often as it is told before.
    private final class Starter: Sendable {
        private let state: Mutex<(failures: Int, sources: [Source])>

        init(failures: Int = 0) {
            state = Mutex((failures, []))
        }

        var sources: [Source] { state.withLock { $0.sources } }

        func start(_ deliver: @escaping @Sendable (StreamHub.Event) -> Void) throws(DataError) -> any WakeUpSource {
            try state.withLock { (state) throws(DataError) in
                guard state.failures == 0 else {
                    state.failures -= 1
                    throw DataError(.configuration, reason: "no threads left", outcome: .notSent)
                }
                let source = Source(deliver: deliver)
                state.sources.append(source)
                return source
            }
        }
    }

    @Test func theSourceIsThereWhileThereAreLoops() throws {
        let starter = Starter()
        let hub = StreamHub(start: starter.start)
        var loops = [try hub.join(.user("a")), try hub.join(.user("a")), try hub.join(.team("t"))]

        #expect(starter.sources.count == 1)
        loops.removeLast(2)
        #expect(!starter.sources[0].isStopped)
        loops.removeAll()
        #expect(starter.sources[0].isStopped)
        #expect(hub.loopCount == 0)
    }

    @Test func aSourceThatCannotBeStartedIsTriedAgainByTheNextLoop() throws {
        let starter = Starter(failures: 1)
        let hub = StreamHub(start: starter.start)

        #expect(throws: DataError.self) { try hub.join(.user("a")) }
        #expect(hub.loopCount == 0)
        let loop = try hub.join(.user("a"))

        #expect(starter.sources.count == 1)
        #expect(hub.loopCount == 1)
        withExtendedLifetime(loop) {}
    }

    @Test func aLoopIsToldOfAnInterruptionOnlyIfItHasListenedBefore() async throws {
        let starter = Starter()
        let hub = StreamHub(start: starter.start)
        let early = try hub.join(.user("a"))
        starter.sources[0].deliver(.listening)
        #expect(try await !early.subscription.wait().wasInterrupted)

        starter.sources[0].deliver(.lost)
        let late = try hub.join(.user("a"))
        starter.sources[0].deliver(.listening)

        #expect(try await early.subscription.wait().wasInterrupted)
        #expect(try await !late.subscription.wait().wasInterrupted)
    }

    @Test func whatAnEarlierSourceStillTellsIsNotHeard() async throws {
        let starter = Starter()
        let hub = StreamHub(start: starter.start)
        var loop: StreamMembership? = try hub.join(.user("a"))
        withExtendedLifetime(loop) {}
        loop = nil
        let later = try hub.join(.user("a"))

        starter.sources[0].deliver(.listening)
        starter.sources[0].deliver(.lost)
        starter.sources[1].deliver(.listening)

        // Had the first source been heard, this would be its second beginning.
        #expect(try await !later.subscription.wait().wasInterrupted)
    }

    @Test func aHubThatGoesStopsItsSource() throws {
        let starter = Starter()
        var hub: StreamHub? = StreamHub(start: starter.start)
        var loop = try hub?.join(.user("a"))
        hub = nil
        #expect(!starter.sources[0].isStopped)

        withExtendedLifetime(loop) {}
        loop = nil

        #expect(starter.sources[0].isStopped)
    }
}
