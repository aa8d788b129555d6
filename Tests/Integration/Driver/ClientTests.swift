import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing

@Suite("A client", .requiresServer)
struct ClientTests {
    @Test func runsAStatementAndDecodesItsRows() async throws {
        try await withClient { client in
            let result = try await client.run(Statement<Int64>("SELECT \(Int64(20)) + 22"))

            #expect(result.rows == [42])
            #expect(client.statementsSent == 1)
        }
    }

    @Test func givesEachOfTwoHundredTasksItsOwnAnswersOnTwentyConnections() async throws {
        try await withClient(pool: PoolConfiguration(acquireTimeout: .seconds(20))) { client in
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for task in 0..<200 {
                    group.addTask {
                        var wrong = 0
                        for call in 0..<50 {
                            let question = Int64(task * 1000 + call)
                            let answer = try await client.run(Statement<Int64>("SELECT \(question) * 3")).rows
                            if answer != [question * 3] { wrong += 1 }
                        }
                        return wrong
                    }
                }
                return try await group.reduce(0, +)
            }

            #expect(wrong == 0)
            #expect(client.poolSnapshot.open <= 20)
            #expect(client.statementsSent == 10_000)
        }
    }

    @Test func neverOpensMoreConnectionsThanItMay() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 3, acquireTimeout: .seconds(20))) { client in
            let backends = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await client.run(Statement<Int32>("SELECT pg_backend_pid() FROM pg_sleep(0.002)")).rows[0] }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }

            #expect(backends.count <= 3)
        }
    }

    @Test func namesTheConstraintThatRefusesAndNotTheValue() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (name text CONSTRAINT t_name_key UNIQUE)", "INSERT INTO t VALUES ('secret')", on: database)
            try await withClient(configuration: database) { client in
                let error = await postgresError { try await client.run(Statement<Void>("INSERT INTO t VALUES (\("secret"))")) }

                #expect(error?.kind == .server)
                #expect(error?.sqlState == "23505")
                #expect(error?.constraint == "t_name_key")
                #expect(error?.table == "t")
                #expect(error?.outcome == .rejectedByServer)
                #expect(error.map { "\($0)\(String(reflecting: $0))" }?.contains("secret") == false)
            }
        }
    }

    @Test func reportsAConstraintThatIsCheckedAtTheEndOfTheStatementThatBrokeIt() async throws {
        try await withTestDatabase { database in
            try await runScript(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "CREATE TABLE child (id bigint CONSTRAINT child_fkey REFERENCES parent DEFERRABLE INITIALLY DEFERRED)", on: database)
            try await withClient(pool: PoolConfiguration(maxConnections: 1), configuration: database) { client in
                async let broken = postgresError { try await client.run(Statement<Void>("INSERT INTO child VALUES (\(Int64(7)))")) }
                async let next = client.run(Statement<Int64>("SELECT count(*) FROM child"))

                let (error, result) = try await (broken, next)
                #expect(error?.constraint == "child_fkey")
                #expect(result.rows == [0])
            }
        }
    }

    @Test func sendsAndReceivesEightMebibytes() async throws {
        try await withClient { client in
            let large = String(repeating: "0123456789abcdef", count: 8 * 65_536)

            let result = try await client.run(Statement<String>("SELECT \(large) || \(large)"))

            #expect(result.rows.first?.utf8.count == 2 * large.utf8.count)
            #expect(result.rows.first?.hasPrefix(large) == true)
        }
    }

    @Test func printsNoNotice() async throws {
        try await withClient { client in
            try await client.withConnection { session in
                _ = try await session.runScript("DO $$ BEGIN FOR i IN 1..1000 LOOP RAISE WARNING 'noise %', i; END LOOP; END $$")
            }

            let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
            #expect(answer == [1])
        }
    }

    @Test func preparesAStatementAgainWhenATableHasChanged() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", "INSERT INTO t VALUES (1)", on: database)
            try await withClient(pool: PoolConfiguration(maxConnections: 1), configuration: database) { client in
                for _ in 0..<3 { _ = try await client.run(Statement<Void>("SELECT * FROM t")) }

                try await runScript("ALTER TABLE t ADD COLUMN b text", on: database)

                #expect(try await client.run(Statement<Void>("SELECT * FROM t")).affectedRows == 1)
            }
        }
    }

    @Test func preparesAStatementAgainWhenTheServerHasForgottenIt() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1)) { client in
            _ = try await client.run(Statement<Int64>("SELECT \(Int64(1))"))
            _ = try await client.run(Statement<Void>("DEALLOCATE ALL"))

            let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
            #expect(answer == [1])
        }
    }

    @Test func keepsNoMorePreparedStatementsThanItMay() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1, preparedStatements: 2)) { client in
            for _ in 0..<3 {
                _ = try await client.run(Statement<Int64>("SELECT \(Int64(1)) + 1"))
                _ = try await client.run(Statement<Int64>("SELECT \(Int64(1)) + 2"))
                _ = try await client.run(Statement<Int64>("SELECT \(Int64(1)) + 3"))
            }

            let kept = try await client.run(Statement<Int64>("SELECT count(*) FROM pg_prepared_statements"))
            #expect(kept.rows == [3] || kept.rows == [2])
        }
    }

    @Test func aCopyIsRefusedAndHarmsNobodyElse() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1)) { client in
            let error = await postgresError { try await client.run(Statement<Void>("COPY (SELECT 1) TO STDOUT")) }

            #expect(error?.kind == .protocolViolation || error?.kind == .server)
            let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
            #expect(answer == [1])
        }
    }

    @Test func aTransactionLeftOpenByAStatementIsRolledBack() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            try await withClient(pool: PoolConfiguration(maxConnections: 1), configuration: database) { client in
                _ = try await client.run(Statement<Void>("BEGIN"))

                _ = try await client.run(Statement<Void>("INSERT INTO t VALUES (1)"))

                let committed = try await withClient(configuration: database) { try await $0.run(Statement<Int64>("SELECT count(*) FROM t")) }
                #expect(committed.rows == [1])
            }
        }
    }

    @Test func aFailedTransactionLeavesNoPreparedStatementBehind() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1, preparedStatements: 1)) { client in
            _ = try? await client.withTransaction { transaction in
                _ = try? await transaction.run(Statement<Void>("SELECT 1 / 0"))
                _ = try await transaction.run(Statement<Void>("SELECT 2"))
            }

            let kept = try await client.run(Statement<Int64>("SELECT count(*) FROM pg_prepared_statements")).rows

            #expect(kept == [1])
        }
    }

    @Test func aSessionsTracesReachNobody() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1)) { client in
            try await client.withConnection { session in
                try await session.runScript("SET search_path TO pg_catalog")
                try await session.runScript("CREATE TEMP TABLE traces (a int)")
                try await session.runScript("SELECT pg_advisory_lock(4711)")
            }

            let path = try await client.run(Statement<String>("SELECT current_setting('search_path')")).rows
            let isGone = try await client.run(Statement<Bool>("SELECT to_regclass('pg_temp.traces') IS NULL")).rows

            #expect(path == ["\"$user\", public"])
            #expect(isGone == [true])
        }
    }

    @Test func describesAStatementWithoutRunningIt() async throws {
        try await withClient { client in
            let statement = Statement<Void>("SELECT 1 / 0 AS boom, \(Int64(1)) AS number")

            let description = try await client.withConnection { try await $0.describe(statement.shape) }

            #expect(description.parameterOIDs == [20])
            #expect(description.columns.map(\.name) == ["boom", "number"])
            #expect(description.columns.map(\.typeOID) == [23, 20])
        }
    }
}
