import Testing

@testable import PostgresDriver

@Suite("Which statements need a session")
struct SessionRuleTests {
    @Test(arguments: [
        "SET a TO 1", "set session a = 1", "SET TIME ZONE 'UTC'", "RESET ALL", "DISCARD ALL", "LISTEN a", "UNLISTEN *", "LOAD 'auto_explain'",
        "PREPARE a AS SELECT 1", "EXECUTE a", "DEALLOCATE a", "-- why\nLISTEN a", "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "CREATE TEMP TABLE a (b int)", "CREATE TEMPORARY TABLE a ON COMMIT DELETE ROWS AS SELECT 1", "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
        "SELECT 1 INTO TEMP x", "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_lock(1)", "SELECT pg_catalog.pg_advisory_unlock_all()",
        "SELECT set_config('a', 'b', false)", "SELECT set_config('a', f(true), $1)", "SELECT currval('s')", "WITH x AS (SELECT lastval()) TABLE x",
    ])
    func whatOutlivesItsTransactionDoes(sql: String) {
        #expect(SessionRule.applies(to: sql))
    }

    @Test(arguments: [
        "", "SELECT 1", "SELECT 'LISTEN a; SET b TO 1'", "INSERT INTO \"t\" (\"set\") VALUES ($1)", "UPDATE t SET a = 1", "SET LOCAL a TO 1",
        "SET TRANSACTION READ ONLY", "SET CONSTRAINTS ALL DEFERRED", "SELECT pg_advisory_xact_lock(1)", "SELECT pg_try_advisory_xact_lock(1)",
        "SELECT set_config('a', lower('B'), true)", "CREATE TEMP TABLE a (b int) ON COMMIT DROP", "CREATE TABLE a (b int)",
        "DECLARE c CURSOR FOR SELECT 1", "NOTIFY a", "SELECT \"currval\" FROM t", "SELECT nextval('s')", "SELECT \"pg_advisory_lock\" FROM t",
    ])
    func whatEndsWithItsTransactionDoesNot(sql: String) {
        #expect(!SessionRule.applies(to: sql))
    }
}
