/// Who gets which connection: the pool's decisions as a value, without a clock, a socket or a thread of its own.
///
/// Every event is a method that takes the present and appends what has to be done to `actions`. The same events in the same order give the same
/// decisions, so the pool is tested without a server.
///
/// - Callers of one kind are served in the order in which they came; those that wait for a lane come first, since one lane serves them all.
/// - A connection is idle while somebody waits only if those who wait are slow statements and as many of them run as may.
/// - There are never more connections, those being opened included, than ``PoolConfiguration/maxConnections``, and at least half of them are no lanes.
/// - After a failed attempt only one further attempt runs at a time, with growing pauses, until one succeeds.
struct PoolState {
    private enum Phase {
        case empty
        case connecting
        case idle(since: MonotonicTime)
        case lent(LoanKind)
    }

    private struct Slot {
        var phase = Phase.empty
        var generation = 0
        var expiry = MonotonicTime.distantFuture
        /// How many failures there had been when the attempt to connect began.
        var failuresBefore = 0
    }

    private let configuration: PoolConfiguration
    /// The most lanes at once.
    let laneLimit: Int
    private let slowLimit: Int
    /// How long a slow statement waits for others of its kind before it runs beyond their limit.
    private let slowPatience: Int64
    private var random: SplitMix64
    private var slots: [Slot]
    private var freeSlots: [Int]
    private var idleSlots: [Int] = []
    private var waiters = WaiterQueue()
    private var slowWaiters = WaiterQueue()
    /// Slow statements that have waited so long that the limit of their kind counts for them no more.
    private var patientWaiters = WaiterQueue()
    private var laneWaiters = WaiterQueue()
    private var lastWaiter = 0
    private var lentCount = 0
    private var slowCount = 0
    private(set) var laneCount = 0
    /// How many lanes there should be.
    private var lanesWanted = 0
    private var connectingCount = 0
    private var failures = 0
    private var lastFailure = ConnectFailureKind.transient
    private var nextAttempt = MonotonicTime(nanoseconds: .min)
    private(set) var isClosing = false

    /// An empty pool; `seed` decides the jitter.
    init(_ configuration: PoolConfiguration, processors: Int = 2, seed: UInt64) {
        self.configuration = configuration
        laneLimit = configuration.multiplexing.laneLimit(connections: configuration.maxConnections, processors: processors)
        slowLimit = configuration.multiplexing.slowLimit(processors: processors)
        slowPatience = configuration.acquireTimeout.clampedNanoseconds / 2
        random = SplitMix64(seed: seed)
        slots = Array(repeating: Slot(), count: configuration.maxConnections)
        freeSlots = Array((0..<configuration.maxConnections).reversed())
    }

    private var openCount: Int { idleSlots.count + lentCount }

    private var waiterCount: Int { waiters.count + slowWaiters.count + patientWaiters.count + laneWaiters.count }

    /// Whether a closing pool has given everything back.
    var isDrained: Bool { openCount == 0 && connectingCount == 0 }

    /// Whether anybody waits for a lane.
    var hasLaneWaiters: Bool { laneWaiters.count > 0 }

    /// The number of callers that wait for a lane.
    var laneWaiterCount: Int { laneWaiters.count }

    /// The counts for people who watch.
    var snapshot: PoolSnapshot {
        var snapshot = PoolSnapshot()
        snapshot.open = openCount
        snapshot.idle = idleSlots.count
        snapshot.inUse = lentCount
        snapshot.lanes = laneCount
        snapshot.connecting = connectingCount
        snapshot.waiting = waiterCount
        return snapshot
    }

    // MARK: - Callers

