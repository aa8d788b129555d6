import Testing
import TextSearch

@Suite("Finding and ranking texts")
struct TextRankTests {
    struct Sample: Sendable {
        let text: String
        let search: String
        let isFound: Bool
        let rank: UInt32

        init(_ text: String, _ search: String, _ isFound: Bool, _ rank: UInt32) {
            self.text = text
            self.search = search
            self.isFound = isFound
            self.rank = rank
        }
    }

    /// Texts, searches, whether `@@` of PostgreSQL 15 finds the text, and the bits of `ts_rank`.
    private static let samples: [Sample] = [
        Sample("The quick brown fox jumps over the lazy dog", "fox", true, 0x3d7901c7),
        Sample("The quick brown fox jumps over the lazy dog", "quick fox", true, 0x3dc9bad1),
        Sample("The quick brown fox jumps over the lazy dog", "\"quick fox\"", false, 0x3dc9bad1),
        Sample("The quick brown fox jumps over the lazy dog", "\"quick brown fox\"", true, 0x3e896285),
        Sample("The quick brown fox jumps over the lazy dog", "\"jumps the dog\"", false, 0x3dc30ec2),
        Sample("The quick brown fox jumps over the lazy dog", "\"jumps over the lazy\"", true, 0x3dc763e2),
        Sample("The quick brown fox jumps over the lazy dog", "-fox", false, 0x3d7901c7),
        Sample("The quick brown fox jumps over the lazy dog", "cat or dog", true, 0x3cf901c7),
        Sample("The quick brown fox jumps over the lazy dog", "cat -dog", false, 0x1e3ce508),
        Sample("The quick brown fox jumps over the lazy dog", "fox -cat", true, 0x1e3ce508),
        Sample("The quick brown fox jumps over the lazy dog", "the", false, 0),
        Sample("The quick brown fox jumps over the lazy dog", "", false, 0),
        Sample("Database server for database tools", "database", true, 0x3d9ba11c),
        Sample("Database server for database tools", "databases", true, 0x3d9ba11c),
        Sample("Database server for database tools", "database server", true, 0x3e4059bd),
        Sample("Database server for database tools", "server database tool", true, 0x3ece1005),
        Sample("Database server for database tools", "\"database server\" or tools", true, 0x3d86e0f7),
        Sample("Database server for database tools", "database -server", false, 0x3e4059bd),
        Sample("foo-bar connects PostgreSQL and SQLite databases", "foo-bar", true, 0x3e896285),
        Sample("foo-bar connects PostgreSQL and SQLite databases", "postgresql sqlite", true, 0x3dc9bad1),
        Sample("foo-bar connects PostgreSQL and SQLite databases", "\"sqlite databases\"", true, 0x3dcaf6a1),
        Sample("foo-bar connects PostgreSQL and SQLite databases", "bar or foo", true, 0x3d7901c7),
        Sample("", "x", false, 0),
        Sample("", "-x", true, 0),
        Sample("the", "-x", true, 0),
        Sample("cat cat cat dog cat", "cat dog", true, 0x3eaddb57),
        Sample("cat cat cat dog cat", "cat", true, 0x3db13e99),
        Sample("cat cat cat dog cat", "\"cat dog\"", true, 0x3eaddb57),
        Sample("cat cat cat dog cat", "--\"cat dog\"", true, 0x3d96dfbe),
        Sample("a b c x y z x y z", "x y z", true, 0x3f3560a2),
        Sample("a b c x y z x y z", "\"x y\" z", true, 0x3f3560a2),
        Sample("a b c x y z x y z", "z or x", true, 0x3d9ba11c),
        Sample("a b c x y z x y z", "\"z x\"", true, 0x3eab6e4a),
        Sample("GitHub's API: issues, pull requests and search", "github api search", true, 0x3e792f90),
        Sample("GitHub's API: issues, pull requests and search", "issue or request", true, 0x3d7901c7),
        Sample("GitHub's API: issues, pull requests and search", "-slack github", true, 0x1e3ce508),
    ]

    @Test(arguments: samples)
    func aTextIsFoundAndRankedAsOnTheServer(_ sample: Sample) throws {
        let vector = try TextVector(english: sample.text)
        let query = TextQuery(websearch: sample.search)

        #expect(query.matches(vector) == sample.isFound)
        #expect(TextRank.rank(vector, of: query).bitPattern == sample.rank)
    }

    @Test func aWordWithMoreWeightRanksHigher() {
        let light = TextVector([Lexeme("x"): [TextPosition(1)]])
        let heavy = TextVector([Lexeme("x"): [TextPosition(1, weight: .a)]])
        let query = TextQuery(.lexeme(Lexeme("x")))

        #expect(TextRank.rank(heavy, of: query) > TextRank.rank(light, of: query))
        #expect(heavy.description == "'x':1A")
    }

    @Test func aNegatedPhraseExcludesOnlyTheWordsInThatOrder() throws {
        let query = TextQuery(websearch: "cat -\"cat dog\"")

        #expect(!query.matches(try TextVector(english: "a cat dog")))
        #expect(query.matches(try TextVector(english: "a dog, a cat")))
    }

    @Test func aPhraseMayContainANegation() throws {
        let lexeme = { (word: String) in TextQuery.Condition.lexeme(Lexeme(word)) }
        let query = TextQuery(.phrase(lexeme("x"), [.init(distance: 1, condition: .not(lexeme("y")))]))

        #expect(query.matches(try TextVector(english: "x z")))
        #expect(query.matches(try TextVector(english: "x y x")))
        #expect(!query.matches(try TextVector(english: "x y")))
    }
}
