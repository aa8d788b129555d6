import Testing

@testable import PostgresDriver

@Suite struct SQLStatementSplitterTests {
    private func split(_ text: String) throws(PostgresError) -> [String] {
        try SQLStatementSplitter.split(text).map(\.sql)
    }

    @Test func semicolonsEndStatements() throws {
        #expect(try split("SELECT 1; SELECT 2;\n\nSELECT 3") == ["SELECT 1", "SELECT 2", "SELECT 3"])
    }

    @Test func breakpointsEndStatementsWithOrWithoutASemicolon() throws {
        #expect(
            try split("SELECT 1;\n--> statement-breakpoint\nSELECT 2\n--> statement-breakpoint  \nSELECT 3;") == ["SELECT 1", "SELECT 2", "SELECT 3"])
        #expect(try split("SELECT 1;--> statement-breakpoint\r\nSELECT 2") == ["SELECT 1", "SELECT 2"])
    }

    @Test func filesWithAndWithoutBreakpointsGiveTheSameStatements() throws {
        let marked = "CREATE TABLE \"a\" (\"x\" text);\n--> statement-breakpoint\nCREATE TABLE \"b\" ();\n"

        #expect(try split(marked) == split(marked.split(separator: "\n").filter { !$0.hasPrefix("-->") }.joined(separator: "\n")))
    }

    @Test(arguments: [
        "SELECT 'a;b''c;'", "SELECT \"a;b\"\"c;\"", "SELECT E'it\\'s; \\\\'", "SELECT e'a' -- x\n'\\';'", "SELECT $$a;b$$", "SELECT $x$a;$$;$y$;$x$",
        "SELECT /* a; /* b; */ c; */ 1", "SELECT -- a;\n1", "SELECT U&'\\0061;'", "SELECT U&\"a;\"", "SELECT $1, a$b$ FROM t", "SELECT N'a;'",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END",
        "CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN NEW.a := 'x;'; RETURN NEW; END; $body$ LANGUAGE plpgsql",
        "SELECT 'a' 'b;'", "SELECT 'ä;', \"ö;\"", "SELECT '--> statement-breakpoint'",
    ])
    func semicolonsInsideDoNot(_ statement: String) throws {
        #expect(try split(statement + ";\nSELECT 2;") == [statement, "SELECT 2"])
    }

    @Test func backslashesInPlainStringsAreOrdinary() throws {
        #expect(try split("SELECT 'a\\'; SELECT 2") == ["SELECT 'a\\'", "SELECT 2"])
    }

    @Test(arguments: ["", " \n\t", ";", ";;\n;", "-- only a comment", "/* only */ ;", "--> statement-breakpoint\n--> statement-breakpoint"])
    func textWithoutStatementsHasNone(_ text: String) throws {
        #expect(try split(text).isEmpty)
    }

    @Test(arguments: ["SELECT 'a", "SELECT \"a", "SELECT $$a", "SELECT $x$a$$", "SELECT /* a /* b */", "SELECT E'a\\'", "SELECT U&'a"])
    func unfinishedQuotesAreErrorsThatNameTheLine(_ text: String) {
        let error = #expect(throws: PostgresError.self) { try split("SELECT 1;\n\n" + text) }

        #expect(error?.message.contains("line 3") == true)
    }

    @Test func statementsKnowTheirNumberAndLine() throws {
        let statements = try SQLStatementSplitter.split("-- header\n\nCREATE TABLE \"a\" (\n    \"x\" text\n);\n\n-- why\nCREATE TABLE \"b\" ();")

        #expect(statements.map(\.number) == [1, 2])
        #expect(statements.map(\.line) == [3, 8])
    }

    @Test func commentsAroundStatementsAreLeftOut() throws {
        #expect(try split("/* a */ SELECT 1 /* b */, 2 -- c\n;") == ["SELECT 1 /* b */, 2"])
    }

    @Test func tenMegabytesAreSplitInReasonableTime() throws {
        let line = "INSERT INTO \"t\" VALUES ('some text; with \"quotes\"', $$body;$$);\n"
        let text = String(repeating: line, count: 10_000_000 / line.utf8.count)

        #expect(try split(text).count == 10_000_000 / line.utf8.count)
    }

    @Test func tokensCoverTheTextWithoutGaps() {
        let pieces = ["'", "\"", "$$", "$a$", "--", "/*", "*/", "\n", ";", "E'", "\\", "a", "1", "$1", "ä", " ", "(", ")", "u&'", "$"]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &generator)! }.joined()
            var lexer = SQLLexer(text)
            var end = 0
            while let token = lexer.next() {
                #expect(token.range.lowerBound == end && token.range.upperBound > end, "\(text)")
                end = token.range.upperBound
            }
            #expect(end == text.utf8.count, "\(text)")
        }
    }

    @Test(arguments: [
        ("CREATE INDEX CONCURRENTLY \"a\" ON \"t\" (\"x\")", "\"a\""), ("create unique index concurrently if not exists a on t (x)", "a"),
        ("CREATE INDEX CONCURRENTLY ON \"t\" (\"x\")", nil), ("CREATE INDEX \"a\" ON \"t\" (\"x\")", nil), ("DROP INDEX CONCURRENTLY \"a\"", nil),
        ("SELECT 1", nil),
    ])
    func indexesThatAreBuiltConcurrentlyAreRecognised(_ sql: String, _ name: String?) {
        #expect(ConcurrentIndex(sql)?.name == name)
    }
}
