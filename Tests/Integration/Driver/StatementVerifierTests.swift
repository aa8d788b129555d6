import DeployStackDataTesting
import PostgresDriver
import Testing

private enum Mood: PostgresRepresentable, PostgresArrayElement {
    static let postgresType = PostgresType.enumeration("mood", cast: "\"mood\"")
    static let arrayType = PostgresType.enumerationArray("_mood", cast: "\"mood\"[]")
    case good
    case unknown(String)

    init(postgresRepresentation: String) { self = postgresRepresentation == "good" ? .good : .unknown(postgresRepresentation) }
    var postgresRepresentation: String { "good" }
}

private struct Owner: RowDecodable {
    static let columns: ColumnList = ["id", "name"]
    init(row: inout RowReader) throws(PostgresError) {
        let _: String = try row.read()
        let _: String = try row.read()
    }
}

private struct Pet: RowDecodable {
    static let columns: ColumnList = ["id", "name", "age", "mood", "born_at", "tags", "owner_id"]
    init(row: inout RowReader) throws(PostgresError) {
        let _: String = try row.read()
        let _: String = try row.read()
        let _: Int? = try row.read()
        let _: Mood = try row.read()
        let _: PostgresTimestamp = try row.read()
        let _: PostgresStringArrayJSON = try row.read()
        let _: String? = try row.read()
    }
}

private let schema = """
    CREATE TYPE "mood" AS ENUM ('good', 'bad');
    CREATE TABLE "owners" ("id" text PRIMARY KEY, "name" text NOT NULL);
    CREATE TABLE "pets" (
        "id" text PRIMARY KEY, "name" text NOT NULL, "age" integer, "mood" "mood" NOT NULL, "born_at" timestamptz NOT NULL, "tags" jsonb NOT NULL,
        "owner_id" text REFERENCES "owners" ("id"), "scopes" text[] NOT NULL DEFAULT '{}');
    CREATE VIEW "names" AS SELECT "id", "name" FROM "pets";
    """

/// What the verifier says of statements on a database with the schema above, after changes to it.
private func mismatches(after changes: String = "", _ statements: CataloguedStatement...) async throws -> [StatementMismatch] {
    try await withEmptyDatabase { database in
        let migration = try Migration(index: 0, tag: "0000_schema", contents: Array((schema + changes).utf8))
        return try await withClient(configuration: database) { client in
            _ = try await MigrationRunner(client: client, history: MigrationHistory([migration])).apply()
            return try await client.withConnection { try await StatementVerifier(session: $0).verify(statements) }
        }
    }
}

private let pets: Statement<Pet> = "SELECT \(Pet.columns) FROM \"pets\" WHERE \"id\" = \("x") ORDER BY \"id\" LIMIT \(5)"

@Suite("The check of statements against a database", .requiresServer)
struct StatementVerifierTests {
    @Test func findsNothingWhereBothSidesAgree() async throws {
        let insert = Statement<Void>(
            """
            INSERT INTO "pets" (\(Pet.columns))
            VALUES (\("x"), \("n"), \(5 as Int?), \(Mood.good), \(PostgresTimestamp(microseconds: 0)), \(PostgresStringArrayJSON([])), \(String?.none))
            ON CONFLICT ("id") DO UPDATE SET \(Pet.columns.dropping("id").excludedAssignments)
            """)
        let join = Statement(
            """
            SELECT \(Pet.columns["p"]), \(Owner.columns["o"])
            FROM "pets" AS p
            LEFT JOIN "owners" AS o ON o."id" = p."owner_id"
            WHERE p."mood" = ANY(\([Mood.good])) AND (\(Mood?.none) IS NULL OR p."mood" = \(Mood?.none))
            ORDER BY p."id"
            """
        ) { row in (try row.read() as Pet, try row.readIfPresent() as Owner?) }
        let update: Statement<Pet> = """
            UPDATE "pets" SET "name" = coalesce(\(String?.none), "name"), "mood" = \(Mood.good) WHERE "id" = \("x") RETURNING \(Pet.columns)
            """
        let count: Statement<Int> = "SELECT count(*) FROM \"pets\" WHERE \"tags\" @> \(PostgresStringArrayJSON(["a"]))"
        let scopes: Statement<[String]> = "SELECT \"scopes\" FROM \"pets\" WHERE \"scopes\" && \(["a"]) ORDER BY \"id\""

        let found = try await mismatches(
            CataloguedStatement("pets", pets), CataloguedStatement("insert", insert), CataloguedStatement("join", join),
            CataloguedStatement("update", update), CataloguedStatement("count", neverNull: ["count"], count), CataloguedStatement("scopes", scopes))

        #expect(found == [])
    }

    @Test func seesARenamedColumn() async throws {
        let found = try await mismatches(after: "ALTER TABLE \"pets\" RENAME \"age\" TO \"years\";", CataloguedStatement("pets", pets))

        #expect(found.map(\.problem) == [.refused])
        #expect(found.first?.statement == "pets")
        #expect(found.first?.column == "age")
        #expect(found.first?.description.contains("does not exist") == true)
    }