    /// A caller wants a connection, at the latest at `deadline`. Whoever asks for a lane always waits; see ``wantLanes(_:now:actions:)``.
    ///
    /// - Parameter arrival: Since when it has waited, if it waited for another kind before; nil: since now.
    mutating func acquire(
        _ kind: LoanKind = .exclusive, since arrival: MonotonicTime? = nil, deadline: MonotonicTime, now: MonotonicTime, actions: inout [PoolAction]
    ) -> PoolAnswer {
        guard !isClosing else { return .refuse(.closed) }
        guard deadline > now else { return .refuse(.callDeadline) }
        if kind != .lane, kind != .slow || slowCount < slowLimit, let slot = idleSlots.popLast() {
            lend(slot, for: kind)
            return .lend(id(slot))
        }
        if failures > 0, lastFailure == .permanent, openCount == 0, connectingCount == 0, now < nextAttempt {
            return .refuse(.connectFailed)
        }
        guard waiterCount < configuration.maxWaiters + freeSlots.count + connectingCount else { return .refuse(.tooManyWaiters) }
        let arrival = arrival ?? now
        let poolDeadline = arrival + configuration.acquireTimeout
        lastWaiter += 1
        let (limit, isCallDeadline) = (min(deadline, poolDeadline), deadline < poolDeadline)
        switch kind {
        case .exclusive: waiters.append(lastWaiter, arrival: arrival, deadline: limit, isCallDeadline: isCallDeadline)
        case .slow: slowWaiters.append(lastWaiter, arrival: arrival, deadline: limit, isCallDeadline: isCallDeadline)
        case .lane: laneWaiters.append(lastWaiter, arrival: arrival, deadline: limit, isCallDeadline: isCallDeadline)
        }
        openConnections(now: now, actions: &actions)
        return .wait(lastWaiter)
    }

    /// A caller that waited has gone; false if it had been answered before.
    mutating func cancelWaiter(_ waiter: Int) -> Bool {
        waiters.remove(waiter) || slowWaiters.remove(waiter) || patientWaiters.remove(waiter) || laneWaiters.remove(waiter)
    }

    /// Takes the caller that has waited longest for a lane, because there is room on one.
    mutating func takeLaneWaiter() -> Int? {
        laneWaiters.popFirst()
    }

    /// Says how many lanes there should be: idle connections become lanes at once, missing ones are opened.
    mutating func wantLanes(_ count: Int, now: MonotonicTime, actions: inout [PoolAction]) {
        lanesWanted = min(count, laneLimit)
        while laneCount < lanesWanted, !isClosing, let slot = idleSlots.popLast() {
            lend(slot, for: .lane)
            actions.append(.lendLane(id(slot)))
        }
        openConnections(now: now, actions: &actions)
    }

    /// A lent connection comes back; `isReusable` says whether it is as good as new.
    mutating func release(_ connection: ConnectionID, isReusable: Bool, now: MonotonicTime, actions: inout [PoolAction]) {
        guard isCurrent(connection), case .lent(let kind) = slots[connection.slot].phase else { return }
        takeBack(kind)
        if isReusable, !isClosing, now < slots[connection.slot].expiry {
            offer(connection.slot, now: now, actions: &actions)
        } else {
            actions.append(.close(connection))
            vacate(connection.slot)
        }
        serveWaiters(actions: &actions)
        openConnections(now: now, actions: &actions)
    }

    /// Whether a connection has reached the age at which it is replaced.
    func isExpired(_ connection: ConnectionID, now: MonotonicTime) -> Bool {
        isCurrent(connection) && slots[connection.slot].expiry <= now
    }

    // MARK: - Connections

    /// An attempt to connect has succeeded; false if nobody wants the connection any more.
    mutating func connected(_ connection: ConnectionID, now: MonotonicTime, actions: inout [PoolAction]) -> Bool {
        guard isCurrent(connection), case .connecting = slots[connection.slot].phase else { return false }
        connectingCount -= 1
        failures = 0
        let lifetime = Double(configuration.maxLifetime.clampedNanoseconds) * (1 - configuration.lifetimeJitter * random.nextFraction())
        slots[connection.slot].expiry = now + Int64(lifetime)
        offer(connection.slot, now: now, actions: &actions)
        openConnections(now: now, actions: &actions)
        return true
    }

    /// An attempt to connect has failed.
    mutating func connectFailed(_ connection: ConnectionID, _ kind: ConnectFailureKind, now: MonotonicTime, actions: inout [PoolAction]) {
        guard isCurrent(connection), case .connecting = slots[connection.slot].phase else { return }
        connectingCount -= 1
        lastFailure = kind
        // Attempts that were under way together fail together. That is one failure and no reason for longer pauses.
        if slots[connection.slot].failuresBefore == failures {
            failures += 1
            nextAttempt = now + pauseAfterFailure()
        } else if kind == .permanent {
            nextAttempt = max(nextAttempt, now + pauseAfterFailure())
        }
        vacate(connection.slot)
        if kind == .permanent, openCount == 0 { refuseEveryone(.connectFailed, actions: &actions) }
        openConnections(now: now, actions: &actions)
    }

