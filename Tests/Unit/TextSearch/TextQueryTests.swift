import Testing
import TextSearch

@Suite("Queries of a search box")
struct TextQueryTests {
    /// Search texts, and their queries as `websearch_to_tsquery('english', …)` of PostgreSQL 15 gives them.
    private static let samples: [(text: String, query: String)] = [
        ("fat rats", "'fat' & 'rat'"),
        ("\"fat rats\"", "'fat' <-> 'rat'"),
        ("fat or rats", "'fat' | 'rat'"),
        ("fat OR rats cats", "'fat' | 'rat' & 'cat'"),
        ("-rats fat", "!'rat' & 'fat'"),
        ("fat -\"cats rats\"", "'fat' & !( 'cat' <-> 'rat' )"),
        ("\"the cat in the hat\"", "'cat' <3> 'hat'"),
        ("the", ""),
        ("", ""),
        ("or", ""),
        ("or x", "'x'"),
        ("x or", "'x'"),
        ("x or or y", "'x' | 'y'"),
        ("x -", "'x'"),
        ("--x", "!!'x'"),
        ("- x", "!'x'"),
        ("-(x y", "!'x' & 'y'"),
        ("foo-bar", "'foo-bar' <-> 'foo' <-> 'bar'"),
        ("-foo-bar", "!( 'foo-bar' <-> 'foo' <-> 'bar' )"),
        ("\"foo-bar the baz\"", "'foo-bar' <-> 'foo' <-> 'bar' <2> 'baz'"),
        ("foo-the-bar", "'foo-the-bar' <-> 'foo' <2> 'bar'"),
        ("the-foo bar", "'the-foo' <2> 'foo' & 'bar'"),
        ("x:y", "'x' & 'y'"),
        ("x:*", "'x'"),
        ("a & b | !c", "'b' & 'c'"),
        ("x <-> y", "'x' & 'y'"),
        ("x'y", "'x' <-> 'y'"),
        ("x\\y", "'x' <-> 'y'"),
        ("\"unclosed quote", "'unclos' <-> 'quot'"),
        ("x\"y\"z", "'x' & 'y' & 'z'"),
        ("\"a\"\"b\" \"c\"", "'b' & 'c'"),
        ("x or-y", "'x' & 'or-i' <2> 'y'"),
        ("x or_y", "'x' & 'y'"),
        ("x or.y", "'x' | 'y'"),
        ("x oré", "'x' & 'oré'"),
        ("x)or y", "'x' | 'y'"),
        ("x:or y", "'x' & 'y'"),
        (":-5", "'-5'"),
        ("http://x.org/a", "'http' & '/x.org/a'"),
        ("<b> bold", "'b' & 'bold'"),
        ("me@x.org", "'me@x.org'"),
        ("été OR ÉTÉ", "'été' | 'été'"),
        ("\"\" x", "'x'"),
        ("-\"\" x", "'x'"),
        ("-the x", "'x'"),
        ("x or the y", "'x' | 'y'"),
        ("\tx\n\u{2003}y", "'x' & 'y'"),
        ("x\u{a0}y", "'x' <-> 'y'"),
        ("😀", ""),
        ("'x' \\'y\\'", "'x' & 'y'"),
    ]

    @Test(arguments: samples)
    func theQueryIsThatOfTheServer(_ sample: (text: String, query: String)) {
        #expect(TextQuery(websearch: sample.text).description == sample.query)
    }

    @Test func aQueryOfStopWordsMatchesNothing() throws {
        let query = TextQuery(websearch: "the of a")

        #expect(query.condition == nil)
        #expect(!query.matches(try TextVector(english: "the of a")))
    }

    @Test func operandsInsideAPhraseAreWrittenInParentheses() {
        let x = TextQuery.Condition.lexeme(Lexeme("x"))
        let inner = TextQuery.Condition.phrase(x, [.init(distance: 1, condition: x)])

        let query = TextQuery(.phrase(.or([x, x]), [.init(distance: 2, condition: inner)]))

        #expect(query.description == "( 'x' | 'x' ) <2> ( 'x' <-> 'x' )")
    }
}
