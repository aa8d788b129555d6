import Testing

@testable import PostgresDriver

private struct Team: RowDecodable, Equatable {
    static let columns: ColumnList = ["id", "name"]
    var id: Int16
    var name: String?

    init(id: Int16, name: String?) {
        self.id = id
        self.name = name
    }

    init(row: inout RowReader) throws(PostgresError) {
        id = try row.read()
        name = try row.read()
    }
}

private struct Careless: RowDecodable {
    static let columns: ColumnList = ["a", "b"]

    init(row: inout RowReader) throws(PostgresError) {
        let _: Int16 = try row.read()
    }
}

private struct EvenNumber: PostgresRepresentable {
    var value: Int16
    var postgresRepresentation: Int16 { value }

    init(postgresRepresentation: Int16) throws(PostgresError) {
        guard postgresRepresentation % 2 == 0 else { throw .decoding(column: nil, "odd \(postgresRepresentation)") }
        value = postgresRepresentation
    }
}

private let number = PostgresType.int2.oid
private let text = PostgresType.text.oid

@Suite struct RowReaderTests {
    @Test func rowsAreReadInOrder() throws {
        let handle = try ResultHandle(
            columns: [.init("id", number), .init("name", text)], rows: [[[0, 1], [97]], [[0, 2], nil], [[0, 3], []]])

        let result = try StatementResult(decoding: handle, with: Statement<Team>("SELECT …"))

        #expect(result.rows == [Team(id: 1, name: "a"), Team(id: 2, name: nil), Team(id: 3, name: "")])
    }

    @Test func aResultWithoutRowsGivesNone() throws {
        let handle = try ResultHandle(columns: [.init("id", number), .init("name", text)], rows: [])

        #expect(try StatementResult(decoding: handle, with: Statement<Team>("SELECT …")).rows.isEmpty)
    }

    @Test func joinsReadOneTypeAfterTheOther() throws {
        let handle = try ResultHandle(
            columns: [.init("id", number), .init("name", text), .init("id", number), .init("name", text), .init("n", number)],
            rows: [[[0, 1], [97], [0, 2], nil, [0, 9]], [[0, 1], [97], nil, nil, [0, 8]]])
        let statement = Statement("SELECT …") { row in (try row.read() as Team, try row.readIfPresent() as Team?, try row.read() as Int16) }

        let rows = try StatementResult(decoding: handle, with: statement).rows

        #expect(rows.map(\.0) == [Team(id: 1, name: "a"), Team(id: 1, name: "a")])
        #expect(rows.map(\.1) == [Team(id: 2, name: nil), nil])
        #expect(rows.map(\.2) == [9, 8])
    }

    @Test func errorsNameTheColumn() throws {
        let handle = try ResultHandle(columns: [.init("id", number), .init("title", number)], rows: [[[0, 1], [0, 1]]])

        let error = #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<Team>("SELECT …")) }

        #expect(error?.kind == .decoding)
        #expect(error?.column == "title")
        #expect(error?.message == "expected text, found int2")
    }

    @Test func aColumnTooFewIsAnError() throws {
        let handle = try ResultHandle(columns: [.init("id", number)], rows: [[[0, 1]]])

        #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<Team>("SELECT …")) }
        let optional = Statement("SELECT …") { row in try row.readIfPresent() as Team? }
        #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: optional) }
    }

    @Test func aColumnTooManyIsAnError() throws {
        let handle = try ResultHandle(
            columns: [.init("id", number), .init("name", text), .init("extra", text)], rows: [[[0, 1], nil, nil]])

        #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<Team>("SELECT …")) }
    }

    @Test func aDecoderThatReadsFewerColumnsThanItListsIsAnError() throws {
        let handle = try ResultHandle(columns: [.init("a", number)], rows: [[[0, 1]]])

        #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<Careless>("SELECT …")) }
    }

    @Test func aSingleColumnNeedsNoRowType() throws {
        let handle = try ResultHandle(columns: [.init("count", number)], rows: [[[0, 5]]])

        #expect(try StatementResult(decoding: handle, with: Statement<Int>("SELECT …")).rows == [5])
    }

    @Test func anOptionalSingleColumnNeedsNoRowType() throws {
        let handle = try ResultHandle(columns: [.init("max", number)], rows: [[nil], [[0, 5]]])

        #expect(try StatementResult(decoding: handle, with: Statement<Int?>("SELECT …")).rows == [nil, 5])
    }

    @Test func anOutputThatNothingSaysHowToReadIsAnError() throws {
        let handle = try ResultHandle(columns: [.init("count", number)], rows: [[[0, 5]]])

        #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<Character>("SELECT …")) }
    }

    @Test func aStatementWithoutRowsIgnoresThem() throws {
        let handle = try ResultHandle(columns: [.init("count", number)], rows: [[[0, 5]]])

        #expect(try StatementResult(decoding: handle, with: Statement<Void>("SELECT …")).rows.isEmpty)
    }

    @Test func aValueThatItsTypeRefusesIsAnErrorWithoutTheValue() throws {
        let handle = try ResultHandle(columns: [.init("n", number)], rows: [[[0, 5]]])

        let error = #expect(throws: PostgresError.self) { try StatementResult(decoding: handle, with: Statement<EvenNumber>("SELECT …")) }

        #expect(error?.column == "n")
        #expect(error?.message == "the value is not a valid EvenNumber")
    }

    @Test(arguments: [
        ("UPDATE 3", "UPDATE", 3), ("INSERT 0 12", "INSERT", 12), ("SELECT 0", "SELECT", 0), ("CREATE TABLE", "CREATE TABLE", 0), ("", "", 0),
        ("DELETE 2147483648", "DELETE", 2_147_483_648),
    ])
    func commandTagsAreTakenApart(_ tag: String, _ command: String, _ rows: Int) {
        #expect(CommandTag(tag).command == command)
        #expect(CommandTag(tag).affectedRows == rows)
    }
}
