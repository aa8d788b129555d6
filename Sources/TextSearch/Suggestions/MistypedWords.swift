/// The words of a search text that may be mistyped, and the text with other words in their place.
package struct MistypedWords: Sendable {
    /// The most words that are looked at.
    package static let mostWords = 20

    /// A word that may be mistyped.
    package struct Word: Sendable, Hashable {
        /// The word in small letters.
        package let text: String
        /// What it would be indexed as.
        package let lexeme: Lexeme
    }

    private let characters: [Unicode.Scalar]
    private let found: [PlainWords.Word]
    /// The words, each once, in the order in which they were typed. Stop words and words that are excluded are not among them.
    package let words: [Word]

    package init(in search: SearchText) {
        characters = Array(search.text.unicodeScalars)
        var reader = WebSearchReader(characters)
        var isExcluded = false
        var found: [PlainWords.Word] = []
        while let piece = reader.next() {
            switch piece {
            case .not: isExcluded.toggle()
            case .and, .or: break
            case .operand(let range):
                if !isExcluded {
                    found += PlainWords.words(of: Array(characters[range])).map { word in
                        PlainWords.Word(
                            text: word.text, lexeme: word.lexeme,
                            range: range.lowerBound + word.range.lowerBound..<range.lowerBound + word.range.upperBound)
                    }
                }
                isExcluded = false
            }
        }
        var seen: Set<String> = []
        self.found = found
        let words = found.compactMap { word in word.lexeme.map { Word(text: word.text, lexeme: $0) } }.filter { seen.insert($0.text).inserted }
        self.words = Array(words.prefix(Self.mostWords))
    }

    /// The search text with some words replaced, wherever they stand and are not excluded.
    package func replacing(_ replacements: [String: String]) -> String {
        var text: [Unicode.Scalar] = []
        var end = 0
        for word in found {
            guard let replacement = replacements[word.text] else { continue }
            text += characters[end..<word.range.lowerBound]
            text += replacement.unicodeScalars
            end = word.range.upperBound
        }
        text += characters[end...]
        return String(String.UnicodeScalarView(text))
    }
}
