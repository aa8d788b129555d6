import Testing

@testable import PostgresDriver

@Suite("Which statements may share a connection")
struct SharingRuleTests {
    @Test(arguments: [
        "SELECT 1", "select \"a\" from \"t\" where \"b\" = $1", "WITH x AS (SELECT 1) SELECT * FROM x",
        "INSERT INTO \"t\" (\"a\") VALUES ($1) RETURNING \"a\"",
        "UPDATE t SET a = 1", "DELETE FROM t", "VALUES (1)", "-- why\nSELECT 1", "SELECT 'set_config'",
    ])
    func whatEndsWithItsTransactionMay(sql: String) {
        #expect(SharingRule.accepts(sql))
    }

    @Test(arguments: [
        "", "SET a TO 1", "BEGIN", "COMMIT", "LISTEN a", "NOTIFY a", "CREATE TEMP TABLE a (b int)", "COPY t FROM STDIN", "EXPLAIN SELECT 1", "LOCK t",
        "SELECT 1 INTO TEMP x", "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_lock(1)", "SELECT set_config('a', 'b', false)",
        "SELECT pg_sleep(1)", "SELECT 1; SELECT 2", "DISCARD ALL", "SELECT currval('s')",
    ])
    func whatConcernsTheSessionMayNot(sql: String) {
        #expect(!SharingRule.accepts(sql))
    }
}
