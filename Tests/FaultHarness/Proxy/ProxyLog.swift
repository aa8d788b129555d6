/// What has happened, and who waits for what.
struct ProxyLog {
    /// Somebody who waits for an event.
    private struct Waiter {
        let matches: @Sendable (ProxyEvent) -> Bool
        let what: String
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<ProxyEvent, any Error>
    }

    /// So many lines are kept.
    private static let limit = 20_000

    private(set) var events: [ProxyEvent] = []
    private(set) var lastSequence = 0
    private var waiters: [Int: Waiter] = [:]

    mutating func add(_ kind: ProxyEvent.Kind, link: Int? = nil) {
        lastSequence += 1
        let event = ProxyEvent(sequence: lastSequence, link: link, kind: kind)
        if events.count >= Self.limit { events.removeFirst(Self.limit / 2) }
        events.append(event)
        for (id, waiter) in waiters where waiter.matches(event) {
            waiters[id] = nil
            waiter.continuation.resume(returning: event)
        }
    }

    /// Resumes the continuation with the first such event after a line of the log, now or later.
    mutating func wait(
        _ id: Int, for what: String, after sequence: Int, until deadline: ContinuousClock.Instant,
        matching: @escaping @Sendable (ProxyEvent) -> Bool, _ continuation: CheckedContinuation<ProxyEvent, any Error>
    ) {
        if let event = events.first(where: { $0.sequence > sequence && matching($0) }) {
            continuation.resume(returning: event)
        } else {
            waiters[id] = Waiter(matches: matching, what: what, deadline: deadline, continuation: continuation)
        }
    }

    /// When the first of those who wait gives up.
    var nextDeadline: ContinuousClock.Instant? { waiters.values.map(\.deadline).min() }

    /// Ends the waiting whose time has come; without a time, all of it.
    mutating func expire(at now: ContinuousClock.Instant?, because reason: String = "in time") {
        for (id, waiter) in waiters where now.map({ waiter.deadline <= $0 }) ?? true {
            waiters[id] = nil
            waiter.continuation.resume(throwing: missing(waiter.what, reason))
        }
    }

    /// Ends one's waiting.
    mutating func cancel(_ id: Int) {
        guard let waiter = waiters.removeValue(forKey: id) else { return }
        waiter.continuation.resume(throwing: CancellationError())
    }

    /// The last lines, for a person.
    func text(last count: Int = 60) -> String {
        events.suffix(count).map(\.description).joined(separator: "\n")
    }

    private func missing(_ what: String, _ reason: String) -> ProxyEventMissing {
        ProxyEventMissing(description: "The proxy did not see “\(what)” \(reason). Its log ends so:\n\(text())")
    }
}
