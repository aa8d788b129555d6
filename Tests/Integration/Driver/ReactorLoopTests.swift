import DeployStackDataTesting
import Testing

@testable import PostgresDriver

/// The reactor's loop without its thread: the test takes each turn itself, so that what happens between two of them is decided here.
@Suite("The reactor, turn by turn", .requiresServer)
struct ReactorLoopTests {
    @Test func itSleepsWhileAStatementIsStoppedWhoseCallerHasGone() async throws {
        let bench = try await ReactorBench()
        let connection = try await bench.lend(for: .transaction).connection
        let request = Request(.text("SELECT pg_sleep(60)"), loan: .once, deadline: .now() + .seconds(-1))
        connection.inFlight.append(request)
        connection.cleaning = ServerConnection.Cleaning(deadline: .now() + .seconds(10), isCancelPending: true)

        #expect(bench.loop.sleepMilliseconds() > 1000)
        connection.inFlight.removeAll()
    }

    @Test func aTransactionTakesNoStatementOnceItsEndWasSent() async throws {
        let bench = try await ReactorBench()
        let (_, lease) = try await bench.lend(for: .transaction)
        let end = Request(.text("COMMIT"), loan: .end(lease), role: .rollback, deadline: .now() + .seconds(10))
        let late = bench.write(under: lease)

        let answer = await bench.answer(to: late) { bench.loop.handle(.submit(end)) }

        guard case .failure(let error) = answer else {
            Issue.record("The statement ran after the end of its transaction.")
            return
        }
        #expect(error.outcome == .notSent)
    }

    @Test func aWriteThatIsSentBehindAnotherOneOutsideOfATransactionIsUnknownIfInterrupted() async throws {
        let bench = try await ReactorBench()
        let (_, lease) = try await bench.lend(for: .session)
        let (first, second) = (bench.write(under: lease), bench.write(under: lease))

        bench.loop.handle(.submit(first))
        bench.loop.handle(.submit(second))

        #expect(FailureVerdict(first).whenInterrupted == .outcomeUnknown)
        #expect(FailureVerdict(second).whenInterrupted == .outcomeUnknown)
    }

    @Test func aTextThatMayEndTheTransactionIsUnknownIfInterrupted() async throws {
        let bench = try await ReactorBench()
        let (_, lease) = try await bench.lend(for: .session)
        let begin = Request(.text("BEGIN"), loan: .within(lease), role: .begin, deadline: .now() + .seconds(10))
        _ = try await bench.answer(to: begin).get()
        let inside = bench.write(under: lease)
        let commit = Request(.text("COMMIT"), loan: .within(lease), deadline: .now() + .seconds(10))
        let behind = bench.write(under: lease)

        for request in [inside, commit, behind] { bench.loop.handle(.submit(request)) }

        #expect(FailureVerdict(inside).whenInterrupted == .failedCertain)
        #expect(FailureVerdict(commit).whenInterrupted == .outcomeUnknown)
        #expect(FailureVerdict(behind).whenInterrupted == .outcomeUnknown)
    }

    @Test func aConnectionWhoseLibraryFailsIsClosedEvenIfTheServerGoesOn() async throws {
        let bench = try await ReactorBench()
        let (connection, lease) = try await bench.lend(for: .transaction)
        let request = bench.write(under: lease)
        request.failure = ServerFailure(sqlState: "", isFatal: true)

        let answer = await bench.answer(to: request)

        #expect(throws: PostgresError.self) { try answer.get() }
        #expect(bench.loop.connections[connection.id.slot] == nil)
        #expect(bench.loop.pool.snapshot.inUse == 0)
    }

    @Test func aCallerWhoGoesBeforeItsRequestHasArrivedSendsNothing() async throws {
        let bench = try await ReactorBench()
        let (connection, lease) = try await bench.lend(for: .session)
        let request = bench.write(under: lease)

        bench.loop.handle(.abandon(request))
        let answer = await bench.answer(to: request)

        #expect(throws: PostgresError.self) { try answer.get() }
        #expect(connection.inFlight.isEmpty)
    }
}

/// A loop that only moves when told.
private final class ReactorBench {
    let loop: ReactorLoop

    init() async throws {
        let connection = try await DriverTestServer.configuration()
        let settings = ReactorSettings(
            connection: connection, pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(10)),
            cleaningTimeout: .seconds(1), logger: try PostgresClient(connection: connection).logger, processors: 2, seed: 1)
        loop = ReactorLoop(settings, inbox: Inbox()!, gauges: ReactorGauges())
    }

    deinit {
        _ = loop.inbox.close()
    }

    /// Has a request done, taking turns until it is answered; `before` happens first.
    func answer(to request: Request, before: () -> Void = {}) async -> Result<Reply, PostgresError> {
        await withCheckedContinuation { continuation in
            request.expectAnswer(continuation)
            before()
            loop.handle(.submit(request))
            while request.isAwaited { loop.turn() }
        }
    }

    /// Opens a connection and lends it, for a transaction after its BEGIN.
    func lend(for purpose: Lease.Purpose) async throws -> (connection: ServerConnection, lease: Lease) {
        let work: Request.Work = if case .transaction = purpose { .text("BEGIN") } else { .nothing }
        let reply = try await answer(to: Request(work, loan: .begin(purpose), role: .begin, deadline: .now() + .seconds(10))).get()
        return (loop.connections[reply.lease!.connection.slot]!, reply.lease!)
    }

    /// A request that a read would not be taken for.
    func write(under lease: Lease) -> Request {
        let statement = Statement<Void>("SELECT pg_sleep(0)")
        return Request(.statement(statement.shape, statement.parameters), loan: .within(lease), deadline: .now() + .seconds(10))
    }
}
