import Testing

@testable import PostgresDriver

/// Plays random events against the pool and checks after each that its promises hold.
///
/// The simulation keeps its own books: what is open, who has which connection, who waits. Everything follows from the seed, which a failure names.
private struct PoolSimulation {
    let configuration: PoolConfiguration
    var random: SplitMix64
    var pool: PoolState
    var now = MonotonicTime(nanoseconds: 0)
    var actions: [PoolAction] = []

    var connecting: Set<ConnectionID> = []
    var idle: Set<ConnectionID> = []
    var lent: Set<ConnectionID> = []
    var gone: [ConnectionID] = []
    /// Waiting callers in order of arrival, with the end of their time.
    var waiting: [(id: Int, deadline: MonotonicTime)] = []
    var served = 0
    var problems: [String] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        configuration = PoolConfiguration(
            maxConnections: Int.random(in: 1...6, using: &random), minConnections: 0, idleTimeout: .milliseconds(300),
            acquireTimeout: .milliseconds(500),
            maxLifetime: .seconds(2), lifetimeJitter: 0.3, maxWaiters: Int.random(in: 0...12, using: &random), initialBackoff: .milliseconds(5),
            maxBackoff: .milliseconds(80), refusedBackoff: .milliseconds(80))
        pool = PoolState(configuration, seed: seed)
    }

    mutating func step() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: acquire()
        case 35..<60: giveBack()
        case 60..<72: finishAttempt()
        case 72..<76: loseConnection()
        case 76..<82: leave()
        case 82..<84: repeatOldEvent()
        default: advance()
        }
        check()
    }

    /// A healthy server and callers that give back: in the end everybody is served or told.
    mutating func settle() {
        for _ in 0..<10_000 where !(waiting.isEmpty && lent.isEmpty && connecting.isEmpty) {
            for id in connecting { connect(id) }
            for id in lent { release(id, isReusable: true) }
            now = max(now, min(pool.nextTick, now + Duration.milliseconds(10)))
            pool.tick(now: now, actions: &actions)
            perform()
            check()
        }
        if !waiting.isEmpty { problems.append("callers wait for ever: \(waiting)") }
    }

    private mutating func acquire() {
        let deadline = now + Duration.milliseconds(Int.random(in: 0...1000, using: &random))
        switch pool.acquire(deadline: deadline, now: now, actions: &actions) {
        case .lend(let id):
            if !waiting.isEmpty { problems.append("lent past those who wait") }
            if idle.remove(id) == nil { problems.append("lent a connection that was not free: \(id)") }
            lent.insert(id)
        case .wait(let waiter):
            if !idle.isEmpty { problems.append("made a caller wait beside a free connection") }
            waiting.append((waiter, min(deadline, now + configuration.acquireTimeout)))
        case .refuse:
            break
        }
        perform()
    }

    private mutating func giveBack() {
        guard let id = lent.sorted(by: order).randomElement(using: &random) else { return }
        release(id, isReusable: Bool.random(using: &random) || Bool.random(using: &random))
    }

    private mutating func release(_ id: ConnectionID, isReusable: Bool) {
        lent.remove(id)
        idle.insert(id)
        pool.release(id, isReusable: isReusable, now: now, actions: &actions)
        perform()
    }

    private mutating func finishAttempt() {
        guard let id = connecting.sorted(by: order).randomElement(using: &random) else { return }
        if Int.random(in: 0..<3, using: &random) > 0 { return connect(id) }
        connecting.remove(id)
        gone.append(id)
        pool.connectFailed(id, Bool.random(using: &random) ? .transient : .permanent, now: now, actions: &actions)
        perform()
    }

    private mutating func connect(_ id: ConnectionID) {
        connecting.remove(id)
        idle.insert(id)
        if !pool.connected(id, now: now, actions: &actions) { problems.append("refused a connection that was asked for: \(id)") }
        perform()
    }

    private mutating func loseConnection() {
        guard let id = idle.union(lent).sorted(by: order).randomElement(using: &random) else { return }
        idle.remove(id)
        lent.remove(id)
        gone.append(id)
        pool.lost(id, now: now, actions: &actions)
        perform()
    }

    private mutating func leave() {
        guard let index = waiting.indices.randomElement(using: &random) else { return }
        let waiter = waiting.remove(at: index).id
        if !pool.cancelWaiter(waiter) { problems.append("did not know a waiting caller: \(waiter)") }
        if pool.cancelWaiter(waiter) { problems.append("let a caller leave twice: \(waiter)") }
    }

    private mutating func repeatOldEvent() {
        guard let id = gone.randomElement(using: &random) else { return }
        if pool.connected(id, now: now, actions: &actions) { problems.append("took a connection that was given up: \(id)") }
        pool.release(id, isReusable: true, now: now, actions: &actions)
        pool.lost(id, now: now, actions: &actions)
        pool.connectFailed(id, .permanent, now: now, actions: &actions)
        perform()
    }

    private mutating func advance() {
        now = now + Duration.milliseconds(Int.random(in: 0...60, using: &random))
        pool.tick(now: now, actions: &actions)
        perform()
        for waiter in waiting where waiter.deadline <= now { problems.append("let a caller wait past its time: \(waiter.id)") }
    }

    private mutating func perform() {
        for action in actions {
            switch action {
            case .connect(let id):
                if gone.contains(id) || idle.contains(id) || lent.contains(id) { problems.append("used an identity again: \(id)") }
                if !connecting.insert(id).inserted { problems.append("connected twice for one slot: \(id)") }
            case .abandon(let id):
                connecting.remove(id)
            case .lend(let id, let waiter):
                if waiting.first?.id != waiter { problems.append("served \(waiter) before \(String(describing: waiting.first?.id))") }
                waiting.removeAll { $0.id == waiter }
                if idle.remove(id) == nil { problems.append("lent twice: \(id)") }
                lent.insert(id)
                served += 1
            case .lendLane(let id):
                problems.append("made a lane that nobody asked for: \(id)")
            case .refuse(let waiter, _):
                if !waiting.contains(where: { $0.id == waiter }) { problems.append("told somebody twice: \(waiter)") }
                waiting.removeAll { $0.id == waiter }
            case .close(let id):
                if idle.remove(id) == nil { problems.append("closed a connection in use: \(id)") }
                gone.append(id)
            }
        }
        actions.removeAll()
    }

    private mutating func check() {
        let snapshot = pool.snapshot
        if snapshot.idle != idle.count || snapshot.inUse != lent.count || snapshot.connecting != connecting.count {
            problems.append("the books differ: \(snapshot), mine: \(idle.count) free, \(lent.count) lent, \(connecting.count) being opened")
        }
        if snapshot.waiting != waiting.count { problems.append("the pool counts \(snapshot.waiting) waiting callers, there are \(waiting.count)") }
        if snapshot.open + snapshot.connecting > configuration.maxConnections { problems.append("too many connections: \(snapshot)") }
        if !idle.isEmpty, !waiting.isEmpty { problems.append("a connection is free while somebody waits") }
    }

    private func order(_ left: ConnectionID, _ right: ConnectionID) -> Bool {
        (left.slot, left.generation) < (right.slot, right.generation)
    }
}

@Suite("The pool under random events")
struct PoolSimulationTests {
    @Test(arguments: UInt64(1)...40)
    func everyPromiseHoldsAfterEveryEvent(seed: UInt64) {
        var simulation = PoolSimulation(seed: seed)

        for _ in 0..<5_000 where simulation.problems.isEmpty { simulation.step() }
        simulation.settle()

        #expect(simulation.problems.isEmpty, "seed \(seed): \(simulation.problems.prefix(3))")
        #expect(simulation.served > 0)
    }

    @Test func theSameEventsGiveTheSameDecisions() {
        func trace() -> [PoolAction] {
            let bench = PoolBench(PoolConfiguration(maxConnections: 3), seed: 7)
            var all: [PoolAction] = []
            for round in 0..<50 {
                _ = bench.acquire()
                let actions = bench.takeActions()
                for case .connect(let id) in actions where round % 3 != 0 { bench.fail(id) }
                bench.advance(.milliseconds(40))
                bench.tick()
                all += actions + bench.takeActions()
            }
            return all
        }

        #expect(trace() == trace())
    }
}
