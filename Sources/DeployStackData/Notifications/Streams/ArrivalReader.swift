import DeployStackModels

/// Where streams read what has arrived. Both backends have one.
protocol ArrivalSource: Sendable {
    /// A place between what had arrived when it was taken and what had not.
    associatedtype Position: Sendable

    /// The place between what has arrived by now and what has not.
    func present() async throws(DataError) -> Position

    /// Reads what has arrived for a topic since a position, in order.
    func arrivals(_ topic: StreamTopic, since position: Position) async throws(DataError) -> Arrivals<Position>
}

/// A portion of what has arrived.
struct Arrivals<Position: Sendable>: Sendable {
    var notifications: [AppNotification]
    /// Where to go on.
    var next: Position
    /// Whether there may be more without anything new having arrived.
    var hasMore: Bool
    /// Whether the position belongs to the same history as the one before. If not, there are no notifications.
    var isContinuous = true
}

/// Reads a stream's events: waits to be woken, reads from where it stopped, waits again.
struct ArrivalReader<Source: ArrivalSource>: NotificationEventReader {
    private let source: Source
    private let hub: StreamHub
    private let topic: StreamTopic
    private var position: Source.Position
    private var membership: StreamMembership?
    private var events: ArraySlice<NotificationEvent> = []
    private var mustRead = false
    private var mustTellOfInterruption = false
    private var failures = 0

    init(source: Source, hub: StreamHub, topic: StreamTopic, from position: Source.Position) {
        self.source = source
        self.hub = hub
        self.topic = topic
        self.position = position
    }

    mutating func next() async throws(DataError) -> NotificationEvent? {
        while true {
            if let event = events.popFirst() { return event }
            let membership: StreamMembership
            if let known = self.membership {
                membership = known
            } else {
                membership = try hub.join(topic)
                self.membership = membership
            }
            if !mustRead {
                let signals = try await membership.subscription.wait()
                mustRead = true
                if signals.wasInterrupted { mustTellOfInterruption = true }
            }
            do throws(DataError) {
                try await read()
                failures = 0
            } catch {
                // What a read was doing when it was ended from outside matters to nobody.
                if membership.subscription.isClosed { throw .closedStore }
                if error.kind == .cancelled { throw .cancelledBeforeCall }
                guard error.passes else { throw error }
                try await pause()
            }
        }
    }

    private mutating func read() async throws(DataError) {
        let arrivals = try await source.arrivals(topic, since: position)
        position = arrivals.next
        mustRead = arrivals.hasMore
        var events: [NotificationEvent] = []
        if !arrivals.isContinuous {
            events.append(.gap)
        } else if mustTellOfInterruption {
            events.append(.resumed)
        }
        mustTellOfInterruption = false
        events += arrivals.notifications.map { .notification($0) }
        self.events = events[...]
    }

    /// Waits before the next attempt: ten milliseconds, twice as long each time, at most a second.
    private mutating func pause() async throws(DataError) {
        let milliseconds = min(1_000, 10 << min(failures, 7))
        failures += 1
        do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { throw .cancelledBeforeCall }
    }
}

extension DataError {
    /// Whether the same call may succeed soon.
    fileprivate var passes: Bool { kind == .unavailable || kind == .timeout || kind == .conflict }
}
