/// What a word that is still being typed may become.
///
/// Only endings that the stemmer takes off matter: a longer word whose stem begins with what was typed is found as a prefix anyway.
enum EnglishEndings {
    /// A whole word, and the form in which it is indexed.
    struct Completion: Hashable {
        let word: String
        let lexeme: Lexeme
    }

    private static let endings = """
        ing ings ion ions ation ations ational ator ators ed er ers es ies ied ly ally ment ments ness less ful fulness able ably ability abilities ible \
        ibility ibilities ance ances ence ences ive iveness ivity ize ized izer izing ization ity ities al ical ous ousness
        """.split(separator: " ")
    /// Shorter words are the beginning of too much.
    private static let fewestLetters = 3
    private static let mostLetters = 40

    /// Words that end as English words do, begin with the typed letters, and are indexed under something that does not begin with them.
    ///
    /// - Parameter typed: What was typed. Anything but ASCII letters has no completions.
    static func completions(of typed: ArraySlice<Unicode.Scalar>) -> [Completion] {
        let letters = typed.map(\.smallLetter)
        guard (fewestLetters...mostLetters).contains(letters.count), letters.allSatisfy({ ("a"..."z").contains($0) }),
            !EnglishStopWords.contains(letters)
        else {
            return []
        }
        let whole = String(String.UnicodeScalarView(letters))
        var seen: Set<Lexeme> = []
        var completions: [Completion] = []
        for ending in endings {
            for length in 1..<ending.count where whole.count > length + 1 && whole.hasSuffix(ending.prefix(length)) {
                let word = whole + ending.dropFirst(length)
                guard !EnglishStopWords.contains(Array(word.unicodeScalars)) else { continue }
                let lexeme = Lexeme(EnglishStemmer.stem(word))
                guard !lexeme.bytes.starts(with: whole.utf8), seen.insert(lexeme).inserted else { continue }
                completions.append(Completion(word: word, lexeme: lexeme))
            }
        }
        return completions
    }
}
