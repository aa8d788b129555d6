@testable import PostgresDriver

/// Plays random events against the pool's decisions, on a clock of its own, and holds every one of its promises against books that it keeps itself.
///
/// Everything follows from the seed: equal seeds give equal storms.
struct PoolStorm {
    private enum Slot: Equatable {
        case empty
        case connecting
        case idle
        case lent(LoanKind)
    }

    private struct Waiter {
        let id: Int
        let arrival: MonotonicTime
        let deadline: MonotonicTime
    }

    private let configuration: PoolConfiguration
    private let slowLimit: Int
    private let patience: Duration
    private var random: SplitMix64
    private var pool: PoolState
    private var now = MonotonicTime(nanoseconds: 0)
    private var actions: [PoolAction] = []

    // The books.
    private var slots: [Slot]
    private var generations: [Int]
    private var open = 0
    private var connecting = 0
    private var idle = 0
    private var lanes = 0
    private var slow = 0
    private var lanesWanted = 0
    private var exclusiveWaiters: [Waiter] = []
    private var slowWaiters: [Waiter] = []
    private var laneWaiters: [Waiter] = []
    private var isClosed = false

    /// The first promise that was broken.
    private(set) var problem: String?
    /// How many callers got a connection or a place on a lane.
    private(set) var served = 0
    private(set) var events = 0

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        let connections = Int.random(in: 1...8, using: &random)
        configuration = PoolConfiguration(
            maxConnections: connections, minConnections: Int.random(in: 0...1, using: &random), idleTimeout: .milliseconds(300),
            acquireTimeout: .milliseconds(500), maxLifetime: .seconds(2), lifetimeJitter: 0.3, maxWaiters: Int.random(in: 0...12, using: &random),
            initialBackoff: .milliseconds(5), maxBackoff: .milliseconds(80),
            multiplexing: Multiplexing(maxSlowStatements: Int.random(in: 1...4, using: &random)))
        let processors = Int.random(in: 1...4, using: &random)
        pool = PoolState(configuration, processors: processors, seed: seed)
        slowLimit = configuration.multiplexing.slowLimit(processors: processors)
        patience = configuration.acquireTimeout / 2
        slots = Array(repeating: .empty, count: connections)
        generations = Array(repeating: 0, count: connections)
    }

    /// Plays so many events, then lets the server be well and callers give back, and closes the pool.
    mutating func run(events count: Int) {
        while events < count, problem == nil { step() }
        settle()
        close()
    }

    private mutating func step() {
        events += 1
        let number = random.next()
        let choice = Int(number >> 8 & 0xFFFF)
        switch Int(number & 0x7F) {
        case 0..<28: acquire(.exclusive, choice)
        case 28..<38: acquire(.slow, choice)
        case 38..<46: acquire(.lane, choice)
        case 46..<78: giveBack(choice)
        case 78..<92: finishAttempt(choice)
        case 92..<97: lose(choice)
        case 97..<102: leave(choice)
        case 102..<105: repeatOldEvent(choice)
        case 105..<108: wantLanes(choice % 4)
        case 108..<114: boardLane()
        default: advance(choice % 60)
        }
        check()
    }

    // MARK: - Events

    private mutating func acquire(_ kind: LoanKind, _ choice: Int) {
        let deadline = now + Duration.milliseconds(choice % 1_000)
        switch pool.acquire(kind, deadline: deadline, now: now, actions: &actions) {
        case .lend(let id):
            if kind == .lane { note("gave a lane at once") }
            if !exclusiveWaiters.isEmpty || (kind == .slow && !slowWaiters.isEmpty) { note("lent past those who wait") }
            if kind == .slow, slow >= slowLimit { note("ran too many slow statements") }
            lend(id, kind)
        case .wait(let id):
            let waiter = Waiter(id: id, arrival: now, deadline: min(deadline, now + configuration.acquireTimeout))
            switch kind {
            case .exclusive: exclusiveWaiters.append(waiter)
            case .slow: slowWaiters.append(waiter)
            case .lane: laneWaiters.append(waiter)
            }
        case .refuse: break
        }
        perform()
        // What the reactor does: as long as somebody wants a lane, it says how many there should be.
        if kind == .lane, !isClosed { wantLanes(max(1, lanesWanted)) }
    }

    private mutating func giveBack(_ choice: Int) {
        guard let slot = slot(choice, where: { if case .lent = $0 { true } else { false } }) else { return }
        release(slot, isReusable: choice & 3 != 0)
    }

    private mutating func release(_ slot: Int, isReusable: Bool) {
        takeBack(slot)
        slots[slot] = .idle
        idle += 1
        open += 1
        pool.release(id(slot), isReusable: isReusable, now: now, actions: &actions)
        perform()
    }

    private mutating func finishAttempt(_ choice: Int) {
        guard let slot = slot(choice, where: { $0 == .connecting }) else { return }
        if choice % 3 > 0 { return connect(slot) }
        let id = id(slot)
        vacate(slot)
        pool.connectFailed(id, choice & 4 == 0 ? .transient : .permanent, now: now, actions: &actions)
        perform()
    }

    private mutating func connect(_ slot: Int) {
        connecting -= 1
        slots[slot] = .idle
        idle += 1
        open += 1
        if !pool.connected(id(slot), now: now, actions: &actions) { note("refused a connection that was asked for") }
        perform()
    }

    private mutating func lose(_ choice: Int) {
        guard let slot = slot(choice, where: { $0 != .empty && $0 != .connecting }) else { return }
        let id = id(slot)
        vacate(slot)
        pool.lost(id, now: now, actions: &actions)
        perform()
    }

    private mutating func leave(_ choice: Int) {
        let waiter: Waiter
        switch choice % 3 {
        case 0 where !exclusiveWaiters.isEmpty: waiter = exclusiveWaiters.remove(at: choice % exclusiveWaiters.count)
        case 1 where !slowWaiters.isEmpty: waiter = slowWaiters.remove(at: choice % slowWaiters.count)
        case 2 where !laneWaiters.isEmpty: waiter = laneWaiters.remove(at: choice % laneWaiters.count)
        default: return
        }
        if !pool.cancelWaiter(waiter.id) { note("did not know a waiting caller") }
        if pool.cancelWaiter(waiter.id) { note("let a caller leave twice") }
    }

    /// Events of connections that are gone come late, and count for nothing.
    private mutating func repeatOldEvent(_ choice: Int) {
        let slot = choice % slots.count
        guard generations[slot] > 0 else { return }
        let old = ConnectionID(slot: slot, generation: generations[slot] - 1)
        if pool.connected(old, now: now, actions: &actions) { note("took a connection that was given up") }
        pool.release(old, isReusable: true, now: now, actions: &actions)
        pool.lost(old, now: now, actions: &actions)
        pool.connectFailed(old, .permanent, now: now, actions: &actions)
        if !actions.isEmpty { note("listened to a connection that is gone") }
        actions.removeAll(keepingCapacity: true)
    }

    private mutating func wantLanes(_ count: Int) {
        lanesWanted = min(count, pool.laneLimit)
        pool.wantLanes(count, now: now, actions: &actions)
        perform()
    }

    private mutating func boardLane() {
        guard lanes > 0, !laneWaiters.isEmpty else { return }
        if pool.takeLaneWaiter() != laneWaiters.removeFirst().id { note("took another than the first who waits for a lane") }
        served += 1
    }

    private mutating func advance(_ milliseconds: Int) {
        now = now + Duration.milliseconds(milliseconds)
        pool.tick(now: now, actions: &actions)
        perform()
        for waiter in exclusiveWaiters where waiter.deadline <= now { note("let caller \(waiter.id) wait past its time") }
        for waiter in slowWaiters where waiter.deadline <= now { note("let slow caller \(waiter.id) wait past its time") }
        for waiter in laneWaiters where waiter.deadline <= now { note("let caller \(waiter.id) wait for a lane past its time") }
    }

    /// With a healthy server and callers that give back, everybody is served or told in the end.
    private mutating func settle() {
        for _ in 0..<10_000 where problem == nil && !(isQuiet) {
            for slot in slots.indices {
                switch slots[slot] {
                case .connecting: connect(slot)
                case .lent(.lane):
                    while lanes > 0, !laneWaiters.isEmpty { boardLane() }
                    if slots[slot] == .lent(.lane) { release(slot, isReusable: true) }
                case .lent: release(slot, isReusable: true)
                case .idle, .empty: break
                }
                check()
            }
            now = max(now, min(pool.nextTick, now + Duration.milliseconds(10)))
            advance(0)
        }
        if problem == nil, !isQuiet { note("callers wait for ever") }
    }

    private var isQuiet: Bool {
        exclusiveWaiters.isEmpty && slowWaiters.isEmpty && laneWaiters.isEmpty && connecting == 0 && open == idle
    }

    private mutating func close() {
        guard problem == nil else { return }
        for kind in [LoanKind.exclusive, .slow, .lane] { acquire(kind, 999) }
        isClosed = true
        pool.close(actions: &actions)
        perform()
        if !exclusiveWaiters.isEmpty || !slowWaiters.isEmpty || !laneWaiters.isEmpty { note("closed without telling those who wait") }
        for slot in slots.indices {
            if case .lent = slots[slot] { release(slot, isReusable: true) }
        }
        if open != 0 || connecting != 0 || !pool.isDrained { note("kept connections after closing") }
        check()
    }

    // MARK: - The books

    private mutating func perform() {
        var next = 0
        while next < actions.count {
            switch actions[next] {
            case .connect(let id):
                if slots[id.slot] != .empty || id.generation != generations[id.slot] { note("connected \(id) where there is one") }
                slots[id.slot] = .connecting
                connecting += 1
            case .abandon(let id):
                if slots[id.slot] != .connecting { note("gave up \(id), which is not being opened") }
                vacate(id.slot)
            case .lend(let id, let waiter):
                serve(id, waiter)
            case .lendLane(let id):
                lend(id, .lane)
            case .refuse(let waiter, _):
                refuse(waiter)
            case .close(let id):
                if slots[id.slot] != .idle || id.generation != generations[id.slot] { note("closed \(id), which is in use") }
                vacate(id.slot)
            }
            next += 1
        }
        actions.removeAll(keepingCapacity: true)
    }

    private mutating func serve(_ id: ConnectionID, _ waiter: Int) {
        if exclusiveWaiters.first?.id == waiter {
            exclusiveWaiters.removeFirst()
            lend(id, .exclusive)
        } else if let first = slowWaiters.first, first.id == waiter {
            slowWaiters.removeFirst()
            if slow >= slowLimit, first.arrival + patience > now { note("ran a slow statement beyond the limit before its patience was over") }
            lend(id, .slow)
        } else {
            note("served \(waiter) out of turn")
        }
        served += 1
    }

    private mutating func refuse(_ waiter: Int) {
        if let index = exclusiveWaiters.firstIndex(where: { $0.id == waiter }) {
            exclusiveWaiters.remove(at: index)
        } else if let index = slowWaiters.firstIndex(where: { $0.id == waiter }) {
            slowWaiters.remove(at: index)
        } else if let index = laneWaiters.firstIndex(where: { $0.id == waiter }) {
            laneWaiters.remove(at: index)
        } else {
            note("told \(waiter) twice")
        }
    }

    private mutating func lend(_ id: ConnectionID, _ kind: LoanKind) {
        if slots[id.slot] != .idle || id.generation != generations[id.slot] { note("lent \(id), which is not free") }
        slots[id.slot] = .lent(kind)
        idle -= 1
        if kind == .slow { slow += 1 }
        if kind == .lane { lanes += 1 }
    }

    /// Takes a connection out of whatever it is used for, as one that is open no more.
    private mutating func takeBack(_ slot: Int) {
        if slots[slot] == .lent(.slow) { slow -= 1 }
        if slots[slot] == .lent(.lane) {
            lanes -= 1
            lanesWanted = min(lanesWanted, lanes)
        }
        if slots[slot] == .idle { idle -= 1 }
        open -= 1
    }

    private mutating func vacate(_ slot: Int) {
        if slots[slot] == .connecting { connecting -= 1 } else { takeBack(slot) }
        slots[slot] = .empty
        generations[slot] += 1
    }

    private mutating func check() {
        let snapshot = pool.snapshot
        if snapshot.open != open || snapshot.idle != idle || snapshot.connecting != connecting || snapshot.lanes != lanes {
            note("the books differ: \(snapshot), mine: \(open) open, \(idle) free, \(connecting) being opened, \(lanes) lanes")
        }
        if snapshot.waiting != exclusiveWaiters.count + slowWaiters.count + laneWaiters.count { note("lost or invented a waiting caller") }
        if open + connecting > configuration.maxConnections { note("too many connections: \(snapshot)") }
        if lanes > pool.laneLimit { note("too many lanes: \(snapshot)") }
        guard idle > 0, snapshot.waiting > 0 else { return }
        if !exclusiveWaiters.isEmpty { note("a connection is free while somebody waits for it") }
        if !slowWaiters.isEmpty, slow < slowLimit { note("a connection is free while a slow statement waits and may run") }
        if !laneWaiters.isEmpty, pool.laneLimit > 0, lanes < max(1, lanesWanted) { note("a connection is free while somebody waits for a lane") }
    }

    private func id(_ slot: Int) -> ConnectionID { ConnectionID(slot: slot, generation: generations[slot]) }

    /// A slot in a certain state, searched from a random one on.
    private func slot(_ choice: Int, where matches: (Slot) -> Bool) -> Int? {
        for offset in slots.indices {
            let slot = (choice + offset) % slots.count
            if matches(slots[slot]) { return slot }
        }
        return nil
    }

    private mutating func note(_ problem: String) {
        if self.problem == nil { self.problem = "event \(events): \(problem)" }
    }
}
