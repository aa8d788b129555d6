import FaultHarness
import Testing

@testable import PostgresDriver

/// P3, the pool's decisions: every order of two and three events that can meet, in every situation, on a clock that moves only when told.
@Suite(.faults)
struct PoolOrderFaultTests {
    @Test func whateverComesFirstEverythingIsAccountedForOnce() {
        var orders = 0
        for situation in PoolBooks.Situation.allCases {
            for length in 2...3 {
                for order in orderings(of: PoolBooks.Event.allCases, length: length) {
                    var books = PoolBooks(situation)
                    for event in order { books.apply(event) }
                    books.settle()
                    orders += 1
                    for problem in books.problems { Issue.record("\(situation), \(order): \(problem)") }
                }
            }
        }
        #expect(orders == 4 * (11 * 10 + 11 * 10 * 9))
    }
}

/// Every order of so many of some things, none of them twice.
func orderings<Element>(of elements: [Element], length: Int) -> [[Element]] {
    guard length > 0 else { return [[]] }
    return elements.indices.flatMap { index in
        var rest = elements
        let first = rest.remove(at: index)
        return orderings(of: rest, length: length - 1).map { [first] + $0 }
    }
}

/// A pool, and books that are kept beside it: where each connection is, and how often each caller was answered.
private struct PoolBooks {
    enum Situation: CaseIterable {
        /// A connection is lent, another is being opened for a caller that waits.
        case opening
        /// The only connection is lent, and a caller waits for it.
        case exhausted
        /// A connection is lent, another is idle.
        case idle
        /// A connection is shared, another lent, and a caller waits for each kind.
        case shared
    }

    enum Event: CaseIterable {
        case giveBack, giveBackBroken, lose, leave, timeOut, turnIdle, connect, failToConnect, close, ask, askForLane
    }

    private var pool: PoolState
    private var now = MonotonicTime(nanoseconds: 1_000_000_000)
    private var actions: [PoolAction] = []
    private var connecting: Set<ConnectionID> = []
    private var idle: Set<ConnectionID> = []
    private var lent: Set<ConnectionID> = []
    private var lanes: Set<ConnectionID> = []
    /// How often each caller that was told to wait has been answered since.
    private var answers: [Int: Int] = [:]
    private let limit: Int
    private(set) var problems: [String] = []

    /// What the events are about, even when it has gone.
    private var lentFirst: ConnectionID?
    private var opening: ConnectionID?
    private var waiter: Int?

    init(_ situation: Situation) {
        limit = situation == .exhausted ? 1 : 2
        pool = PoolState(
            PoolConfiguration(
                maxConnections: limit, idleTimeout: .milliseconds(300), acquireTimeout: .seconds(1), multiplexing: Multiplexing(lanes: 1)), seed: 1)
        switch situation {
        case .opening, .exhausted:
            lentFirst = open()
            waiter = wait(.exclusive)
            opening = connecting.first
        case .idle:
            let other = open()
            lentFirst = open()
            if let other { release(other, isReusable: true) }
        case .shared:
            _ = wait(.lane)
            pool.wantLanes(1, now: now, actions: &actions)
            perform()
            if let lane = connecting.first { connect(lane) }
            lentFirst = open()
            waiter = wait(.exclusive)
            _ = wait(.lane)
        }
        check()
    }

    // MARK: - Events

    mutating func apply(_ event: Event) {
        switch event {
        case .giveBack: if let lentFirst { release(lentFirst, isReusable: true) }
        case .giveBackBroken: if let lentFirst { release(lentFirst, isReusable: false) }
        case .lose: if let lentFirst { lose(lentFirst) }
        case .leave: if let waiter { leave(waiter) }
        case .timeOut: tick(after: .seconds(1))
        case .turnIdle: tick(after: .milliseconds(300))
        case .connect: if let opening { connect(opening) }
        case .failToConnect: if let opening { fail(opening) }
        case .close:
            pool.close(actions: &actions)
            perform()
        case .ask: _ = wait(.exclusive)
        case .askForLane:
            _ = wait(.lane)
            pool.wantLanes(1, now: now, actions: &actions)
            perform()
        }
        check()
    }

