import DeployStackDataTesting
import PostgresDriver

@testable import DeployStackData

/// One constraint or unique index of a migrated database, as the server describes it.
struct StoredConstraint: RowDecodable, Hashable, CustomStringConvertible {
    static let columns: ColumnList = ["table", "name", "type", "columns", "nullable", "target", "on_delete", "expression", "predicate"]

    var table: String
    var name: String
    /// `p` for a primary key, `u` for a unique constraint, `f` for a foreign key, `c` for a check, `i` for a unique index that is no constraint.
    var type: String
    /// The columns in the constraint's order; those of a check by name.
    var keyColumns: [String]
    /// Those of the columns that may be null; none for a check.
    var nullableColumns: [String]
    var target: String?
    var onDelete: String?
    var expression: String?
    var predicate: String?

    var description: String { "\(table).\(name) (\(type))" }

    init(row: inout RowReader) throws(PostgresError) {
        table = try row.read()
        name = try row.read()
        type = try row.read()
        keyColumns = try row.read()
        nullableColumns = try row.read()
        target = try row.read()
        onDelete = try row.read()
        expression = try row.read()
        predicate = try row.read()
    }

    /// What the in-memory tables declare, in the server's terms.
    init(_ declared: DeclaredConstraint) {
        table = declared.table
        name = declared.name
        keyColumns = declared.columns
        nullableColumns = declared.nullableColumns
        switch declared.kind {
        case .primaryKey: type = "p"
        case .unique: type = "u"
        case .uniqueIndex(let expression, let predicate):
            type = "i"
            self.expression = expression
            self.predicate = predicate
            // The server knows of no columns where an expression stands.
            if expression != nil {
                keyColumns = []
                nullableColumns = []
            }
        case .foreignKey(let table, let action):
            type = "f"
            target = table
            onDelete = action.rawValue
        case .check:
            type = "c"
            keyColumns.sort()
        }
    }

    /// Every constraint and unique index of the schema, without the migrations' own ledger.
    static func all(in database: TestDatabase) async throws -> [StoredConstraint] {
        let client = try PostgresClient(connection: database.configuration.connection)
        do {
            let constraints = try await client.run(.constraints() as Statement<StoredConstraint>).rows
            await client.close()
            return constraints
        } catch {
            await client.close()
            throw error
        }
    }
}

extension Statement<StoredConstraint> {
    fileprivate static func constraints() -> Self {
        """
        WITH "rules" AS (
                SELECT c."conrelid" AS "relation", c."conname"::text AS "name", c."contype"::text AS "type", c."conkey"::smallint[] AS "key",
                    f."relname"::text AS "target",
                    CASE c."confdeltype" WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT' WHEN 'a' THEN 'NO ACTION'
                        WHEN 'd' THEN 'SET DEFAULT' END AS "on_delete",
                    NULL::text AS "expression", NULL::text AS "predicate"
                FROM "pg_constraint" AS c
                LEFT JOIN "pg_class" AS f ON f."oid" = c."confrelid"
                WHERE c."connamespace" = 'public'::regnamespace AND c."contype" IN ('p', 'u', 'f', 'c')
                UNION ALL
                SELECT x."indrelid", i."relname"::text, 'i', x."indkey"::smallint[], NULL, NULL, pg_get_expr(x."indexprs", x."indrelid"),
                    pg_get_expr(x."indpred", x."indrelid")
                FROM "pg_index" AS x
                INNER JOIN "pg_class" AS i ON i."oid" = x."indexrelid"
                WHERE x."indisunique" AND i."relnamespace" = 'public'::regnamespace
                    AND NOT EXISTS (SELECT FROM "pg_constraint" AS c WHERE c."conindid" = x."indexrelid" AND c."contype" IN ('p', 'u')))
        SELECT t."relname"::text AS "table", r."name", r."type",
            ARRAY(
                SELECT a."attname"::text
                FROM unnest(r."key") WITH ORDINALITY AS k ("number", "place")
                INNER JOIN "pg_attribute" AS a ON a."attrelid" = r."relation" AND a."attnum" = k."number"
                ORDER BY CASE WHEN r."type" = 'c' THEN a."attname"::text END COLLATE "C", k."place") AS "columns",
            ARRAY(
                SELECT a."attname"::text
                FROM unnest(r."key") WITH ORDINALITY AS k ("number", "place")
                INNER JOIN "pg_attribute" AS a ON a."attrelid" = r."relation" AND a."attnum" = k."number"
                WHERE r."type" <> 'c' AND NOT a."attnotnull"
                ORDER BY k."place") AS "nullable",
            r."target", r."on_delete", r."expression", r."predicate"
        FROM "rules" AS r
        INNER JOIN "pg_class" AS t ON t."oid" = r."relation"
        WHERE t."relname" <> '__deploystack_migrations'
        ORDER BY 1, 2
        """
    }
}
