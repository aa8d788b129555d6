/// The words of a text that a person may mistype, and that another person's mistyped word may have meant: letters and digits of ASCII, a letter first.
package enum PlainWords {
    /// How many letters and digits such a word has.
    package static let lengths = 3...40

    /// A word where it stands in a text.
    package struct Word: Sendable, Hashable {
        /// The word in small letters.
        package let text: String
        /// What the word is indexed as, or `nil` for a stop word.
        package let lexeme: Lexeme?
        /// The range of its characters.
        package let range: Range<Int>
    }

    /// The words of a text, in order: also the parts of compounds, and stop words.
    package static func words(of characters: [Unicode.Scalar]) -> [Word] {
        var scanner = TokenScanner(characters)
        var words: [Word] = []
        while let (kind, range) = scanner.next() {
            switch kind {
            case .asciiWord, .numberWord, .hyphenatedASCIIPart, .hyphenatedNumberPart:
                let token = characters[range]
                guard isPlain(token) else { continue }
                var lexeme: Lexeme?
                if case .lexeme(let found) = EnglishDictionary.look(up: token, kind: kind) { lexeme = found }
                words.append(Word(text: String(String.UnicodeScalarView(token.map(\.smallLetter))), lexeme: lexeme, range: range))
            default: break
            }
        }
        return words
    }

    /// Whether a lexeme may be that of such a word.
    package static func isPlain(_ lexeme: Lexeme) -> Bool {
        isPlain(lexeme.description.unicodeScalars)
    }

    private static func isPlain(_ token: some Collection<Unicode.Scalar>) -> Bool {
        guard lengths.contains(token.count), let first = token.first, isLetter(first) else { return false }
        return token.allSatisfy { isLetter($0) || ("0"..."9").contains($0) }
    }

    private static func isLetter(_ character: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(character) || ("A"..."Z").contains(character)
    }
}