    /// An open connection broke, whether lent or idle; its owner has closed it already.
    mutating func lost(_ connection: ConnectionID, now: MonotonicTime, actions: inout [PoolAction]) {
        guard isCurrent(connection) else { return }
        switch slots[connection.slot].phase {
        case .empty, .connecting:
            return
        case .idle:
            idleSlots.removeAll { $0 == connection.slot }
        case .lent(let kind):
            takeBack(kind)
        }
        vacate(connection.slot)
        serveWaiters(actions: &actions)
        openConnections(now: now, actions: &actions)
    }

    // MARK: - Time

    /// The next moment at which ``tick(now:actions:)`` has something to do.
    var nextTick: MonotonicTime {
        mutating get {
            var next = min(
                min(waiters.earliestDeadline, laneWaiters.earliestDeadline), min(slowWaiters.earliestDeadline, patientWaiters.earliestDeadline))
            for slot in idleSlots {
                next = min(next, slots[slot].expiry)
                if case .idle(let since) = slots[slot].phase, openCount > configuration.minConnections {
                    next = min(next, since + configuration.idleTimeout)
                }
            }
            if let first = slowWaiters.first { next = min(next, first.arrival + slowPatience) }
            if failures > 0, connectingCount == 0, wantsConnection { next = min(next, nextAttempt) }
            return next
        }
    }

    /// Time has passed: ends waiting, closes what is unused or old, tries again to connect.
    mutating func tick(now: MonotonicTime, actions: inout [PoolAction]) {
        let hasFailed = failures > 0
        let refuse = { (waiter: Int, isCallDeadline: Bool, actions: inout [PoolAction]) in
            actions.append(.refuse(waiter, hasFailed ? .connectFailed : isCallDeadline ? .callDeadline : .acquireTimeout))
        }
        waiters.removeExpired(at: now) { refuse($0, $1, &actions) }
        slowWaiters.removeExpired(at: now) { refuse($0, $1, &actions) }
        patientWaiters.removeExpired(at: now) { refuse($0, $1, &actions) }
        laneWaiters.removeExpired(at: now) { refuse($0, $1, &actions) }
        while let first = slowWaiters.first, first.arrival + slowPatience <= now { slowWaiters.moveFirst(to: &patientWaiters) }
        serveWaiters(actions: &actions)
        for slot in idleSlots {
            guard case .idle(let since) = slots[slot].phase else { continue }
            let isUnused = since + configuration.idleTimeout <= now && openCount > configuration.minConnections
            guard isUnused || slots[slot].expiry <= now else { continue }
            idleSlots.removeAll { $0 == slot }
            actions.append(.close(id(slot)))
            vacate(slot)
        }
        openConnections(now: now, actions: &actions)
    }

    /// Ends the pool: callers that wait are told, unused connections close, lent ones close when they come back.
    mutating func close(actions: inout [PoolAction]) {
        guard !isClosing else { return }
        isClosing = true
        refuseEveryone(.closed, actions: &actions)
        for slot in slots.indices {
            switch slots[slot].phase {
            case .empty, .lent:
                continue
            case .connecting:
                connectingCount -= 1
                actions.append(.abandon(id(slot)))
            case .idle:
                actions.append(.close(id(slot)))
            }
            vacate(slot)
        }
        idleSlots.removeAll()
    }

    // MARK: - Inside

    /// The callers that could have a connection if there were one.
    private var servableCount: Int {
        waiters.count + patientWaiters.count + min(slowWaiters.count, max(0, slowLimit - slowCount))
    }

    private var wantsConnection: Bool {
        guard !isClosing, !freeSlots.isEmpty else { return false }
        let missingLanes = max(laneWaiters.count > 0 && laneCount == 0 ? 1 : 0, lanesWanted - laneCount - idleSlots.count)
        return servableCount + max(0, missingLanes) > connectingCount || openCount + connectingCount < configuration.minConnections
    }

    private func id(_ slot: Int) -> ConnectionID {
        ConnectionID(slot: slot, generation: slots[slot].generation)
    }

