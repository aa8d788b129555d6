import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// P9: a client is closed in every state, also twice at once, by force, and during an outage.
@Suite(.serialized, .ownServer, .faults)
struct ShutdownFaultTests {
    private enum State: String, CaseIterable {
        case unused, idle, shortStatement, longStatement, waiter, connecting, outage, transaction, session, lanes, cleaning, forgotten
    }

    private enum Way: String, CaseIterable {
        case once, twice, byForce
    }

    private final class Tally: Sendable {
        let clients = Count(), callers = Count(), untold = Count(), usable = Count(), backends = Count()
        let closings = Measurements(), forced = Measurements()
        /// The shortest closing in each state, and the shortest by force: a busy machine delays some of them, a client that does not end delays all.
        let shortest = Lock<[State: (closing: Duration, forced: Duration)]>([:])

        func note(_ duration: Duration, in state: State, byForce: Bool) {
            (byForce ? forced : closings).add(duration)
            shortest.withLock { shortest in
                let before = shortest[state] ?? (.seconds(60), .seconds(60))
                shortest[state] = byForce ? (before.closing, min(before.forced, duration)) : (min(before.closing, duration), before.forced)
            }
        }
    }

    @Test func aClientCanBeClosedInEveryState() async throws {
        let rounds = FaultSize.of(ci: 2, long: 60)
        var setting = FaultSetting()
        setting.watchdog = .seconds(FaultSize.of(ci: 90, long: 900))
        let tally = Tally()
        let cases = (0..<rounds).flatMap { round in
            State.allCases.flatMap { state in Way.allCases.map { way in (name: "\(state.rawValue)_\(way.rawValue)_\(round)", state: state, way: way) }
            }
        }

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let target = FaultProxy.Target.server(at: scene.cluster.server.socketDirectory, port: scene.cluster.server.port)
            try await withProxies(2, before: target) { proxies in
                try proxies[0].setAdmission(.silent)
                try proxies[1].setAdmission(.refuse)
                let (silent, refusing) = (proxies[0].port, proxies[1].port)
                await inBatches(of: cases, with: Array(repeating: (), count: 8)) { one, _ in
                    var connection = scene.connection
                    connection.applicationName = one.name
                    if one.state == .connecting { connection = connection.through(port: silent) }
                    if one.state == .outage { connection = connection.through(port: refusing) }
                    do {
                        try await Self.close(in: one.state, one.way, connection, tally)
                        try await scene.administrator.wait(for: "the end of the sessions of \(one.name)", within: .seconds(15)) {
                            try await scene.administrator.sessions(of: one.name).isEmpty
                        }
                    } catch {
                        tally.backends.add()
                        Issue.record("\(one.name): \(error)")
                    }
                }
            }
        }

