import DeployStackDataTesting
import PostgresDriver
import Testing

/// A history of these files, numbered in order.
private func history(_ files: String...) throws -> MigrationHistory {
    try MigrationHistory(
        files.enumerated().map { try Migration(index: $0.offset, tag: "000\($0.offset)_step", contents: Array($0.element.utf8)) })
}

/// Each statement of these files leaves a trace in a table, so that one that ran twice is seen.
private func tracedHistory() throws -> MigrationHistory {
    try history(
        "CREATE TABLE \"trace\" (\"step\" integer NOT NULL);\nINSERT INTO \"trace\" VALUES (0);",
        "INSERT INTO \"trace\" VALUES (1);\n--> statement-breakpoint\nCREATE TABLE \"one\" (\"id\" text);",
        "INSERT INTO \"trace\" VALUES (2);\nCREATE INDEX \"one_id\" ON \"one\" (\"id\");")
}

private func apply(_ history: MigrationHistory, to database: ConnectionConfiguration) async throws -> MigrationRun {
    try await withClient(configuration: database) { try await MigrationRunner(client: $0, history: history).apply() }
}

private func failure(of history: MigrationHistory, on database: ConnectionConfiguration) async throws -> PostgresError {
    try await withClient(configuration: database) { client in
        try #require(await #expect(throws: PostgresError.self) { try await MigrationRunner(client: client, history: history).apply() })
    }
}

