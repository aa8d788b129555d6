import Testing
import TextSearch

/// Expected similarities are those of `similarity` in PostgreSQL 15.
@Suite("Trigrams")
struct TrigramsTests {
    @Test(
        arguments: [
            ("word", "word", 1), ("word", "WORD", 1), ("word", "two words", Float(4) / 11), ("databse", "database", Float(6) / 11),
            ("gihtub", "github", Float(3) / 11),
            ("a", "b", 0), ("", "word", 0), ("", "", 0), ("aaaa", "aaa", 1), ("x-y", "y x", 1),
        ] as [(String, String, Float)])
    func wordsAreAsSimilarAsTheTrigramsThatTheyShare(_ left: String, _ right: String, _ similarity: Float) {
        #expect(Trigrams(left).similarity(to: Trigrams(right)) == similarity)
        #expect(Trigrams(right).similarity(to: Trigrams(left)) == similarity)
    }

    @Test func wordsWithTypingErrorsAreFoundAndPutBackWhereTheyStood() throws {
        let typed = MistypedWords(in: try SearchText.normalise("Databse or \"the databse server\" -databse x86tols"))

        #expect(typed.words.map(\.text) == ["databse", "server", "x86tols"])
        #expect(typed.replacing(["databse": "database"]) == "database or \"the database server\" -databse x86tols")
    }
}
