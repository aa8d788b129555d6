import DeployStackData
import Foundation
import PostgresDriver

/// What must stand in no table of a test database when its test ends: the regular expression in `TEST_POSTGRES_FORBIDDEN_TEXT`.
///
/// It holds for every test at once what no single test could: that no call leaves a token, password or secret in the database as it is.
enum ForbiddenText {
    /// The expression as PostgreSQL reads it, or `nil` when nothing is forbidden.
    static let pattern = ProcessInfo.processInfo.environment["TEST_POSTGRES_FORBIDDEN_TEXT"].flatMap { $0.isEmpty ? nil : $0 }

    /// The tables of a database in which such a text stands, by name; the texts themselves are not told.
    static func tables(of database: TestDatabase, _ pattern: String) async throws(PostgresError) -> [String] {
        let client = try PostgresClient(
            connection: database.configuration.connection, pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60)),
            limits: ClientLimits(callTimeout: .seconds(120)))
        let found: [String]
        do throws(PostgresError) {
            found = try await client.run(Self.search(pattern)).rows
        } catch {
            await client.close()
            throw error
        }
        await client.close()
        return found
    }

    private static func search(_ pattern: String) -> Statement<String> {
        """
        SELECT c.relname::text
        FROM pg_catalog.pg_class AS c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND (xpath('/row/n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM %s AS r WHERE r::text ~ %L', c.oid::regclass, \(pattern)::text), false, true, '')))[1]::text::bigint > 0
        ORDER BY c.relname::text COLLATE "C"
        """
    }
}