@Suite("A migration runner", .requiresServer)
struct MigrationRunnerTests {
    @Test func bringsAnEmptyDatabaseUpToDate() async throws {
        try await withEmptyDatabase { database in
            let run = try await apply(tracedHistory(), to: database)

            #expect(run.applied.map(\.tag) == ["0000_step", "0001_step", "0002_step"])
            #expect(run.total == 3)
            #expect(try await rows(Statement<Int>("SELECT \"step\" FROM \"trace\" ORDER BY 1"), on: database) == [0, 1, 2])
            let states = try await withClient(configuration: database) {
                try await MigrationRunner(client: $0, history: tracedHistory()).status()
            }
            #expect(states.map(\.tag) == run.applied.map(\.tag))
            for state in states {
                guard case .applied = state.condition else { return #expect(Bool(false), "every migration is applied") }
            }
        }
    }

    @Test func doesNothingTheSecondTime() async throws {
        try await withEmptyDatabase { database in
            _ = try await apply(tracedHistory(), to: database)

            #expect(try await apply(tracedHistory(), to: database) == MigrationRun(applied: [], total: 3))
        }
    }

    @Test func tellsOfEachStep() async throws {
        try await withEmptyDatabase { database in
            try await withClient(configuration: database) { client in
                let seen = Lock<[MigrationProgress]>([])

                let run = try await MigrationRunner(client: client, history: tracedHistory()).apply { step in seen.withLock { $0.append(step) } }

                let expected = run.applied.enumerated().flatMap { number, step -> [MigrationProgress] in
                    [.applying(tag: step.tag, number: number + 1, total: 3), .applied(step)]
                }
                #expect(seen.withLock { $0 } == expected)
            }
        }
    }

    @Test func remembersTheTimeThatItIsGiven() async throws {
        try await withEmptyDatabase { database in
            try await withClient(configuration: database) { client in
                let moment = PostgresTimestamp(microseconds: 123_456_789)
                let runner = MigrationRunner(client: client, history: try history("SELECT 1"), now: { moment })

                _ = try await runner.apply()

                guard case .applied(at: moment, _) = try await runner.status()[0].condition else {
                    return #expect(Bool(false), "the time is the given one")
                }
            }
        }
    }

    @Test(arguments: 0..<5)
    func letsTenStartAtOnceAndAppliesEachMigrationOnce(_ round: Int) async throws {
        try await withEmptyDatabase { database in
            if round % 2 == 1 { _ = try await apply(MigrationHistory(Array(tracedHistory().migrations.prefix(1))), to: database) }
            let history = try tracedHistory()

            let runs = try await withThrowingTaskGroup(of: MigrationRun.self) { group in
                for _ in 0..<10 { group.addTask { try await apply(history, to: database) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(runs.count == 10)
            #expect(runs.flatMap(\.applied).map(\.index).sorted() == Array((round % 2)..<3))
            #expect(try await rows(Statement<Int>("SELECT \"step\" FROM \"trace\" ORDER BY 1"), on: database) == [0, 1, 2])
        }
    }

    @Test(arguments: 0..<3)
    func leavesNothingOfAMigrationWhoseStatementFails(_ position: Int) async throws {
        try await withEmptyDatabase { database in
            var statements = ["CREATE TABLE \"a\" (\"x\" text);", "INSERT INTO \"a\" VALUES ('x');", "CREATE TABLE \"b\" (\"x\" text);"]
            statements.insert("INSERT INTO \"base\" VALUES ('secret', 1);", at: position)
            let base = "CREATE TABLE \"base\" (\"name\" text, \"n\" integer CONSTRAINT \"n_is_negative\" CHECK (\"n\" < 0));"

            let error = try await failure(of: history(base, statements.joined(separator: "\n")), on: database)

            #expect(error.kind == .migration)
            #expect(error.sqlState == "23514")
            #expect(error.constraint == "n_is_negative")
            #expect(error.message.contains("0001_step, statement \(position + 1) of 4 (line \(position + 1))"))
            #expect(!error.debugDescription.contains("secret"))
            #expect(try await rows(Statement<Bool>("SELECT to_regclass('a') IS NULL AND to_regclass('b') IS NULL"), on: database) == [true])
            #expect(try await rows(Statement<Int>("SELECT \"idx\" FROM \"__deploystack_migrations\""), on: database) == [0])
        }
    }

    @Test func leavesNothingWhenItCannotBeRemembered() async throws {
        try await withEmptyDatabase { database in
            let sql = """
                CREATE TABLE "a" ("x" text);
                INSERT INTO "__deploystack_migrations" VALUES (0, 'intruder', '', now(), 0);
                """

            let error = try await failure(of: history(sql), on: database)

            #expect(error.sqlState == "23505")
            #expect(try await rows(Statement<Bool>("SELECT to_regclass('a') IS NULL"), on: database) == [true])
            #expect(try await rows(Statement<Int>("SELECT count(*) FROM \"__deploystack_migrations\""), on: database) == [0])
        }
    }

    @Test func refusesADatabaseThatDiffers() async throws {
        try await withEmptyDatabase { database in
            _ = try await apply(history("SELECT 1", "SELECT 2"), to: database)

            let edited = try await failure(of: history("SELECT 1", "SELECT 3", "SELECT 4"), on: database)
            let older = try await failure(of: history("SELECT 1"), on: database)

            #expect(edited.message.contains("0001_step was changed"))
            #expect(older.message.contains("newer version"))
        }
    }

    @Test func finishesWhatAKilledRunnerBegan() async throws {
        try await withEmptyDatabase { database in
            let slow = try history("CREATE TABLE \"a\" (\"x\" text); SELECT pg_sleep(60);")
            let quick = try history("CREATE TABLE \"a\" (\"x\" text);")
            try await withClient(configuration: database) { observer in
                let victim = Task { try await apply(slow, to: database) }
                var killed = 0
                while killed == 0 {
                    killed = try await observer.run(
                        Statement<Bool>(
                            """
                            SELECT pg_terminate_backend("pid") FROM "pg_stat_activity"
                            WHERE "datname" = current_database() AND "query" LIKE 'SELECT pg_sleep%' AND "state" = 'active'
                            """)
                    ).rows.count
                }
                let error = await #expect(throws: PostgresError.self) { try await victim.value }
                #expect(error?.outcome == .failedCertain)

                let run = try await MigrationRunner(client: observer, history: quick).apply()

                #expect(run.applied.count == 1)
                #expect(try await rows(Statement<Bool>("SELECT to_regclass('a') IS NOT NULL"), on: database) == [true])
            }
        }
    }

    @Test func saysWhoHoldsTheLockWhenItsPatienceEnds() async throws {
        try await withEmptyDatabase { database in
            try await withClient(configuration: database) { client in
                let history = try tracedHistory()
                let started = Lock(false)
                try await client.withConnection { holder in
                    _ = try await holder.run(Statement<Void>("SELECT pg_advisory_lock(x'44534d6967726174'::bigint)"))
                    let pid = try await holder.run(Statement<Int>("SELECT pg_backend_pid()")).rows[0]

                    let error = await #expect(throws: PostgresError.self) {
                        try await MigrationRunner(client: client, history: history, clock: HurriedClock()).apply { step in
                            if step == .waitingForOtherRunner { started.withLock { $0 = true } }
                        }
                    }

                    #expect(error?.message.contains("server process \(pid) has held the migration lock") == true)
                    #expect(started.withLock { $0 })
                }
            }
        }
    }

    @Test func letsOthersPassWhenATableIsInUse() async throws {
        try await withEmptyDatabase { database in
            _ = try await apply(history("CREATE TABLE \"busy\" (\"x\" text)"), to: database)
            try await withClient(configuration: database) { client in
                let (released, release) = AsyncStream<Void>.makeStream()
                let history = try history("CREATE TABLE \"busy\" (\"x\" text)", "ALTER TABLE \"busy\" ADD \"y\" text")
                async let user: Void = client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("LOCK TABLE \"busy\" IN ACCESS SHARE MODE"))
                    for await _ in released {}
                }
                while try await client.run(Statement<Int>("SELECT count(*) FROM \"pg_locks\" WHERE \"relation\" = 'busy'::regclass")).rows != [1] {}
                let settings = MigrationSettings(pollInterval: .milliseconds(1), tableLockWait: .milliseconds(20))

                let run = try await MigrationRunner(client: client, history: history, settings: settings).apply { step in
                    if step == .waitingForTables(tag: "0001_step") { release.finish() }
                }

                #expect(run.applied.map(\.tag) == ["0001_step"])
                try await user
            }
        }
    }

    @Test func findsItsLedgerAgainAfterAFileHasChangedTheSearchPath() async throws {
        try await withEmptyDatabase { database in
            let dump = "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.\"a\" (\"x\" text);"

            let run = try await apply(history(dump, "CREATE TABLE \"b\" ()"), to: database)

            #expect(run.applied.count == 2)
            #expect(try await apply(history(dump, "CREATE TABLE \"b\" ()"), to: database).applied.isEmpty)
        }
    }

    @Test func readsEveryFileByTheSameRulesWhateverTheDatabaseSays() async throws {
        try await withEmptyDatabase { database in
            try await runScript(
                "ALTER DATABASE \"\(database.database)\" SET standard_conforming_strings TO off",
                "ALTER DATABASE \"\(database.database)\" SET TimeZone TO 'Asia/Tokyo'", on: database)
            let insertion = "INSERT INTO \"a\" VALUES ('back\\slash', current_setting('TimeZone'));"

            _ = try await apply(
                history("CREATE TABLE \"a\" (\"x\" text, \"zone\" text); \(insertion)", insertion, "-- no-transaction\n\(insertion)", insertion),
                to: database)

            let written = try await rows(Statement<String>("SELECT \"x\" || \"zone\" FROM \"a\""), on: database)
            #expect(written == Array(repeating: "back\\slashUTC", count: 4))
        }
    }

    @Test func buildsIndexesConcurrentlyWhileOthersWaitForTheLock() async throws {
        try await withEmptyDatabase { database in
            let history = try history(
                "CREATE TABLE \"a\" (\"x\" text); INSERT INTO \"a\" SELECT n::text FROM generate_series(1, 20000) AS n;",
                "-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS \"a_x\" ON \"a\" (\"x\");")

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await apply(history, to: database) } }
                try await group.waitForAll()
            }