    @Test func seesAMissingTable() async throws {
        let found = try await mismatches(after: "DROP VIEW \"names\"; DROP TABLE \"pets\";", CataloguedStatement("pets", pets))

        #expect(found.map(\.problem) == [.refused])
    }

    @Test func seesAColumnThatMayBeNull() async throws {
        let found = try await mismatches(
            after: "ALTER TABLE \"pets\" ALTER \"name\" DROP NOT NULL;", CataloguedStatement("pets", pets))

        #expect(found.map(\.problem) == [.nullability])
        #expect(found.first?.column == "name")
    }

    @Test(arguments: [
        ("ALTER TABLE \"pets\" ALTER \"age\" TYPE text;", "age", "text"),
        ("ALTER TABLE \"pets\" ALTER \"mood\" TYPE text;", "mood", "text"),
        ("ALTER TABLE \"pets\" ALTER \"tags\" TYPE json;", "tags", "json"),
        ("ALTER TABLE \"pets\" ALTER \"born_at\" TYPE timestamp;", "born_at", "timestamp"),
        ("ALTER TABLE \"pets\" ALTER \"age\" TYPE numeric;", "age", "numeric"),
        ("ALTER TYPE \"mood\" RENAME TO \"feeling\";", "mood", "feeling"),
    ])
    func seesAColumnOfAnotherType(_ change: String, _ column: String, _ type: String) async throws {
        let found = try await mismatches(after: change, CataloguedStatement("pets", pets))

        #expect(found.map(\.problem) == [.columnType])
        #expect(found.first?.column == column)
        #expect(found.first?.found == type)
    }

    @Test func seesAnotherNumberOfColumns() async throws {
        let more: Statement<Owner> = "SELECT \(Owner.columns), 1 AS \"one\" FROM \"owners\""
        let fewer: Statement<Owner> = "SELECT \"id\" FROM \"owners\""

        let found = try await mismatches(CataloguedStatement("more", more), CataloguedStatement("fewer", fewer))

        #expect(found.map(\.problem) == [.columnCount, .columnCount])
        #expect(found.map(\.statement) == ["more", "fewer"])
    }

    @Test func seesColumnsInAnotherOrder() async throws {
        let swapped: Statement<Owner> = "SELECT \"name\", \"id\" FROM \"owners\""

        let found = try await mismatches(CataloguedStatement("swapped", swapped))

        #expect(found.map(\.problem) == [.columnName, .columnName])
    }

    @Test func seesAParameterOfAnotherType() async throws {
        let text = Statement<Void>("UPDATE \"pets\" SET \"age\" = 1 WHERE \"born_at\" < \("2020-01-01")")
        let wrongEnum = Statement<Void>("UPDATE \"pets\" SET \"name\" = \(Mood.good)")
        let number = Statement<Void>("UPDATE \"pets\" SET \"age\" = \(1.5)")

        let found = try await mismatches(
            CataloguedStatement("text", text), CataloguedStatement("wrongEnum", wrongEnum), CataloguedStatement("number", number))

        #expect(found.map(\.statement) == ["text", "number"])
        #expect(found.map(\.problem) == [.refused, .parameterType])
        #expect(found.last?.column == "$1")
    }

