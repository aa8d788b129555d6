import Testing

@testable import PostgresDriver

/// A pool with a clock that only moves when told, and a record of what the pool wanted done.
final class PoolBench {
    var pool: PoolState
    var now = MonotonicTime(nanoseconds: 1_000_000_000)
    var actions: [PoolAction] = []

    init(_ configuration: PoolConfiguration, seed: UInt64 = 1) {
        pool = PoolState(configuration, seed: seed)
    }

    func advance(_ duration: Duration) {
        now = now + duration
    }

    func acquire(_ kind: LoanKind = .exclusive, since arrival: MonotonicTime? = nil, within duration: Duration = .seconds(60)) -> PoolAnswer {
        pool.acquire(kind, since: arrival, deadline: now + duration, now: now, actions: &actions)
    }

    func wantLanes(_ count: Int) {
        pool.wantLanes(count, now: now, actions: &actions)
    }

    func leave(_ waiter: Int) -> Bool {
        pool.cancelWaiter(waiter)
    }

    func release(_ id: ConnectionID, isReusable: Bool = true) {
        pool.release(id, isReusable: isReusable, now: now, actions: &actions)
    }

    func connected(_ id: ConnectionID) -> Bool {
        pool.connected(id, now: now, actions: &actions)
    }

    func fail(_ id: ConnectionID, _ kind: ConnectFailureKind = .transient) {
        pool.connectFailed(id, kind, now: now, actions: &actions)
    }

    func tick() {
        pool.tick(now: now, actions: &actions)
    }

    /// What the pool has wanted since the last call.
    func takeActions() -> [PoolAction] {
        defer { actions = [] }
        return actions
    }

    /// The attempts to connect that the pool has wanted since the last call.
    func takeAttempts() -> [ConnectionID] {
        takeActions().compactMap { action in
            guard case .connect(let id) = action else { return nil }
            return id
        }
    }

    /// Acquires and opens a connection in an otherwise quiet pool.
    func lentConnection() -> ConnectionID {
        if case .lend(let id) = acquire() { return id }
        let id = takeAttempts()[0]
        _ = connected(id)
        _ = takeActions()
        return id
    }
}

@Suite("The pool's decisions")
struct PoolStateTests {
    @Test func aFirstCallerCausesOneAttemptToConnectAndGetsItsConnection() {
        let bench = PoolBench(PoolConfiguration())

        let answer = bench.acquire()
        let attempts = bench.takeAttempts()
        let isWanted = bench.connected(attempts[0])

        #expect(answer == .wait(1))
        #expect(attempts.count == 1)
        #expect(isWanted)
        #expect(bench.takeActions() == [.lend(attempts[0], to: 1)])
    }

    @Test func aFreeConnectionIsLentAtOnce() {
        let bench = PoolBench(PoolConfiguration())
        let id = bench.lentConnection()
        bench.release(id)
        #expect(bench.acquire() == .lend(id))
        #expect(bench.takeActions().isEmpty)
    }

    @Test func theConnectionUsedLastIsLentFirst() {
        let bench = PoolBench(PoolConfiguration())
        let first = bench.lentConnection()
        let second = bench.lentConnection()
        bench.release(first)
        bench.release(second)
        #expect(bench.acquire() == .lend(second))
        #expect(bench.acquire() == .lend(first))
    }

