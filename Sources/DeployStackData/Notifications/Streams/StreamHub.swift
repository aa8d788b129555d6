import DeployStackModels
import PostgresDriver

/// Where the wake-ups of a store's streams come from: a listening connection.
protocol WakeUpSource: Sendable {
    /// Ends it soon.
    func stop()
    /// Ends it and waits for its end.
    func close() async
    /// Breaks it, so that it has to begin again.
    func interrupt()
}

/// All loops over the streams of a store, and the one source of wake-ups that they share.
///
/// The source is there while there are loops. Without a source, on in-memory tables, wake-ups come from the store itself.
final class StreamHub: Sendable {
    /// What a source tells.
    enum Event: Sendable {
        /// Wake-ups are heard from now on.
        case listening
        /// Something may have arrived; without a topic, for anybody.
        case wakeUp(StreamTopic?)
        /// No wake-ups are heard until the next ``listening``.
        case lost
    }

    /// Starts a source that calls the closure with its events, on a thread of its own.
    typealias Start = @Sendable (@escaping @Sendable (Event) -> Void) throws(DataError) -> any WakeUpSource

    private struct Entry {
        let subscription: StreamSubscription
        /// Whether wake-ups were heard since the loop began.
        var hasListened: Bool
    }

    private struct State {
        var entries: [StreamTopic: [Int: Entry]] = [:]
        var nextNumber = 0
        var source: (any WakeUpSource)?
        /// Tells the events of a source apart from those of one before it.
        var generation = 0
        var isListening: Bool
        var isClosed = false
    }

    private let state: Lock<State>
    private let start: Start?

    /// Makes a hub without loops.
    ///
    /// - Parameter start: Starts a source that tells its events to the closure it is given; nil when the store itself wakes its loops.
    init(start: Start? = nil) {
        self.start = start
        state = Lock(State(isListening: start == nil))
    }

    deinit {
        state.withLock { $0.source }?.stop()
    }

    /// Adds a loop, which is woken once as soon as wake-ups are heard.
    ///
    /// - Returns: What keeps the loop registered for as long as it is kept.
    /// - Throws: ``DataError`` of kind `.unavailable` when the store is closed, and what starting the source throws.
    func join(_ topic: StreamTopic) throws(DataError) -> StreamMembership {
        let subscription = StreamSubscription()
        let number = try state.withLock { (state) throws(DataError) -> Int in
            guard !state.isClosed else { throw .closedStore }
            if let start, state.source == nil {
                state.generation += 1
                let generation = state.generation
                // Starting takes no longer than a thread takes to be made, and what the source tells meanwhile waits for the lock.
                state.source = try start { [weak self] event in self?.handle(event, of: generation) }
            }
            state.nextNumber += 1
            state.entries[topic, default: [:]][state.nextNumber] = Entry(subscription: subscription, hasListened: state.isListening)
            if state.isListening { subscription.signal { $0.mayHaveArrived = true } }
            return state.nextNumber
        }
        return StreamMembership(hub: self, topic: topic, number: number, subscription: subscription)
    }

    fileprivate func leave(_ topic: StreamTopic, _ number: Int) {
        let source: (any WakeUpSource)? = state.withLock { state in
            state.entries[topic]?[number] = nil
            if state.entries[topic]?.isEmpty == true { state.entries[topic] = nil }
            guard state.entries.isEmpty, let source = state.source else { return nil }
            state.source = nil
            state.isListening = false
            state.generation += 1
            return source
        }
        source?.stop()
    }

    private func handle(_ event: Event, of generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            Self.handle(event, &state)
        }
    }

    /// Handles an event of the store itself.
    func handle(_ event: Event) {
        state.withLock { Self.handle(event, &$0) }
    }

    private static func handle(_ event: Event, _ state: inout State) {
        switch event {
        case .wakeUp(let topic?):
            for entry in (state.entries[topic] ?? [:]).values { entry.subscription.signal { $0.mayHaveArrived = true } }
        case .wakeUp(nil):
            wakeAll(state)
        case .lost:
            state.isListening = false
            // Each attempt at a new connection is an occasion to look, in case that there is none for long.
            wakeAll(state)
        case .listening:
            state.isListening = true
            for topic in state.entries.keys {
                for (number, entry) in state.entries[topic] ?? [:] {
                    state.entries[topic]?[number]?.hasListened = true
                    entry.subscription.signal { signals in
                        signals.mayHaveArrived = true
                        if entry.hasListened { signals.wasInterrupted = true }
                    }
                }
            }
        }
    }

    private static func wakeAll(_ state: State) {
        for entries in state.entries.values {
            for entry in entries.values { entry.subscription.signal { $0.mayHaveArrived = true } }
        }
    }

    /// Ends all loops; later ones cannot begin.
    func close() async {
        let source = state.withLock { state in
            state.isClosed = true
            for entries in state.entries.values {
                for entry in entries.values { entry.subscription.signal { $0.isClosed = true } }
            }
            defer { state.source = nil }
            return state.source
        }
        await source?.close()
    }

    /// Breaks the source of wake-ups, for tests of what follows.
    func interrupt() {
        guard start == nil else {
            state.withLock { $0.source }?.interrupt()
            return
        }
        handle(.lost)
        handle(.listening)
    }

    /// How many loops there are.
    var loopCount: Int { state.withLock { $0.entries.values.reduce(0) { $0 + $1.count } } }
}

/// A loop's place in a hub. The loop leaves the hub when this goes.
final class StreamMembership: Sendable {
    private let hub: StreamHub
    private let topic: StreamTopic
    private let number: Int
    let subscription: StreamSubscription

    fileprivate init(hub: StreamHub, topic: StreamTopic, number: Int, subscription: StreamSubscription) {
        self.hub = hub
        self.topic = topic
        self.number = number
        self.subscription = subscription
    }

    deinit {
        hub.leave(topic, number)
    }
}
