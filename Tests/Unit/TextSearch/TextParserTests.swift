import Testing
import TextSearch

@Suite("Cutting text into tokens")
struct TextParserTests {
    /// Texts, and their tokens as `ts_parse('default', …)` of PostgreSQL 15 gives them.
    private static let samples: [(text: String, tokens: String)] = [
        ("The quick fox", "asciiWord[The] blank[ ] asciiWord[quick] blank[ ] asciiWord[fox]"),
        ("naïve café", "word[naïve] blank[ ] word[café]"),
        ("abc123 x2y", "numberWord[abc123] blank[ ] numberWord[x2y]"),
        ("me@example.org", "email[me@example.org]"),
        ("a.b@c.de", "email[a.b@c.de]"),
        ("http://example.com/a?b=1", "urlProtocol[http://] url[example.com/a?b=1] host[example.com] urlPath[/a?b=1]"),
        ("https://example.com", "urlProtocol[https://] host[example.com]"),
        ("example.com:8080/x#y", "url[example.com:8080/x#y] host[example.com:8080] urlPath[/x#y]"),
        ("localhost:80", "asciiWord[localhost] blank[:] unsignedInteger[80]"),
        ("node.js", "host[node.js]"),
        ("v1.2.3", "file[v1.2.3]"),
        ("1.2.3", "version[1.2.3]"),
        ("-1.2.3", "blank[-] version[1.2.3]"),
        ("10.0.0.1", "version[10.0.0.1]"),
        (
            "1 -2 +3 4.5 -6.7e-8",
            "unsignedInteger[1] blank[ ] signedInteger[-2] blank[ ] signedInteger[+3] blank[ ] decimalNumber[4.5] blank[ ] scientificNumber[-6.7e-8]"
        ),
        ("1,000", "unsignedInteger[1] blank[,] unsignedInteger[000]"),
        (
            "state-of-the-art",
            "hyphenatedASCIIWord[state-of-the-art] hyphenatedASCIIPart[state] blank[-] hyphenatedASCIIPart[of] blank[-] hyphenatedASCIIPart[the] blank[-] hyphenatedASCIIPart[art]"
        ),
        ("x86-64", "numberWord[x86] signedInteger[-64]"),
        ("data-é", "hyphenatedWord[data-é] hyphenatedASCIIPart[data] blank[-] hyphenatedPart[é]"),
        ("1a-b", "hyphenatedNumberWord[1a-b] hyphenatedNumberPart[1a] blank[-] hyphenatedASCIIPart[b]"),
        ("a-1b", "hyphenatedNumberWord[a-1b] hyphenatedASCIIPart[a] blank[-] hyphenatedNumberPart[1b]"),
        ("2026-07-04", "unsignedInteger[2026] signedInteger[-07] signedInteger[-04]"),
        ("foo_bar", "asciiWord[foo] blank[_] asciiWord[bar]"),
        ("/usr/lib/a.so", "file[/usr/lib/a.so]"),
        ("../x", "file[../x]"),
        ("~/notes.txt", "file[~/notes.txt]"),
        ("src/main.swift", "file[src/main.swift]"),
        ("@scope/pkg-name", "blank[@] file[scope/pkg-name]"),
        ("C++ and C#", "asciiWord[C] blank[+] blank[+ ] asciiWord[and] blank[ ] asciiWord[C] blank[#]"),
        (".NET", "blank[.] asciiWord[NET]"),
        (
            "AT&T &amp; &#x27; &nope",
            "asciiWord[AT] blank[&] asciiWord[T] blank[ ] entity[&amp;] blank[ ] entity[&#x27;] blank[ ] blank[&] asciiWord[nope]"
        ),
        ("<b>bold</b>", "tag[<b>] asciiWord[bold] tag[</b>]"),
        ("a < b > c", "asciiWord[a] blank[ ] blank[< ] asciiWord[b] blank[ > ] asciiWord[c]"),
        ("<!-- note --> x", "tag[<!-- note -->] blank[ ] asciiWord[x]"),
        ("<script>let a = 1</script> b", "tag[<script>] blank[let a = 1] tag[</script>] blank[ ] asciiWord[b]"),
        ("<img alt=\"x > y\">", "tag[<img alt=\"x > y\">]"),
        ("<?xml version='1'?>", "tag[<?xml version='1'?>]"),
        ("it's", "asciiWord[it] blank['] asciiWord[s]"),
        ("日本語 ٣", "word[日本語] blank[ ] word[٣]"),
        ("e\u{301}te", "word[e\u{301}te]"),
        ("emoji 😀 x", "asciiWord[emoji] blank[ 😀 ] asciiWord[x]"),
        ("a\u{2003}b\u{a0}c", "asciiWord[a] blank[\u{2003}] asciiWord[b] blank[\u{a0}] asciiWord[c]"),
        ("", ""),
        ("   ", "blank[   ]"),
        ("a--b", "asciiWord[a] blank[-] blank[-] asciiWord[b]"),
        ("a.", "asciiWord[a] blank[.]"),
        ("<a 'x\\y", ""),
        ("a@b.cc.a@b.cc", "email[a@b.cc] blank[.] email[a@b.cc]"),
        ("</:x>", "blank[<] blank[/:] asciiWord[x] blank[>]"),
        ("www.Ee/'", "url[www.Ee/'] host[www.Ee] urlPath[/']"),
    ]

    @Test(arguments: samples)
    func textIsCutAsTheServerCutsIt(_ sample: (text: String, tokens: String)) {
        let tokens = TextParser.tokens(of: sample.text).map { "\($0.kind)[\($0.text)]" }.joined(separator: " ")

        #expect(tokens == sample.tokens)
    }

    @Test(arguments: ["a_", "~/", "a.b-", "a@b.", "1.2/", "<a b='", "&a", "http://"])
    func aLongTextWithoutBlanksIsReadInOneGo(_ piece: String) {
        let text = String(repeating: piece, count: 20_000)

        let tokens = TextParser.tokens(of: text)

        #expect(!tokens.isEmpty)
    }

    @Test func tokensOfACompoundRepeatItsParts() {
        let kinds = TextParser.tokens(of: "full-text").map(\.kind)

        #expect(kinds == [.hyphenatedASCIIWord, .hyphenatedASCIIPart, .blank, .hyphenatedASCIIPart])
    }
}