            #expect(
                try await rows(Statement<Bool>("SELECT \"indisvalid\" FROM \"pg_index\" WHERE \"indexrelid\" = 'a_x'::regclass"), on: database) == [
                    true
                ])
        }
    }

    @Test func buildsAnIndexAgainThatABrokenBuildHasLeftInvalid() async throws {
        try await withEmptyDatabase { database in
            try await withClient(configuration: database) { client in
                let table = "CREATE TABLE \"a\" (\"x\" text); INSERT INTO \"a\" VALUES ('1'), ('1');"
                let index = "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"a_x\" ON \"a\" (\"x\");"
                let runner = MigrationRunner(client: client, history: try history(table, index))
                let error = await #expect(throws: PostgresError.self) { try await runner.apply() }
                #expect(error?.sqlState == "23505")
                _ = try await client.run(Statement<Void>("DELETE FROM \"a\" WHERE ctid = (SELECT min(ctid) FROM \"a\")"))

                let run = try await runner.apply()

                #expect(run.applied.map(\.tag) == ["0001_step"])
                #expect(
                    try await rows(Statement<Bool>("SELECT \"indisvalid\" FROM \"pg_index\" WHERE \"indexrelid\" = 'a_x'::regclass"), on: database)
                        == [true])
            }
        }
    }

    @Test func advisesTheHeaderForWhatCannotRunInATransaction() async throws {
        try await withEmptyDatabase { database in
            let error = try await failure(
                of: history("CREATE TABLE \"a\" (\"x\" text);", "CREATE INDEX CONCURRENTLY \"a_x\" ON \"a\" (\"x\");"), on: database)

            #expect(error.message.contains("-- no-transaction"))
        }
    }
}
