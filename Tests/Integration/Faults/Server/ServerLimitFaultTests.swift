import FaultHarness
import PostgresDriver
import Testing

/// S11: the server or the caller ends a statement or a session because something took too long. Each has an error of its own, and who caused a cancellation
/// is known from our own state and not from the server's words.
@Suite(.serialized, .ownServer, .faults)
struct ServerLimitFaultTests {
    /// What happened, and what must be said of it.
    private struct Case: Sendable {
        let name: String
        let kind: PostgresError.Kind
        let sqlState: String?
        let outcomes: Set<PostgresError.Outcome>
        let cause: @Sendable (FaultScene) async throws -> Void
    }

    @Test func everyLimitHasAnErrorOfItsOwnAndLeavesAUsablePool() async throws {
        let repetitions = FaultSize.of(ci: 5, long: 100)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 3)
        setting.watchdog = .seconds(60 + 2 * repetitions)

        let (seen, right, usable) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.observer.runScript("CREATE TABLE \"locked\" (\"id\" int)", "GRANT ALL ON \"locked\" TO \"app\"")
            var (seen, right, usable) = (0, 0, 0)
            for _ in 0..<repetitions {
                for item in Self.cases {
                    let error = await failure { try await item.cause(scene) }
                    seen += 1
                    let isRight = error.map { $0.kind == item.kind && $0.sqlState == item.sqlState && item.outcomes.contains($0.outcome) } ?? false
                    if isRight { right += 1 }
                    #expect(isRight, "\(item.name): \(String(reflecting: error))")
                    if try await Self.isPristine(scene) { usable += 1 }
                }
            }
            return (seen, right, usable)
        }

        #expect(usable == seen)
        FaultReport.row(
            "S11",
            """
            \(seen) limits reached in \(Self.cases.count) ways (25P03, 57P05, statement_timeout, pg_cancel_backend, own deadline, own cancellation, 55P03): \
            mapped right \(right), pool pristine afterwards \(usable)
            """)
    }

    private static let cases = [
        Case(name: "idle in a transaction", kind: .connectionLost, sqlState: "25P03", outcomes: [.failedCertain]) { scene in
            try await scene.client.withTransaction { transaction in
                let pid = try await transaction.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
                _ = try await transaction.run(Statement<String>("SELECT set_config('idle_in_transaction_session_timeout', '50ms', true)"))
                try await gone(pid, scene)
                _ = try await transaction.run(Statement<Int32>("SELECT 1"))
            }
        },
        Case(name: "idle session", kind: .connectionLost, sqlState: "57P05", outcomes: [.notSent, .failedCertain]) { scene in
            try await scene.client.withConnection { session in
                let pid = try await session.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
                _ = try await session.run(Statement<String>("SELECT set_config('idle_session_timeout', '50ms', false)"))
                try await gone(pid, scene)
                _ = try await session.run(Statement<Int32>("SELECT 1"))
            }
        },
        Case(name: "statement timeout", kind: .server, sqlState: "57014", outcomes: [.failedCertain]) { scene in
            try await scene.client.withTransaction { transaction in
                _ = try await transaction.run(Statement<String>("SELECT set_config('statement_timeout', '50ms', true)"))
                _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(600)"))
            }
        },
        Case(name: "cancelled by an administrator", kind: .server, sqlState: "57014", outcomes: [.failedCertain]) { scene in
            async let call: Void = { _ = try await scene.client.run(Statement<Void>("SELECT pg_sleep(600)")) }()
            let pid = try await sleeper(scene)
            _ = try await scene.administrator.rows(Statement<Bool>("SELECT pg_cancel_backend(\(pid))"))
            try await call
        },
        Case(name: "own deadline", kind: .deadlineExceeded, sqlState: nil, outcomes: [.outcomeUnknown]) { scene in
            try await CallDeadline.within(.milliseconds(100)) { _ = try await scene.client.run(Statement<Void>("SELECT pg_sleep(600)")) }
        },
        Case(name: "own cancellation", kind: .cancelled, sqlState: nil, outcomes: [.outcomeUnknown]) { scene in
            let call = Task { _ = try await scene.client.run(Statement<Void>("SELECT pg_sleep(600)")) }
            _ = try await sleeper(scene)
            call.cancel()
            try await call.value
        },
        Case(name: "lock timeout", kind: .server, sqlState: "55P03", outcomes: [.failedCertain, .rejectedByServer]) { scene in
            try await scene.client.withTransaction { holder in
                _ = try await holder.run(Statement<Void>("LOCK TABLE \"locked\""))
                try await scene.client.withTransaction { waiter in
                    _ = try await waiter.run(Statement<String>("SELECT set_config('lock_timeout', '50ms', true)"))
                    _ = try await waiter.run(Statement<Void>("LOCK TABLE \"locked\""))
                }
            }
        },
    ]

    private static func gone(_ pid: Int32, _ scene: FaultScene) async throws {
        try await scene.administrator.wait(for: "the server's end of a session") {
            try await scene.sessions().allSatisfy { $0.pid != pid }
        }
    }

    private static func sleeper(_ scene: FaultScene) async throws -> Int32 {
        var found: Int32?
        try await scene.administrator.wait(for: "a sleeping session") {
            found = try await scene.sessions().first { $0.waitEvent == "PgSleep" }?.pid
            return found != nil
        }
        return found ?? 0
    }

    /// Whether all connections work and none has kept a setting of what went before.
    private static func isPristine(_ scene: FaultScene) async throws -> Bool {
        let everybodyHasOne = Meeting(of: 3)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await scene.client.withTransaction { transaction in
                        let settings = try await transaction.run(
                            Statement<String>(
                                """
                                SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'),
                                    current_setting('idle_in_transaction_session_timeout'), current_setting('idle_session_timeout'))
                                """)
                        ).rows
                        await everybodyHasOne.arrive()
                        return settings == ["0 0 0 0"]
                    }
                }
            }
            return try await group.allSatisfy { $0 }
        }
    }
}
