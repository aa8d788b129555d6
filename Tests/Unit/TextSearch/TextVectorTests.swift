import Testing
import TextSearch

@Suite("Index entries of texts")
struct TextVectorTests {
    /// Texts, and their entries as `to_tsvector('english', …)` of PostgreSQL 15 gives them.
    private static let samples: [(text: String, vector: String)] = [
        ("The Fat cats ate fat rats", "'ate':4 'cat':3 'fat':2,5 'rat':6"),
        ("a b c", "'b':2 'c':3"),
        ("foo-bar baz", "'bar':3 'baz':4 'foo':2 'foo-bar':1"),
        ("state-of-the-art", "'art':5 'state':2 'state-of-the-art':1"),
        ("http://example.com/a/b?c=d", "'/a/b?c=d':3 'example.com':2 'example.com/a/b?c=d':1"),
        ("Mail me@Example.org now", "'mail':1 'me@example.org':2"),
        ("1.2.3 v1.2 -5 3.14 1e10", "'-5':3 '1.2.3':1 '1e10':5 '3.14':4 'v1.2':2"),
        ("ÉTÉ été", "'été':1,2"),
        ("ΣΑΣ İstanbul ẞ", "'istanbul':2 'ß':3 'σασ':1"),
        ("it's John's", "'john':3"),
        ("'quoted' and back\\slash", "'back':3 'quot':1 'slash':4"),
        ("<b>tag</b> &amp;", "'tag':1"),
        ("C:\\dir\\file.txt", "'c':1 'dir':2 'file.txt':3"),
        ("日本語 テスト", "'テスト':2 '日本語':1"),
        ("e\u{301}te\u{301}", "'e\u{301}te\u{301}':1"),
        ("", ""),
        ("the a of", ""),
        ("x x x", "'x':1,2,3"),
        ("src/a.c src/b.c", "'src/a.c':1 'src/b.c':2"),
        ("@modelcontextprotocol/server-everything", "'modelcontextprotocol/server-everything':1"),
    ]

    @Test(arguments: samples)
    func theEntryIsThatOfTheServer(_ sample: (text: String, vector: String)) throws {
        #expect(try TextVector(english: sample.text).description == sample.vector)
    }

    @Test func onlyTheFirst255PositionsOfAWordAreKept() throws {
        let vector = try TextVector(english: String(repeating: "word ", count: 300))

        #expect(vector.positions(of: Lexeme("word"))?.map(\.index) == Array(1...255))
    }

    @Test func positionsBeyondTheLastOneCountAsTheLastOne() throws {
        let vector = try TextVector(english: String(repeating: "the ", count: 16_380) + "x x x x x x y y")

        #expect(vector.description == "'x':16381,16382,16383 'y':16383")
    }

    @Test func aWordOf2046BytesIsIndexedAndALongerOneTakesNoPosition() throws {
        let longest = String(repeating: "w", count: 2046)

        let vector = try TextVector(english: "a \(longest)w b \(longest) c")

        #expect(vector.description == "'b':2 'c':4 '\(longest)':3")
    }

    @Test func aTextWhoseWordsTakeMoreThanAMebibyteIsRefusedWithItsSize() {
        let filler = String(repeating: "x", count: 999)
        let text = (1...1039).map { number in
            filler + String(repeating: "0", count: 6 - String(number).count) + String(number)
        }.joined(separator: " ")

        #expect(throws: TextVectorError.tooLarge(bytes: 1_049_390)) { try TextVector(english: text) }
    }

    @Test func aWordThatGrowsTooLongInSmallLettersIsRefused() {
        #expect(throws: TextVectorError.wordTooLong(bytes: 3000)) { try TextVector(english: String(repeating: "Ⱥ", count: 1000)) }
    }

    @Test func composedAndDecomposedAccentsAreDifferentWords() throws {
        let composed = try TextVector(english: "caf\u{e9}")

        #expect(composed.positions(of: Lexeme("caf\u{e9}")) != nil)
        #expect(composed.positions(of: Lexeme("cafe\u{301}")) == nil)
    }
}
