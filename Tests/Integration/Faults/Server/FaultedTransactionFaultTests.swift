import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// S2: sessions are ended at each statement of a transaction, before its COMMIT, during it, at the same moment as it, and just after it.
@Suite(.serialized, .ownServer, .faults)
struct FaultedTransactionFaultTests {
    /// Where in the transaction its session is ended.
    private enum Point: Sendable, Hashable {
        /// Before a statement, 0 to 5; 6 is the COMMIT.
        case before(Int)
        /// The server has the COMMIT and works on it.
        case duringCommit
        /// The order to end and the COMMIT reach the server in an order that nobody knows.
        case racingCommit
        /// The COMMIT is done, and its answer is lost on the way.
        case beforeAnswer
        /// The COMMIT was answered.
        case afterCommit

        static let all = (0...Transfer.statementCount).map { Point.before($0) } + [.duringCommit, .racingCommit, .beforeAnswer, .afterCommit]

        /// What may be said of the transaction.
        var allowed: Set<Journal.Verdict> {
            switch self {
            case .before: [.failed]
            case .duringCommit, .beforeAnswer: [.unknown]
            case .racingCommit: [.ok, .failed, .unknown]
            case .afterCommit: [.ok]
            }
        }
    }

    @Test func whatIsSaidOfAFaultedTransactionIsTrue() async throws {
        let transactions = FaultSize.of(ci: 600, long: 20_000)
        let callers = 12
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: callers)
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 1_800))

        let judgement = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let ledger = try await Ledger(accounts: 500, with: scene.client)
            try await Self.slowCommitsDown(with: scene.client)
            let next = Count()
            try await withThrowingDiscardingTaskGroup { group in
                for caller in 0..<callers {
                    group.addTask {
                        var random = FaultSeed.run.generator("S2 \(caller)")
                        while next.value < transactions {
                            let number = next.add()
                            guard number <= transactions else { return }
                            try await Self.transfer(Point.all[number % Point.all.count], ledger.transfer(&random), in: ledger, scene)
                        }
                    }
                }
            }
            return try await ledger.judge(with: scene.client)
        }

        #expect(judgement.isClean, "\(judgement)")
        #expect(judgement.operations == transactions)
        // Each answer that was lost stood for a transaction that is done.
        #expect(judgement.unknownButDone >= transactions / Point.all.count)
        FaultReport.row(
            "S2",
            """
            \(judgement.operations) faulted transactions (\(judgement.ok) ok, \(judgement.failed) failed, \(judgement.unknown) unknown, of which \
            \(judgement.unknownButDone) done), \(judgement)
            """
        )
    }

    private static func transfer(_ point: Point, _ transfer: Transfer, in ledger: Ledger, _ scene: FaultScene) async throws {
        switch point {
        case .before, .duringCommit:
            try await Self.transfer(point, transfer, in: ledger, scene, with: scene.client)
        case .racingCommit, .afterCommit:
            // The order to end may come when the transaction is over, and must not meet another caller's.
            try await scene.client.withConnection { session in
                try await Self.transfer(point, transfer, in: ledger, scene, with: session)
            }
        case .beforeAnswer:
            let proxy = try FaultProxy(to: .server(at: scene.cluster.server.socketDirectory, port: scene.cluster.server.port))
            proxy.arm(FaultRule("lost answer", .before(.completion("COMMIT")), .reset()))
            var connection = scene.connection.through(port: proxy.port)
            connection.applicationName = "behind a proxy"
            let client = try PostgresClient(connection: connection, pool: PoolConfiguration(maxConnections: 1))
            await ledger.transfer(transfer, with: client, allowed: point.allowed)
            #expect(proxy.strikes(of: "lost answer") == 1)
            await client.close()
            await proxy.close()
        }
    }

    private static func transfer(
        _ point: Point, _ transfer: Transfer, in ledger: Ledger, _ scene: FaultScene, with beginner: some TransactionBeginner
    ) async throws {
        let administrator = scene.administrator
        var session: Int32 = 0
        var killer: Task<Void, any Error>?
        await ledger.transfer(transfer, with: beginner, allowed: point.allowed) { index, transaction in
            if index == 0 { session = try await transaction.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0] }
            let pid = session
            switch point {
            case .before(index):
                try await administrator.terminate(pid)
            case .duringCommit where index == Transfer.statementCount:
                _ = try await transaction.run(Statement<String>("SELECT set_config('fault.slow_commit', 'on', true)"))
                killer = Task {
                    try await administrator.wait(for: "a slow commit") {
                        try await scene.sessions().contains { $0.pid == pid && $0.waitEvent == "PgSleep" }
                    }
                    try await administrator.terminate(pid)
                }
            case .racingCommit where index == Transfer.statementCount:
                killer = Task { _ = try await administrator.terminate(pid) }
            default:
                break
            }
        }
        try await killer?.value
        if point == .afterCommit { try await administrator.terminate(session) }
    }

    /// Lets a COMMIT take long if the transaction asks for it: a check at its end sleeps.
    private static func slowCommitsDown(with client: PostgresClient) async throws {
        try await client.withConnection { session in
            try await session.runScript(
                """
                CREATE FUNCTION sleep_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF current_setting('fault.slow_commit', true) = 'on' THEN PERFORM pg_sleep(600); END IF;
                    RETURN NULL;
                END $$
                """)
            try await session.runScript(
                """
                CREATE CONSTRAINT TRIGGER sleep_at_commit AFTER INSERT ON operations DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION sleep_at_commit()
                """)
        }
    }
}