        #expect(tally.clients.value == cases.count)
        #expect(tally.backends.value == 0)
        #expect(tally.untold.value == 0)
        #expect(tally.usable.value == 0)
        for (state, shortest) in tally.shortest.withLock({ $0 }) {
            // Work under way may take two seconds to its end; the rest is for a machine that is busy with other things.
            #expect(shortest.closing <= .milliseconds(2_700), "\(state)")
            #expect(shortest.forced <= .seconds(1), "\(state)")
        }
        // Statements and callers that nobody ends go on for sixty seconds.
        #expect(max(tally.closings.longest, tally.forced.longest) <= .seconds(20))
        FaultReport.row(
            "P9",
            """
            \(tally.clients.value) clients closed in \(State.allCases.count) states, once, twice at once and by force: longest \
            \(tally.closings.longest.inMilliseconds), by force \(tally.forced.longest.inMilliseconds), \(tally.callers.value) callers told, not told \
            \(tally.untold.value), usable afterwards \(tally.usable.value), backends left \(tally.backends.value)
            """)
    }

    private static func close(in state: State, _ way: Way, _ connection: ConnectionConfiguration, _ tally: Tally) async throws {
        let maximum = state == .waiter ? 1 : 4
        let pool = PoolConfiguration(maxConnections: maximum, acquireTimeout: .seconds(60))
        let client = try PostgresClient(
            connection: connection, pool: pool, limits: ClientLimits(callTimeout: .seconds(60)), logger: LogRecorder().logger)
        let callers = try await bring(client, into: state)

        if state == .forgotten { tally.clients.add() } else { try await close(client, in: state, way, tally) }
        guard state != .forgotten else { return }
        for caller in callers {
            // A caller is told with the end of the client, or has got its answer before.
            let error = await caller.value
            tally.callers.add()
            if let error, ![.closed, .cancelled, .connectionLost].contains(error.kind) { tally.untold.add() }
        }
        let late = [
            await driverError { try await client.run(Statement<Int>("SELECT 1")) },
            await driverError { try await client.withTransaction { _ in } },
            await driverError { try await client.withConnection { _ in } },
        ]
        if late.contains(where: { $0?.kind != .closed || $0?.outcome != .notSent }) { tally.usable.add() }
        if client.poolSnapshot != PoolSnapshot() { tally.usable.add() }
    }

    private static func close(_ client: PostgresClient, in state: State, _ way: Way, _ tally: Tally) async throws {
        let start = ContinuousClock.now
        switch way {
        case .once:
            await client.close()
        case .twice:
            await withTaskGroup(of: Void.self) { group in for _ in 0..<2 { group.addTask { await client.close() } } }
            await client.close()
        case .byForce:
            client.closeNow()
            await client.close()
        }
        tally.clients.add()
        tally.note(ContinuousClock.now - start, in: state, byForce: way == .byForce)
    }

    /// Brings a client into a state, and returns those who call it then.
    private static func bring(_ client: PostgresClient, into state: State) async throws -> [Task<PostgresError?, Never>] {
        @Sendable func call(_ body: @escaping @Sendable () async throws -> Void) -> Task<PostgresError?, Never> {
            Task { await driverError { try await body() } }
        }
        func waitUntil(_ condition: () -> Bool) async throws {
            let deadline = ContinuousClock.now + .seconds(20)
            while !condition() {
                guard ContinuousClock.now < deadline else { throw NeverCame(what: "the state \(state)") }
                await Task.yield()
            }
        }
        let sleep = { @Sendable (seconds: Double) in
            call { _ = try await client.run(Statement<Void>("SELECT pg_sleep(\(seconds))")) }
        }
        switch state {
        case .unused:
            return []
        case .idle, .forgotten:
            for _ in 0..<2 { _ = try await client.run(Statement<Int>("SELECT 1")) }
            return []
        case .shortStatement, .longStatement, .cleaning:
            let caller = sleep(state == .shortStatement ? 0.1 : 60)
            try await waitUntil { client.statementsSent == 1 }
            if state == .cleaning { caller.cancel() }
            return [caller]
        case .waiter:
            let holder = sleep(60)
            try await waitUntil { client.statementsSent == 1 }
            let waiters = (0..<5).map { _ in sleep(0) }
            try await waitUntil { client.poolSnapshot.waiting == 5 }
            return [holder] + waiters
        case .connecting, .outage:
            let callers = (0..<5).map { _ in sleep(0) }
            try await waitUntil { client.poolSnapshot.waiting == 5 }
            return callers
        case .transaction, .session:
            let meeting = Meeting(of: 2)
            let caller = call {
                if state == .transaction {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Int>("SELECT 1"))
                        await meeting.arrive()
                        while true { _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(0.05)")) }
                    }
                } else {
                    try await client.withConnection { session in
                        await meeting.arrive()
                        while true { try await session.runScript("SELECT pg_sleep(0.05)") }
                    }
                }
            }
            await meeting.arrive()
            return [caller]
        case .lanes:
            let read = { @Sendable in _ = try await client.run(Statement<Int>("SELECT 5040 / 7")) }
            for _ in 0..<5 { try await read() }
            let callers = (0..<16).map { _ in call { while true { try await read() } } }
            try await waitUntil { client.statementsSent > 100 }
            return callers
        }
    }
}
