import FaultHarness
import Testing

@testable import PostgresDriver

/// P3, on the wire: events that meet within one turn of the reactor, in every order of two and three, on a loop that moves only when told.
@Suite(.serialized, .ownServer, .faults)
struct ReactorOrderFaultTests {
    /// What can happen while a statement is under way in a transaction and another caller waits for the only connection.
    private enum Event: CaseIterable {
        case giveBack, cancelStatement, cancelWaiter, timeOut, answer, breakConnection, close
    }

    /// What can happen while the first connection is being opened for a caller.
    private enum OpeningEvent: CaseIterable {
        case connect, cancelWaiter, timeOut, failToConnect, close
    }

    @Test func whoeverMeetsEverybodyIsToldOnceAndNothingIsLeft() async throws {
        let orders = (2...3).flatMap { orderings(of: Event.allCases, length: $0) }
        let openingOrders = (2...3).flatMap { orderings(of: OpeningEvent.allCases, length: $0) }
        try await withFaultScene(on: try await .shared(.plain)) { scene in
            for order in orders { try await Self.play(order, scene.connection) }
            for order in openingOrders { try await Self.play(order, scene.connection) }
        }
        FaultReport.row(
            "P3",
            """
            all \(4 * (11 * 10 + 11 * 10 * 9)) orders of 2 and 3 events at the pool and all \(orders.count + openingOrders.count) on the reactor with a server: \
            answered twice or never 0, accounted wrongly 0
            """)
    }

    private static func play(_ order: [Event], _ configuration: ConnectionConfiguration) async throws {
        let bench = try OrderBench(configuration)
        let begin = Request(.text("BEGIN"), loan: .begin(.transaction), role: .begin, deadline: .now() + .seconds(20))
        let begun = await bench.submit(begin)
        bench.turn { !begin.isAwaited }
        guard let lease = try await begun.value.get().lease else { throw NeverCame(what: "a lease") }

        let (sleep, one) = (Statement<Void>("SELECT pg_sleep(0.001)"), Statement<Int>("SELECT 1"))
        let running = Request(.statement(sleep.shape, sleep.parameters), loan: .within(lease), deadline: .now() + .seconds(20))
        let waiting = Request(.statement(one.shape, one.parameters), loan: .once, isRead: true, deadline: .now() + .seconds(20))
        _ = (await bench.submit(running), await bench.submit(waiting))
        for event in order {
            switch event {
            case .giveBack: bench.loop.handle(.endLease(lease))
            case .cancelStatement: bench.loop.handle(.abandon(running))
            case .cancelWaiter: bench.loop.handle(.abandon(waiting))
            case .timeOut: bench.tick(at: waiting.deadline)
            case .answer: bench.turn { !running.isAwaited }
            case .breakConnection: bench.breakConnection()
            case .close: bench.close(within: .milliseconds(20))
            }
        }
        bench.end("\(order)", running, waiting)
    }

    private static func play(_ order: [OpeningEvent], _ configuration: ConnectionConfiguration) async throws {
        let bench = try OrderBench(configuration)
        let one = Statement<Int>("SELECT 1")
        let waiting = Request(.statement(one.shape, one.parameters), loan: .once, isRead: true, deadline: .now() + .seconds(20))
        _ = await bench.submit(waiting)
        let attempt = bench.loop.attempts.keys.first
        for event in order {
            switch event {
            case .connect: bench.turn { bench.loop.attempts.isEmpty }
            case .cancelWaiter: bench.loop.handle(.abandon(waiting))
            case .timeOut: bench.tick(at: waiting.deadline)
            case .failToConnect:
                let error = PostgresError(.connectionFailed, outcome: .notSent, message: "The time was up.")
                if let attempt { bench.loop.handle(.connectFailed(attempt, ConnectFailure(error: error, kind: .transient))) }
            case .close: bench.close(within: .milliseconds(20))
            }
        }
        bench.end("\(order)", waiting)
    }
}

/// A loop with one connection that only moves when told.
private final class OrderBench {
    let loop: ReactorLoop

    init(_ configuration: ConnectionConfiguration) throws {
        let settings = ReactorSettings(
            connection: configuration, pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(20)),
            cleaningTimeout: .seconds(1), logger: LogRecorder().logger, processors: 2, seed: 1)
        guard let inbox = Inbox() else { throw NeverCame(what: "a pipe") }
        loop = ReactorLoop(settings, inbox: inbox, gauges: ReactorGauges())
    }

    deinit {
        for case .connected(_, let libpq) in loop.inbox.close() { libpq.close() }
    }

    /// Hands a request to the loop; its answer comes with one of the turns.
    func submit(_ request: Request) async -> Task<Result<Reply, PostgresError>, Never> {
        let (posted, signal) = AsyncStream<Void>.makeStream()
        let task = Task {
            await withCheckedContinuation { continuation in
                request.expectAnswer(continuation)
                signal.finish()
            }
        }
        for await _ in posted {}
        loop.handle(.submit(request))
        loop.dispatch()
        return task
    }

    /// Takes turns until something holds, if anything is under way that can bring it about.
    func turn(until condition: () -> Bool) {
        while !condition(), loop.connections[0].map({ !$0.inFlight.isEmpty }) ?? !loop.attempts.isEmpty { loop.turn() }
    }

    func tick(at time: MonotonicTime) {
        loop.now = time
        loop.pool.tick(now: time, actions: &loop.actions)
        loop.performActions()
    }

    func breakConnection() {
        guard let connection = loop.connections[0] else { return }
        loop.drop(connection, PostgresError(.connectionLost, outcome: .outcomeUnknown, message: "The connection broke."))
    }

    func close(within duration: Duration) {
        loop.handle(.close(by: .now() + duration, nil))
    }

    /// Closes the loop, and looks whether everybody was told and everything has gone.
    func end(_ order: String, _ requests: Request...) {
        close(within: .milliseconds(20))
        while !loop.pool.isDrained { loop.turn() }
        for request in requests where request.isAwaited {
            Issue.record("\(order): a caller was never told.")
            request.resolve(.failure(.clientClosed))
        }
        if !loop.connections.allSatisfy({ $0 == nil }) || !loop.attempts.isEmpty || !loop.waiting.isEmpty || !loop.lanes.isEmpty {
            Issue.record("\(order): something is left.")
        }
        if loop.pool.snapshot != PoolSnapshot() { Issue.record("\(order): \(loop.pool.snapshot)") }
    }
}