    /// Lets everything come to its end with a server that works, and closes the pool.
    mutating func settle() {
        for _ in 0..<50 {
            for id in connecting { connect(id) }
            while !lanes.isEmpty, let waiter = pool.takeLaneWaiter() { answer(waiter) }
            for id in lent.union(lanes) { release(id, isReusable: true) }
            tick(after: .milliseconds(50))
        }
        if answers.values.contains(0) { problems.append("a caller was never answered") }
        pool.close(actions: &actions)
        perform()
        for id in lent.union(lanes) { release(id, isReusable: true) }
        if !pool.isDrained || !connecting.isEmpty || !idle.isEmpty { problems.append("something is left after closing") }
        check()
    }

    private mutating func open() -> ConnectionID? {
        let before = lent
        if wait(.exclusive) != nil, let id = connecting.first { connect(id) }
        return lent.subtracting(before).first
    }

    /// Asks for a connection; the number under which the caller waits, if it does.
    private mutating func wait(_ kind: LoanKind) -> Int? {
        let answer = pool.acquire(kind, deadline: now + .seconds(60), now: now, actions: &actions)
        defer { perform() }
        switch answer {
        case .lend(let id):
            take(id, into: \.lent)
            return nil
        case .wait(let waiter):
            answers[waiter] = 0
            return waiter
        case .refuse:
            return nil
        }
    }

    private mutating func leave(_ waiter: Int) {
        let wasWaiting = answers[waiter] == 0
        if pool.cancelWaiter(waiter) != wasWaiting { problems.append("the pool and its books disagree on who waits") }
        if wasWaiting { answer(waiter) }
    }

    private mutating func release(_ id: ConnectionID, isReusable: Bool) {
        if lent.remove(id) != nil || lanes.remove(id) != nil { idle.insert(id) }
        pool.release(id, isReusable: isReusable, now: now, actions: &actions)
        perform()
    }

    private mutating func lose(_ id: ConnectionID) {
        lent.remove(id)
        lanes.remove(id)
        idle.remove(id)
        pool.lost(id, now: now, actions: &actions)
        perform()
    }

    private mutating func connect(_ id: ConnectionID) {
        let wasOpening = connecting.remove(id) != nil
        if wasOpening { idle.insert(id) }
        let isWanted = pool.connected(id, now: now, actions: &actions)
        if isWanted != wasOpening { problems.append("a connection that nobody waited for was taken, or one that was asked for was not") }
        perform()
    }

    private mutating func fail(_ id: ConnectionID) {
        connecting.remove(id)
        pool.connectFailed(id, .transient, now: now, actions: &actions)
        perform()
    }

    private mutating func tick(after duration: Duration) {
        now = now + duration
        pool.tick(now: now, actions: &actions)
        perform()
    }

    // MARK: - Books

    private mutating func perform() {
        let wanted = actions
        actions = []
        for action in wanted {
            switch action {
            case .connect(let id): if !connecting.insert(id).inserted { problems.append("\(id) is opened twice") }
            case .abandon(let id): if connecting.remove(id) == nil { problems.append("\(id) is abandoned and was not being opened") }
            case .lend(let id, let waiter):
                take(id, into: \.lent)
                answer(waiter)
            case .lendLane(let id): take(id, into: \.lanes)
            case .refuse(let waiter, _): answer(waiter)
            case .close(let id): if idle.remove(id) == nil { problems.append("\(id) is closed and was not free") }
            }
        }
    }

    private mutating func take(_ id: ConnectionID, into users: WritableKeyPath<PoolBooks, Set<ConnectionID>>) {
        if idle.remove(id) == nil { problems.append("\(id) is lent and was not free") }
        self[keyPath: users].insert(id)
    }

    private mutating func answer(_ waiter: Int) {
        answers[waiter, default: 0] += 1
        if answers[waiter] != 1 { problems.append("a caller was answered twice") }
    }

    private mutating func check() {
        let snapshot = pool.snapshot
        let expected = (idle.count + lent.count + lanes.count, idle.count, lanes.count, connecting.count, answers.values.count { $0 == 0 })
        if (snapshot.open, snapshot.idle, snapshot.lanes, snapshot.connecting, snapshot.waiting) != expected {
            problems.append("\(snapshot), and by the books \(expected)")
        }
        if snapshot.open + snapshot.connecting > limit { problems.append("more connections than allowed") }
    }
}
