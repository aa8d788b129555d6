import Testing

@testable import PostgresDriver

@Suite("The pool's decisions about lanes and slow statements")
struct PoolLaneTests {
    @Test func whoWaitsForALaneGetsTheFirstConnectionThatIsFree() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 2))
        let busy = [bench.lentConnection(), bench.lentConnection()]
        _ = bench.acquire(.exclusive)
        guard case .wait(let waiter) = bench.acquire(.lane) else { Issue.record("must wait"); return }

        bench.release(busy[0])

        #expect(bench.takeActions() == [.lendLane(busy[0])])
        #expect(bench.pool.snapshot.lanes == 1)
        let taken = bench.pool.takeLaneWaiter()
        #expect(taken == waiter)
    }

    @Test func atMostHalfOfTheConnectionsAreLanes() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 4, multiplexing: Multiplexing(lanes: 4)))
        for id in (0..<4).map({ _ in bench.lentConnection() }) { bench.release(id) }
        _ = bench.takeActions()

        bench.wantLanes(4)

        #expect(bench.pool.snapshot.lanes == 2)
        #expect(bench.takeActions().count == 2)
    }

    @Test func aPoolOfOneSharesNothing() {
        #expect(PoolBench(PoolConfiguration(maxConnections: 1)).pool.laneLimit == 0)
        #expect(PoolBench(PoolConfiguration(multiplexing: .off)).pool.laneLimit == 0)
    }

    @Test func aLaneIsOpenedWhenItIsWantedAndNotAfterwards() {
        let bench = PoolBench(PoolConfiguration())
        _ = bench.acquire(.lane)
        bench.wantLanes(1)
        let attempts = bench.takeAttempts()
        #expect(attempts.count == 1)

        _ = bench.connected(attempts[0])
        #expect(bench.takeActions() == [.lendLane(attempts[0])])
        _ = bench.pool.takeLaneWaiter()
        bench.release(attempts[0])
        bench.advance(.seconds(31))
        bench.tick()

        #expect(bench.takeActions() == [.close(attempts[0])])
        #expect(bench.pool.snapshot.connecting == 0)
    }

    @Test func onlySoManySlowStatementsRunAtOnceThoughConnectionsAreFree() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 4, multiplexing: Multiplexing(maxSlowStatements: 2)))
        for id in (0..<4).map({ _ in bench.lentConnection() }) { bench.release(id) }
        guard case .lend(let first) = bench.acquire(.slow), case .lend = bench.acquire(.slow) else { Issue.record("must be lent"); return }

        #expect(bench.acquire(.slow) == .wait(5))
        guard case .lend = bench.acquire(.exclusive) else { Issue.record("others are not held up"); return }
        _ = bench.takeActions()
        bench.release(first)

        #expect(bench.takeActions() == [.lend(first, to: 5)])
    }

    @Test func aSlowStatementThatHasWaitedLongEnoughRunsBeyondTheLimit() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(2), multiplexing: Multiplexing(maxSlowStatements: 1)))
        for id in [bench.lentConnection(), bench.lentConnection()] { bench.release(id) }
        guard case .lend = bench.acquire(.slow) else { Issue.record("must be lent"); return }
        #expect(bench.acquire(.slow) == .wait(3))
        #expect(bench.pool.nextTick == bench.now + .seconds(1))
        _ = bench.takeActions()

        bench.advance(.seconds(1))
        bench.tick()

        guard case .lend(_, to: 3) = bench.takeActions().first else { Issue.record("it still waits"); return }
    }

    @Test func whoeverCameFirstIsServedFirstWhateverTheyWaitFor() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1))
        let busy = bench.lentConnection()
        let kinds: [LoanKind] = [.slow, .exclusive, .slow, .exclusive]
        let waiters = kinds.map { bench.acquire($0) }

        var served: [PoolAnswer] = []
        for _ in kinds {
            bench.release(busy)
            for case .lend(_, let waiter) in bench.takeActions() { served.append(.wait(waiter)) }
        }

        #expect(served == waiters)
    }

    @Test func whoeverIsSentFromOneQueueToAnotherGetsNoMoreTime() {
        let bench = PoolBench(PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(2)))
        _ = bench.lentConnection()
        let arrival = bench.now
        guard case .wait(let waiter) = bench.acquire(.slow) else { Issue.record("must wait"); return }

        bench.advance(.milliseconds(1_500))
        #expect(bench.leave(waiter))
        let again = bench.acquire(.exclusive, since: arrival)
        bench.advance(.milliseconds(500))
        bench.tick()

        guard case .wait(let waiter) = again else { Issue.record("must wait"); return }
        #expect(bench.takeActions() == [.refuse(waiter, .acquireTimeout)])
    }
}
