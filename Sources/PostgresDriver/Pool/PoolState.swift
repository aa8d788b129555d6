/// Who gets which connection: the pool's decisions as a value, without a clock, a socket or a thread of its own.
///
/// Every event is a method that takes the present and appends what has to be done to `actions`. The same events in the same order give the same
/// decisions, so the pool is tested without a server.
///
/// - Callers are served in the order in which they came; a connection is never idle while somebody waits.
/// - There are never more connections, those being opened included, than ``PoolConfiguration/maxConnections``.
/// - After a failed attempt only one further attempt runs at a time, with growing pauses, until one succeeds.
struct PoolState {
    private enum Phase {
        case empty
        case connecting
        case idle(since: MonotonicTime)
        case lent
    }

    private struct Slot {
        var phase = Phase.empty
        var generation = 0
        var expiry = MonotonicTime.distantFuture
    }

    private let configuration: PoolConfiguration
    private var random: SplitMix64
    private var slots: [Slot]
    private var freeSlots: [Int]
    private var idleSlots: [Int] = []
    private var waiters = WaiterQueue()
    private var lentCount = 0
    private var connectingCount = 0
    private var failures = 0
    private var lastFailure = ConnectFailureKind.transient
    private var nextAttempt = MonotonicTime(nanoseconds: .min)
    private(set) var isClosing = false

    /// An empty pool; `seed` decides the jitter.
    init(_ configuration: PoolConfiguration, seed: UInt64) {
        self.configuration = configuration
        random = SplitMix64(seed: seed)
        slots = Array(repeating: Slot(), count: configuration.maxConnections)
        freeSlots = Array((0..<configuration.maxConnections).reversed())
    }

    private var openCount: Int { idleSlots.count + lentCount }

    /// Whether a closing pool has given everything back.
    var isDrained: Bool { openCount == 0 && connectingCount == 0 }

    /// The counts for people who watch.
    var snapshot: PoolSnapshot {
        var snapshot = PoolSnapshot()
        snapshot.open = openCount
        snapshot.idle = idleSlots.count
        snapshot.inUse = lentCount
        snapshot.connecting = connectingCount
        snapshot.waiting = waiters.count
        return snapshot
    }

    // MARK: - Callers

    /// A caller wants a connection, at the latest at `deadline`.
    mutating func acquire(deadline: MonotonicTime, now: MonotonicTime, actions: inout [PoolAction]) -> PoolAnswer {
        guard !isClosing else { return .refuse(.closed) }
        guard deadline > now else { return .refuse(.callDeadline) }
        if let slot = idleSlots.popLast() {
            slots[slot].phase = .lent
            lentCount += 1
            return .lend(id(slot))
        }
        if failures > 0, lastFailure == .permanent, openCount == 0, connectingCount == 0, now < nextAttempt {
            return .refuse(.connectFailed)
        }
        guard waiters.count < configuration.maxWaiters + freeSlots.count + connectingCount else { return .refuse(.tooManyWaiters) }
        let poolDeadline = now + configuration.acquireTimeout
        let waiter = waiters.append(deadline: min(deadline, poolDeadline), isCallDeadline: deadline < poolDeadline)
        openConnections(now: now, actions: &actions)
        return .wait(waiter)
    }

    /// A caller that waited has gone; false if it had been answered before.
    mutating func cancelWaiter(_ waiter: Int) -> Bool {
        waiters.remove(waiter)
    }

    /// A lent connection comes back; `isReusable` says whether it is as good as new.
    mutating func release(_ connection: ConnectionID, isReusable: Bool, now: MonotonicTime, actions: inout [PoolAction]) {
        guard isCurrent(connection), case .lent = slots[connection.slot].phase else { return }
        lentCount -= 1
        if isReusable, !isClosing, now < slots[connection.slot].expiry {
            offer(connection.slot, now: now, actions: &actions)
        } else {
            actions.append(.close(connection))
            vacate(connection.slot)
            openConnections(now: now, actions: &actions)
        }
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
        vacate(connection.slot)
        failures += 1
        lastFailure = kind
        nextAttempt = now + pauseAfterFailure()
        if kind == .permanent, openCount == 0 {
            while let waiter = waiters.popFirst() { actions.append(.refuse(waiter, .connectFailed)) }
        }
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
        case .lent:
            lentCount -= 1
        }
        vacate(connection.slot)
        openConnections(now: now, actions: &actions)
    }

    // MARK: - Time

    /// The next moment at which ``tick(now:actions:)`` has something to do.
    var nextTick: MonotonicTime {
        var next = waiters.earliestDeadline
        for slot in idleSlots {
            next = min(next, slots[slot].expiry)
            if case .idle(let since) = slots[slot].phase, openCount > configuration.minConnections {
                next = min(next, since + configuration.idleTimeout)
            }
        }
        if failures > 0, connectingCount == 0, wantsConnection { next = min(next, nextAttempt) }
        return next
    }

    /// Time has passed: ends waiting, closes what is unused or old, tries again to connect.
    mutating func tick(now: MonotonicTime, actions: inout [PoolAction]) {
        let hasFailed = failures > 0
        waiters.removeExpired(at: now) { waiter, isCallDeadline in
            actions.append(.refuse(waiter, hasFailed ? .connectFailed : isCallDeadline ? .callDeadline : .acquireTimeout))
        }
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
        while let waiter = waiters.popFirst() { actions.append(.refuse(waiter, .closed)) }
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

    private var wantsConnection: Bool {
        !isClosing && !freeSlots.isEmpty
            && (waiters.count > connectingCount || openCount + connectingCount < configuration.minConnections)
    }

    private func id(_ slot: Int) -> ConnectionID {
        ConnectionID(slot: slot, generation: slots[slot].generation)
    }

    private func isCurrent(_ connection: ConnectionID) -> Bool {
        slots.indices.contains(connection.slot) && slots[connection.slot].generation == connection.generation
    }

    private mutating func offer(_ slot: Int, now: MonotonicTime, actions: inout [PoolAction]) {
        if let waiter = waiters.popFirst() {
            slots[slot].phase = .lent
            lentCount += 1
            actions.append(.lend(id(slot), to: waiter))
        } else {
            slots[slot].phase = .idle(since: now)
            idleSlots.append(slot)
        }
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
            guard let slot = freeSlots.popLast() else { return }
            slots[slot].phase = .connecting
            connectingCount += 1
            actions.append(.connect(id(slot)))
        }
    }

    private mutating func pauseAfterFailure() -> Int64 {
        let longest = configuration.maxBackoff.clampedNanoseconds
        guard lastFailure == .transient else { return longest }
        let doubled = configuration.initialBackoff.clampedNanoseconds.multipliedReportingOverflow(by: 1 << min(failures - 1, 20))
        let pause = doubled.overflow ? longest : min(longest, doubled.partialValue)
        return Int64(Double(pause) * (0.75 + 0.5 * random.nextFraction()))
    }
}
