import Testing
import TextSearch

/// Expected readings are those of PostgreSQL 15.
@Suite("Queries in the language of to_tsquery")
struct RawSearchTextTests {
    @Test(arguments: [
        ("fat & cat", "'fat' & 'cat'"), ("fat|cat", "'fat' | 'cat'"), ("!fat", "!'fat'"), ("!!fat", "!!'fat'"),
        ("fat <-> cat", "'fat' <-> 'cat'"), ("fat<2>cat", "'fat' <2> 'cat'"), ("fat <0> cat", "'fat' <0> 'cat'"),
        ("a1 | b1 & c1 <-> !d1", "'a1' | 'b1' & 'c1' <-> !'d1'"), ("(a1 | b1) & c1", "( 'a1' | 'b1' ) & 'c1'"),
        ("a1 <-> (b1 <-> c1)", "'a1' <-> ( 'b1' <-> 'c1' )"), ("(a1 <-> b1) <-> c1", "'a1' <-> 'b1' <-> 'c1'"),
        ("super:*", "'super':*"), ("fat:ab & cat:*D", "'fat':AB & 'cat':*D"), ("fat:", "'fat'"),
        ("'fat cats'", "'fat' <-> 'cat'"), ("'fat cats':*A", "'fat':*A <-> 'cat':*A"), ("'cat''s'", "'cat'"), ("a\\ b1", "'b1'"),
        ("x1\\'y1", "'x1' <-> 'y1'"),
        ("foo-bar", "'foo-bar' <-> 'foo' <-> 'bar'"), ("", ""), ("  ", ""), ("the", ""), ("the & a", ""),
        // Stop words go, and phrases keep their distances.
        ("fat & the", "'fat'"), ("the | fat", "'fat'"), ("!the & fat", "'fat'"), ("fat <-> the <-> cat", "'fat' <2> 'cat'"),
        ("fat <-> (the <-> cat)", "'fat' <2> 'cat'"), ("(fat <-> the) <-> cat", "'fat' <2> 'cat'"), ("the <-> fat", "'fat'"),
        ("fat <-> the", "'fat'"),
        ("fat <3> the <2> a <-> cat", "'fat' <6> 'cat'"), ("(the <-> fat) & cat", "'fat' & 'cat'"), ("fat <-> (the | a) <-> cat", "'fat' <2> 'cat'"),
    ])
    func aQueryIsReadAsByTheServer(_ text: String, _ expected: String) throws {
        #expect(try RawSearchText(text).query.description == expected)
    }

    @Test(arguments: [
        ("fat &", RawQueryError.Problem.operandMissing, 5), ("& fat", .operandMissing, 0), ("fat cat", .operatorMissing, 4),
        ("(fat", .parenthesisNotClosed, 4),
        ("fat)", .parenthesisNotOpened, 3), ("'fat", .quoteNotClosed, 4), ("fat\\", .nothingEscaped, 4), ("''", .operandMissing, 2),
        (":a", .operandMissing, 0),
        ("fat:x", .operatorMissing, 4), ("a1 <x> b1", .operatorMissing, 3), ("a1 <16385> b1", .tooFar, 3), ("(fat cat)", .operatorMissing, 5),
        ("!", .operandMissing, 1),
    ])
    func aMalformedQueryIsRefusedWithItsPlace(_ text: String, _ problem: RawQueryError.Problem, _ place: Int) {
        #expect(throws: RawQueryError.malformed(problem, at: place)) { try RawSearchText(text) }
    }

    @Test func nothingIsNestedDeeperThanTheServerBears() {
        let nested = { (depth: Int) in String(repeating: "(", count: depth) + "x1" + String(repeating: ")", count: depth) }

        #expect(throws: Never.self) { try RawSearchText(nested(24)) }
        #expect(throws: RawQueryError.self) { try RawSearchText(nested(25)) }
        #expect(throws: RawQueryError.self) { try RawSearchText(String(repeating: "!", count: 25) + "x1") }
        #expect(throws: RawQueryError.self) { try RawSearchText("a1 <16384> the <-> b1") }
    }

    @Test func longQueriesAreRefused() {
        #expect(throws: RawQueryError.tooManyWords(501)) { try RawSearchText(Array(repeating: "x1", count: 501).joined(separator: "|")) }
        #expect(throws: RawQueryError.tooLong(bytes: 4_097)) { try RawSearchText(String(repeating: "x", count: 4_097)) }
    }

    @Test func reasonsNeverContainTheText() {
        #expect(RawQueryError.malformed(.operandMissing, at: 5).reason == "it must have a word after 5 characters")
        #expect(RawQueryError.tooManyWords(501).reason == "it must have at most 4096 bytes and 500 words")
    }

    @Test func operandsThatAreNotExcludedAreKeptAsTheyWereWritten() throws {
        #expect(try RawSearchText("'Key Value':* & !cache | !(!redis & x1)").wantedOperands == ["Key Value", "redis"])
    }
}