    @Test func thereAreNeverMoreConnectionsThanAllowed() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 3))

        for _ in 0..<10 { _ = bench.acquire() }
        #expect(bench.takeAttempts().count == 3)
        #expect(bench.pool.snapshot.connecting == 3)
        #expect(bench.pool.snapshot.waiting == 10)
    }

    @Test func atMostHalfOfTheConnectionsAreBeingOpenedAtOnce() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 16))

        for _ in 0..<16 { _ = bench.acquire() }
        let first = bench.takeAttempts()
        #expect(first.count == 8)
        for attempt in first { _ = bench.connected(attempt) }
        #expect(bench.takeAttempts().count == 8)
        #expect(bench.pool.snapshot.open == 8)
    }

    @Test func callersAreServedInTheOrderInWhichTheyCame() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        let id = bench.lentConnection()
        let waiters = (0..<3).map { _ in bench.acquire() }

        var served: [Int] = []
        for _ in waiters {
            bench.release(id)
            for case .lend(_, let waiter) in bench.takeActions() { served.append(waiter) }
        }

        #expect(waiters == served.map(PoolAnswer.wait))
    }

    @Test func aCallerThatLeavesIsPassedOver() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        let id = bench.lentConnection()
        let first = bench.acquire()
        let second = bench.acquire()
        guard case .wait(let leaving) = first, case .wait(let staying) = second else { Issue.record("both must wait"); return }
        #expect(bench.leave(leaving))
        #expect(!bench.leave(leaving))
        bench.release(id)
        #expect(bench.takeActions() == [.lend(id, to: staying)])
    }

    @Test func aCallerWaitsNoLongerThanThePoolAllows() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(2)))
        _ = bench.lentConnection()
        guard case .wait(let waiter) = bench.acquire() else { Issue.record("must wait"); return }

        bench.advance(.milliseconds(1999))
        bench.tick()
        #expect(bench.takeActions().isEmpty)
        bench.advance(.milliseconds(1))
        bench.tick()
        #expect(bench.takeActions() == [.refuse(waiter, .acquireTimeout)])
        #expect(bench.pool.snapshot.waiting == 0)
    }

    @Test func aCallersOwnDeadlineIsKeptWhenItIsEarlier() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        _ = bench.lentConnection()
        guard case .wait(let waiter) = bench.acquire(within: .milliseconds(10)) else { Issue.record("must wait"); return }
        #expect(bench.pool.nextTick == bench.now + Duration.milliseconds(10))

        bench.advance(.milliseconds(10))
        bench.tick()
        #expect(bench.takeActions() == [.refuse(waiter, .callDeadline)])
    }

    @Test func aDeadlineInThePastIsRefusedUnlessAConnectionIsFree() {
        let bench = PoolBench(PoolConfiguration())
        #expect(bench.acquire(within: .zero) == .refuse(.callDeadline))
    }

    @Test func oneCallerTooManyIsRefusedAtOnce() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1, maxWaiters: 2))
        _ = bench.lentConnection()
        _ = bench.acquire()
        _ = bench.acquire()
        #expect(bench.acquire() == .refuse(.tooManyWaiters))
    }

    @Test func callersForWhomAConnectionIsBeingOpenedDoNotCountAsTooMany() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 2, maxWaiters: 0))
        #expect(bench.acquire() == .wait(1))
        #expect(bench.acquire() == .wait(2))
        #expect(bench.acquire() == .refuse(.tooManyWaiters))
    }

    @Test func aBrokenConnectionIsClosedAndReplacedForWhoWaits() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        let id = bench.lentConnection()
        _ = bench.acquire()

        bench.release(id, isReusable: false)
        let actions = bench.takeActions()

        #expect(actions.first == .close(id))
        #expect(actions.count == 2)
        #expect(bench.pool.snapshot.connecting == 1)
    }

    @Test func anIdleConnectionThatIsLostIsNotLentAgain() {
        let bench = PoolBench(PoolConfiguration())
        let id = bench.lentConnection()
        bench.release(id)

        bench.pool.lost(id, now: bench.now, actions: &bench.actions)

        #expect(bench.pool.snapshot.open == 0)
        #expect(bench.acquire() == .wait(2))
    }

    @Test func anUnusedConnectionIsClosedAfterItsTime() {
        let bench = PoolBench(PoolConfiguration(idleTimeout: .seconds(30)))
        let id = bench.lentConnection()
        bench.release(id)
        #expect(bench.pool.nextTick == bench.now + Duration.seconds(30))

        bench.advance(.seconds(30))
        bench.tick()
        #expect(bench.takeActions() == [.close(id)])
        #expect(bench.pool.snapshot == PoolSnapshot())
    }

    @Test func theMinimumIsOpenedAndKept() {
        let bench = PoolBench(PoolConfiguration(minConnections: 2, idleTimeout: .seconds(30)))
        bench.tick()
        for id in bench.takeAttempts() { _ = bench.connected(id) }

        bench.advance(.seconds(31))
        bench.tick()

        #expect(bench.pool.snapshot.idle == 2)
        #expect(bench.takeActions().isEmpty)
    }

    @Test func anOldConnectionIsReplacedOnceItIsFree() {
        let bench = PoolBench(PoolConfiguration(maxLifetime: .seconds(100), lifetimeJitter: 0))
        let id = bench.lentConnection()

        bench.advance(.seconds(100))
        bench.tick()
        #expect(bench.takeActions().isEmpty)
        bench.release(id)
        #expect(bench.takeActions() == [.close(id)])
    }

    @Test func connectionsOpenedTogetherDoNotEndTogether() {
        let bench = PoolBench(PoolConfiguration(idleTimeout: .seconds(10_000), maxLifetime: .seconds(1000), lifetimeJitter: 0.5))
        for id in (0..<10).map({ _ in bench.lentConnection() }) { bench.release(id) }

        var closings: Set<MonotonicTime> = []
        while bench.pool.snapshot.idle > 0 {
            bench.now = bench.pool.nextTick
            bench.tick()
            closings.insert(bench.now)
        }

        #expect(closings.count == 10)
    }

    @Test func afterAFailureOneAttemptAtATimeIsMadeWithGrowingPauses() {
        let bench = PoolBench(PoolConfiguration(acquireTimeout: .seconds(60), initialBackoff: .milliseconds(100), maxBackoff: .seconds(1)))
        for _ in 0..<5 { _ = bench.acquire() }
        for id in bench.takeAttempts() { bench.fail(id) }
        #expect(bench.takeAttempts().isEmpty)

        var pauses: [Int64] = []
        for _ in 0..<8 {
            let pause = bench.pool.nextTick - bench.now
            bench.now = bench.pool.nextTick
            bench.tick()
            let attempts = bench.takeAttempts()
            #expect(attempts.count == 1)
            bench.fail(attempts[0])
            pauses.append(pause)
        }

        #expect(pauses.allSatisfy { $0 <= 1_250_000_000 })
        #expect(pauses[7] >= 750_000_000)
        #expect(bench.pool.snapshot.waiting == 5)
    }

    @Test func attemptsThatFailTogetherCountAsOneFailure() {
        let bench = PoolBench(PoolConfiguration(acquireTimeout: .seconds(60), initialBackoff: .milliseconds(100), maxBackoff: .seconds(10)))
        for _ in 0..<20 { _ = bench.acquire() }
        for id in bench.takeAttempts() { bench.fail(id) }

        #expect(bench.pool.nextTick - bench.now <= 125_000_000)
        bench.now = bench.pool.nextTick
        bench.tick()
        for id in bench.takeAttempts() { bench.fail(id) }
        #expect(bench.pool.nextTick - bench.now >= 150_000_000)
    }

    @Test func aSuccessAfterFailuresOpensConnectionsForEveryoneWhoWaits() {
        let bench = PoolBench(PoolConfiguration(acquireTimeout: .seconds(60)))
        for _ in 0..<3 { _ = bench.acquire() }
        for id in bench.takeAttempts() { bench.fail(id) }
        bench.now = bench.pool.nextTick
        bench.tick()

        _ = bench.connected(bench.takeAttempts()[0])
        #expect(bench.takeAttempts().count == 2)
    }

    @Test func aFailureThatNothingCuresIsToldToEverybodyAtOnce() {
        let bench = PoolBench(PoolConfiguration())
        _ = bench.acquire()
        _ = bench.acquire()
        let attempts = bench.takeAttempts()

        bench.fail(attempts[0], .permanent)
        #expect(bench.takeActions() == [.refuse(1, .connectFailed), .refuse(2, .connectFailed)])
    }

    @Test func afterSuchAFailureCallersAreRefusedUntilThePauseIsOver() {
        let bench = PoolBench(PoolConfiguration(refusedBackoff: .seconds(1)))
        _ = bench.acquire()
        bench.fail(bench.takeAttempts()[0], .permanent)
        _ = bench.takeActions()
        #expect(bench.acquire() == .refuse(.connectFailed))
        bench.advance(.seconds(2))
        #expect(bench.acquire() == .wait(2))
        #expect(bench.takeAttempts().count == 1)
    }

    @Test func aPasswordThatChangedDoesNotDisturbCallersWhileConnectionsWork() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 2))
        let id = bench.lentConnection()
        _ = bench.acquire()
        bench.fail(bench.takeAttempts()[0], .permanent)
        #expect(bench.takeActions().isEmpty)

        bench.release(id)
        #expect(bench.takeActions() == [.lend(id, to: 2)])
    }

    @Test func aCallerWhoseTimeEndsDuringAnOutageLearnsOfTheOutage() {
        let bench = PoolBench(PoolConfiguration(acquireTimeout: .seconds(2), initialBackoff: .seconds(5), maxBackoff: .seconds(5)))
        _ = bench.acquire()
        bench.fail(bench.takeAttempts()[0])

        bench.advance(.seconds(2))
        bench.tick()
        #expect(bench.takeActions() == [.refuse(1, .connectFailed)])
    }

    @Test func whatArrivesTooLateHitsNobody() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        _ = bench.acquire()
        let late = bench.takeAttempts()[0]
        bench.fail(late)
        bench.now = bench.pool.nextTick
        bench.tick()
        let current = bench.takeAttempts()[0]
        #expect(late.slot == current.slot)
        #expect(!bench.connected(late))
        bench.fail(late)
        bench.release(late)
        bench.pool.lost(late, now: bench.now, actions: &bench.actions)

        #expect(bench.pool.snapshot.connecting == 1)
        #expect(bench.connected(current))
    }

    @Test func aConnectionGivenBackTwiceIsFreeOnce() {
        let bench = PoolBench(PoolConfiguration())
        let id = bench.lentConnection()

        bench.release(id)
        bench.release(id)

        #expect(bench.pool.snapshot.idle == 1)
        #expect(bench.pool.snapshot.open == 1)
    }

    @Test func closingTellsCallersEndsAttemptsAndClosesWhatIsFree() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 3))
        let lent = bench.lentConnection()
        let idle = bench.lentConnection()
        bench.release(idle)
        guard case .lend = bench.acquire() else { Issue.record("must be lent"); return }
        bench.release(idle)
        let second = bench.acquire()
        let third = bench.acquire()
        _ = bench.takeActions()
        guard case .lend(let again) = second, case .wait(let waiter) = third else { Issue.record("unexpected answers"); return }
        bench.release(again)
        _ = bench.takeActions()

        bench.pool.close(actions: &bench.actions)
        let actions = bench.takeActions()

        #expect(actions.contains(.refuse(waiter, .closed)) || bench.pool.snapshot.waiting == 0)
        #expect(bench.acquire() == .refuse(.closed))
        #expect(!bench.pool.isDrained)
        bench.release(lent)
        #expect(bench.takeActions().contains(.close(lent)))
    }

    @Test func aClosedPoolIsDrainedWhenTheLastConnectionIsBack() {
        let bench = PoolBench(PoolConfiguration())
        let id = bench.lentConnection()
        _ = bench.acquire()
        let attempt = bench.takeAttempts()[0]

        bench.pool.close(actions: &bench.actions)
        #expect(bench.takeActions() == [.refuse(2, .closed), .abandon(attempt)])
        #expect(!bench.pool.isDrained)
        #expect(!bench.connected(attempt))
        bench.release(id)
        #expect(bench.takeActions() == [.close(id)])
        #expect(bench.pool.isDrained)
    }
}
