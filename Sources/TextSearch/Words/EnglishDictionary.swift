/// What a token becomes in the index: the configuration `english`, which gives each token type to one dictionary.
enum EnglishDictionary {
    enum Outcome {
        /// The token is no word at all, such as a blank or a tag, and takes no position.
        case nothing
        /// The token takes a position, and is not indexed.
        case stopWord
        /// The token takes a position and is indexed as the lexeme.
        case lexeme(Lexeme)
    }

    /// Words with more bytes, counted before their letters are made small, are not stemmed.
    private static let longestStemmedWord = 1000

    static func look(up token: ArraySlice<Unicode.Scalar>, kind: TokenKind) -> Outcome {
        switch kind {
        case .blank, .tag, .urlProtocol, .entity:
            return .nothing
        case .asciiWord, .word, .hyphenatedASCIIWord, .hyphenatedWord, .hyphenatedASCIIPart, .hyphenatedPart:
            let word = token.map(\.smallLetter)
            if EnglishStopWords.contains(word) {
                return .stopWord
            }
            let isLong = token.utf8Count(exceeds: longestStemmedWord)
            return .lexeme(Lexeme(isLong ? word : EnglishStemmer.stem(word)))
        case .numberWord, .hyphenatedNumberWord, .hyphenatedNumberPart, .email, .url, .host, .urlPath, .file, .version, .scientificNumber,
            .decimalNumber, .signedInteger, .unsignedInteger:
            return .lexeme(Lexeme(token.map(\.smallLetter)))
        }
    }
}
