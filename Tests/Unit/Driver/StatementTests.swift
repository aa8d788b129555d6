import Testing

@testable import PostgresDriver

private struct Row: RowDecodable, Equatable {
    static let columns: ColumnList = ["id", "name"]
    var id: Int
    var name: String

    init(row: inout RowReader) throws(PostgresError) {
        id = try row.read()
        name = try row.read()
    }
}

private enum Role: PostgresRepresentable, PostgresArrayElement, Equatable {
    static let postgresType = PostgresType.enumeration("teamRole", cast: "\"teamRole\"")
    static let arrayType = PostgresType.enumerationArray("_teamRole", cast: "\"teamRole\"[]")
    case admin
    case unknown(String)

    init(postgresRepresentation: String) {
        self = postgresRepresentation == "admin" ? .admin : .unknown(postgresRepresentation)
    }

    var postgresRepresentation: String {
        switch self {
        case .admin: "admin"
        case .unknown(let label): label
        }
    }
}

@Suite struct StatementTests {
    @Test func valuesBecomeNumberedParameters() {
        let text: StatementText = "SELECT \(1) + \(2) AS \"three\""

        #expect(text.shape.sql == "SELECT $1 + $2 AS \"three\"")
        #expect(text.shape.parameterTypes == [.int8, .int8])
        #expect(text.parameters.count == 2)
    }

    @Test func aLiteralIsAStatementOfItsRowType() {
        let statement: Statement<Row> = "SELECT \(Row.columns) FROM \"rows\" WHERE \"id\" = \(7)"

        #expect(statement.shape.sql == "SELECT \"id\", \"name\" FROM \"rows\" WHERE \"id\" = $1")
    }

    @Test func aLiteralWithoutValuesIsAStatementToo() {
        let statement: Statement<Row> = "SELECT 1, 'x'"

        #expect(statement.shape.sql == "SELECT 1, 'x'")
        #expect(statement.parameters.count == 0)
    }

    @Test func columnListsAreQualifiedByAnAlias() {
        let text: StatementText = "SELECT \(Row.columns["r"]) FROM \"rows\" AS r"

        #expect(text.shape.sql == "SELECT r.\"id\", r.\"name\" FROM \"rows\" AS r")
    }

    @Test func upsertsTakeAssignmentsFromTheSameList() {
        let text: StatementText = "ON CONFLICT (\"id\") DO UPDATE SET \(Row.columns.dropping("id").excludedAssignments)"

        #expect(text.shape.sql == "ON CONFLICT (\"id\") DO UPDATE SET \"name\" = excluded.\"name\"")
    }

    @Test func quotesInColumnNamesAreDoubled() {
        let columns: ColumnList = ["a\"b"]

        #expect(columns.sql == "\"a\"\"b\"")
    }

    @Test func enumParametersAreCastToTheirType() {
        let text: StatementText = "SELECT \(Role.admin), \([Role.admin]), \(Role?.none)"

        #expect(text.shape.sql == "SELECT $1::\"teamRole\", $2::\"teamRole\"[], $3::\"teamRole\"")
        #expect(text.shape.parameterOIDs == [0, 1009, 0])
    }

    @Test func callsOfOneStatementShareItsShape() {
        func statement(_ id: Int) -> Statement<Row> { "SELECT \(Row.columns["s"]) FROM \"rows\" AS s WHERE \"id\" = \(id)" }

        #expect(statement(1).shape === statement(2).shape)
    }

    @Test func equalTextsShareAShapeWhereverTheyAreWritten() {
        let first: StatementText = "SELECT \(1) AS \"shared\""
        let second: StatementText = "SELECT \(2) AS \"shared\""

        #expect(first.shape === second.shape)
    }

    @Test func differentParameterTypesGiveDifferentShapes() {
        func text<Value: PostgresValue>(_ value: Value) -> StatementText { "SELECT \(value)" }

        #expect(text(1).shape !== text("1").shape)
        #expect(text(1).shape.id != text("1").shape.id)
    }

    @Test func anOptionalHasTheShapeOfWhatItWraps() {
        func text<Value: PostgresValue>(_ value: Value) -> StatementText { "SELECT \(value) AS \"optional\"" }

        #expect(text(1).shape === text(Int?.none).shape)
    }

    @Test func aSingleCharacterOfTextCounts() {
        let sum: StatementText = "\(1)+\(2)"
        let difference: StatementText = "\(1)-\(2)"

        #expect(sum.shape.sql == "$1+$2")
        #expect(difference.shape.sql == "$1-$2")
    }

    @Test func manyTasksGetOneShape() async {
        let ids = await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let text: StatementText = "SELECT \(number), \(Row.columns["many"])"
                    return text.shape.id
                }
            }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }

        #expect(ids.count == 1)
    }

    @Test func lateValuesWithNULAreRefusedBeforeAnythingIsSent() throws {
        let text: StatementText = "SELECT \(1), \("a\0b"), \("fine")"

        let failure = try #require(text.parameters.failure)
        #expect(failure.kind == .invalidParameter)
        #expect(failure.parameterIndex == 2)
        #expect(failure.outcome == .notSent)
        #expect(throws: PostgresError.self) { try text.parameters.values }
    }

    @Test func valuesTravelInBinaryFormat() throws {
        let text: StatementText = "SELECT \("häh"), \(Int?.none), \(true), \("")"

        #expect(try text.parameters.values == [[104, 195, 164, 104], nil, [1], []])
        #expect(text.shape.parameterOIDs == [25, 20, 16, 25])
    }

    @Test func aStatementWithMoreParametersThanTheProtocolCarriesIsRefused() throws {
        var interpolation = StatementInterpolation(literalCapacity: 0, interpolationCount: 0)
        for number in 0...65_535 { interpolation.appendInterpolation(number) }

        #expect(StatementText(stringInterpolation: interpolation).parameters.failure?.parameterIndex == 65_536)
    }
}

@Suite struct ReadOnlyRuleTests {
    @Test(arguments: [
        "SELECT 1", "select \"update\" from \"delete\"", "WITH \"x\" AS (SELECT 1) SELECT * FROM \"x\"", "SELECT 'FOR UPDATE'",
        "SELECT count(*) FROM \"teams\" WHERE \"id\" IN ($1, $2)", "-- a comment\nSELECT ts_rank(\"v\", websearch_to_tsquery('english', $1))",
        "SELECT coalesce(\"a\", ($1)::text) /* INSERT */ FROM \"t\"",
    ])
    func plainSelectsAreReads(_ sql: String) {
        #expect(ReadOnlyRule.accepts(sql))
    }

    @Test(arguments: [
        "", "-- nothing", "UPDATE \"t\" SET \"a\" = 1", "SELECT * FROM \"t\" FOR UPDATE", "SELECT * FROM \"t\" FOR KEY SHARE",
        "WITH x AS (DELETE FROM \"t\" RETURNING 1) SELECT * FROM x", "SELECT 1 INTO \"t\"", "SELECT nextval('s')", "SELECT pg_advisory_lock(1)",
        "SELECT other.count(1)", "SELECT \"count\"(1)", "SELECT pg_notify('a', 'b')", "SELECT set_config('a', 'b', true)",
        "SELECT 1; DELETE FROM \"t\"", "EXPLAIN ANALYZE SELECT 1", "VALUES (1)", "SELECT 'open", "SELECT my_function(1)",
    ])
    func everythingElseIsNot(_ sql: String) {
        #expect(!ReadOnlyRule.accepts(sql))
    }
}