    private func isCurrent(_ connection: ConnectionID) -> Bool {
        slots.indices.contains(connection.slot) && slots[connection.slot].generation == connection.generation
    }

    private mutating func lend(_ slot: Int, for kind: LoanKind) {
        slots[slot].phase = .lent(kind)
        lentCount += 1
        if kind == .slow { slowCount += 1 }
        if kind == .lane { laneCount += 1 }
    }

    private mutating func takeBack(_ kind: LoanKind) {
        lentCount -= 1
        if kind == .slow { slowCount -= 1 }
        if kind == .lane {
            laneCount -= 1
            lanesWanted = min(lanesWanted, laneCount)
        }
    }

    /// Gives a free connection to whoever comes first, or keeps it.
    private mutating func offer(_ slot: Int, now: MonotonicTime, actions: inout [PoolAction]) {
        slots[slot].phase = .idle(since: now)
        idleSlots.append(slot)
        serveWaiters(actions: &actions)
    }

    /// Gives free connections to those who wait and may have one.
    private mutating func serveWaiters(actions: inout [PoolAction]) {
        while !isClosing, let slot = idleSlots.last {
            if laneWaiters.count > 0, laneCount < max(1, lanesWanted), laneLimit > 0 {
                idleSlots.removeLast()
                lend(slot, for: .lane)
                actions.append(.lendLane(id(slot)))
            } else if let (waiter, kind) = takeWaiter() {
                idleSlots.removeLast()
                lend(slot, for: kind)
                actions.append(.lend(id(slot), to: waiter))
            } else {
                return
            }
        }
    }

    /// Takes the caller that has waited longest of those who may have a connection.
    private mutating func takeWaiter() -> (Int, LoanKind)? {
        let exclusive = waiters.first?.id ?? .max
        let patient = patientWaiters.first?.id ?? .max
        let slow = slowCount < slowLimit ? slowWaiters.first?.id ?? .max : .max
        let earliest = min(exclusive, min(patient, slow))
        guard earliest < .max else { return nil }
        if earliest == exclusive { return waiters.popFirst().map { ($0, .exclusive) } }
        if earliest == patient { return patientWaiters.popFirst().map { ($0, .slow) } }
        return slowWaiters.popFirst().map { ($0, .slow) }
    }

    private mutating func refuseEveryone(_ refusal: PoolRefusal, actions: inout [PoolAction]) {
        while let waiter = waiters.popFirst() { actions.append(.refuse(waiter, refusal)) }
        while let waiter = patientWaiters.popFirst() { actions.append(.refuse(waiter, refusal)) }
        while let waiter = slowWaiters.popFirst() { actions.append(.refuse(waiter, refusal)) }
        while let waiter = laneWaiters.popFirst() { actions.append(.refuse(waiter, refusal)) }
    }

    private mutating func vacate(_ slot: Int) {
        slots[slot].phase = .empty
        slots[slot].generation += 1
        freeSlots.append(slot)
    }

    private mutating func openConnections(now: MonotonicTime, actions: inout [PoolAction]) {
        while wantsConnection {
            if failures > 0 {
                // One attempt at a time until one succeeds: a server that is starting up or full is not helped by twenty.
                guard connectingCount == 0, now >= nextAttempt else { return }
            }
            guard connectingCount < mostConnecting else { return }
            guard let slot = freeSlots.popLast() else { return }
            slots[slot].phase = .connecting
            slots[slot].failuresBefore = failures
            connectingCount += 1
            actions.append(.connect(id(slot)))
        }
    }

    /// The most attempts that are under way at once. When all connections are lost together, the first wave of attempts usually meets a server that is
    /// not ready, and the second one a server that has everybody to serve at the same time.
    private var mostConnecting: Int { max(4, (configuration.maxConnections + 1) / 2) }

    private mutating func pauseAfterFailure() -> Int64 {
        guard lastFailure == .transient else { return configuration.refusedBackoff.clampedNanoseconds }
        let longest = configuration.maxBackoff.clampedNanoseconds
        let doubled = configuration.initialBackoff.clampedNanoseconds.multipliedReportingOverflow(by: 1 << min(failures - 1, 20))
        let pause = doubled.overflow ? longest : min(longest, doubled.partialValue)
        return Int64(Double(pause) * (0.75 + 0.5 * random.nextFraction()))
    }
}