    @Test func seesNullsFromOuterJoins() async throws {
        let left = Statement("SELECT p.\"id\", o.\"name\" FROM \"pets\" AS p LEFT JOIN \"owners\" AS o ON o.\"id\" = p.\"owner_id\"") { row in
            (try row.read() as String, try row.read() as String)
        }
        let right = Statement("SELECT p.\"id\", o.\"name\" FROM \"pets\" AS p RIGHT JOIN \"owners\" AS o ON o.\"id\" = p.\"owner_id\"") { row in
            (try row.read() as String, try row.read() as String)
        }
        let full = Statement("SELECT p.\"id\", o.\"name\" FROM \"pets\" AS p FULL JOIN \"owners\" AS o ON o.\"id\" = p.\"owner_id\"") { row in
            (try row.read() as String, try row.read() as String)
        }
        let hidden: Statement<String> = """
            WITH "w" AS MATERIALIZED (SELECT o."name" FROM "pets" AS p LEFT JOIN "owners" AS o ON o."id" = p."owner_id")
            SELECT "name" FROM "w"
            """
        let subquery: Statement<String> = """
            SELECT s."name"
            FROM (SELECT o."name" FROM "pets" AS p LEFT JOIN "owners" AS o ON o."id" = p."owner_id" ORDER BY p."id" LIMIT 5) AS s
            ORDER BY s."name"
            """

        let found = try await mismatches(
            CataloguedStatement("left", left), CataloguedStatement("right", right), CataloguedStatement("full", full),
            CataloguedStatement("hidden", hidden), CataloguedStatement("subquery", subquery))

        #expect(
            found.map { "\($0.statement).\($0.column ?? "")" } == ["left.name", "right.id", "full.id", "full.name", "hidden.name", "subquery.name"])
        #expect(found.allSatisfy { $0.problem == .nullability })
    }

    @Test func knowsOuterJoinsThatAConditionMakesInner() async throws {
        let strict: Statement<String> = """
            SELECT o."name" FROM "pets" AS p LEFT JOIN "owners" AS o ON o."id" = p."owner_id" WHERE o."name" = \("x")
            """

        #expect(try await mismatches(CataloguedStatement("strict", strict)) == [])
    }

    @Test func asksForAKeyThatIsNeverNull() async throws {
        let join = Statement("SELECT p.\"id\", o.\"id\", o.\"name\" FROM \"pets\" AS p LEFT JOIN \"owners\" AS o ON o.\"id\" = p.\"owner_id\"") {
            row in
            (try row.read() as String, try row.readIfPresent() as Owner?)
        }

        let found = try await mismatches(
            after:
                "ALTER TABLE \"pets\" DROP CONSTRAINT \"pets_owner_id_fkey\"; ALTER TABLE \"owners\" DROP CONSTRAINT \"owners_pkey\"; ALTER TABLE \"owners\" ALTER \"id\" DROP NOT NULL;",
            CataloguedStatement("join", join))

        #expect(found.map(\.column) == ["id"])
        #expect(found.map(\.problem) == [.nullability])
    }

    @Test func asksForAPromiseForComputedColumns() async throws {
        let count: Statement<Int> = "SELECT count(*) FROM \"pets\""
        let highest: Statement<Int?> = "SELECT max(\"age\") FROM \"pets\""
        let view: Statement<Owner> = "SELECT \(Owner.columns) FROM \"names\""

        let found = try await mismatches(
            CataloguedStatement("count", count), CataloguedStatement("highest", highest), CataloguedStatement("view", view))

        #expect(found.map { "\($0.statement).\($0.column ?? "")" } == ["count.count", "view.id", "view.name"])
    }

    @Test func reportsPromisesThatNothingNeeds() async throws {
        let found = try await mismatches(CataloguedStatement("pets", neverNull: ["name", "count"], pets))

        #expect(found.map(\.problem) == [.needlessPromise, .needlessPromise])
        #expect(found.map(\.column) == ["count", "name"])
    }

    @Test func reportsStatementsThatNothingCanRead() async throws {
        let found = try await mismatches(CataloguedStatement("character", Statement<Character>("SELECT 1")))

        #expect(found.map(\.problem) == [.decoder])
    }
}

@Suite("A query plan", .requiresServer)
struct QueryPlanTests {
    @Test func tellsIndexesAndSequentialScans() async throws {
        try await withEmptyDatabase { database in
            let sql = """
                CREATE TABLE "t" ("id" integer PRIMARY KEY, "x" text NOT NULL);
                INSERT INTO "t" SELECT n, n::text FROM generate_series(1, 20000) AS n;
                """
            let migration = try Migration(index: 0, tag: "0000_t", contents: Array(sql.utf8))
            try await withClient(configuration: database) { client in
                _ = try await MigrationRunner(client: client, history: MigrationHistory([migration])).apply()
                try await client.withConnection { session in
                    try await session.runScript("ANALYZE \"t\"")
                    let byID: Statement<String> = "SELECT \"x\" FROM \"t\" WHERE \"id\" = \(5)"
                    let byText: Statement<String> = "SELECT \"x\" FROM \"t\" WHERE \"x\" = \("5")"

                    let indexed = try await session.explain(byID)
                    let scanned = try await client.explain(byText)

                    #expect(indexed.usesIndex(named: "t_pkey"))
                    #expect(indexed.indexes == ["t_pkey"])
                    #expect(indexed.sequentialScans.isEmpty)
                    #expect(indexed.summary == "Index Scan using \"t_pkey\" on \"t\"")
                    #expect(!scanned.usesIndex(named: "t_pkey"))
                    #expect(scanned.sequentialScans == ["t"])
                    #expect(scanned.executionTime == nil)
                }
            }
        }
    }

    @Test func ofAWriteThatWasRunLeavesNothingBehind() async throws {
        try await withEmptyDatabase { database in
            let migration = try Migration(index: 0, tag: "0000_t", contents: Array("CREATE TABLE \"t\" (\"id\" integer PRIMARY KEY)".utf8))
            try await withClient(configuration: database) { client in
                _ = try await MigrationRunner(client: client, history: MigrationHistory([migration])).apply()

                let plan = try await client.withConnection { try await $0.explainAnalyze(Statement<Void>("INSERT INTO \"t\" VALUES (\(1))")) }

                #expect(plan.root.type == "ModifyTable")
                #expect(plan.executionTime != nil)
                #expect(try await rows(Statement<Int>("SELECT count(*) FROM \"t\""), on: database) == [0])
            }
        }
    }
}
