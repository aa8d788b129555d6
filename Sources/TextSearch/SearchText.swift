/// A search text that both backends can evaluate: the server never raises an error for it, and the in-memory store gives the same answer.
///
/// `websearch_to_tsquery` is documented as free of syntax errors, but it is not free of errors: it refuses 33 hyphens before a word
/// ("tsquery stack too small"), some ten thousand words (stack depth), and words that grow beyond 2 046 bytes in small letters. So every search
/// text passes through ``normalise(_:)`` first, and what comes out is what is sent to the server and what the in-memory store reads.
///
/// What is changed, without changing what is found:
/// - Of three or more hyphens that negate the same operand, one is kept if their number is odd and two if it is even; blanks replace the others.
/// - The letters "Ⱥ" and "Ⱦ", the only ones whose small letters take more bytes, become small.
///
/// What is refused, because no one types it into a search box: more than ``mostBytes`` bytes, and more than ``mostWords`` words. The limits
/// hold on a server with the smallest stack that PostgreSQL can be configured for (`max_stack_depth = 100kB`).
///
/// A NUL character is not looked for: texts with one are refused before, like every other parameter.
package struct SearchText: Sendable, Hashable {
    /// The most bytes of a search text, in UTF-8.
    package static let mostBytes = 4096
    /// The most words of a search text. Stop words count, and so does each part of a word with hyphens.
    package static let mostWords = 500

    /// The text to give to `websearch_to_tsquery('english', …)`.
    package let text: String
    /// What the text stands for, equal to the server's reading of ``text``.
    package let query: TextQuery

    /// Makes a search text harmless.
    ///
    /// - Parameter raw: What a person typed.
    /// - Throws: ``SearchTextError`` if the text is longer than any real search.
    package static func normalise(_ raw: String) throws(SearchTextError) -> SearchText {
        guard raw.utf8.count <= mostBytes else {
            throw .tooLong(bytes: raw.utf8.count)
        }
        let characters = withoutNeedlessNegations(raw.unicodeScalars.map { withoutGrowth($0) })
        let text = String(String.UnicodeScalarView(characters))
        guard text.utf8.count <= mostBytes else {
            throw .tooLong(bytes: text.utf8.count)
        }
        let words = wordCount(of: characters)
        guard words <= mostWords else {
            throw .tooManyWords(words)
        }
        return SearchText(text: text, query: TextQuery(websearch: text))
    }

    /// The character, or its small letter if that takes more bytes.
    static func withoutGrowth(_ character: Unicode.Scalar) -> Unicode.Scalar {
        character == "Ⱥ" || character == "Ⱦ" ? character.smallLetter : character
    }

    /// The operands of the text that are not excluded, without quotes.
    package var wantedOperands: [String] {
        let characters = Array(text.unicodeScalars)
        var reader = WebSearchReader(characters)
        var isExcluded = false
        var operands: [String] = []
        while let piece = reader.next() {
            switch piece {
            case .not: isExcluded.toggle()
            case .and, .or: break
            case .operand(let range):
                if !isExcluded { operands.append(String(String.UnicodeScalarView(characters[range]))) }
                isExcluded = false
            }
        }
        return operands
    }

    /// Shortens each run of hyphens that negate the same operand to one or two.
    private static func withoutNeedlessNegations(_ characters: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result = characters
        var reader = WebSearchReader(characters)
        var run: [Int] = []
        func shortenRun() {
            if run.count > 2 {
                for index in run.dropLast(run.count.isMultiple(of: 2) ? 2 : 1) {
                    result[index] = " "
                }
            }
            run = []
        }
        while let piece = reader.next() {
            if piece == .not {
                run.append(reader.position - 1)
            } else {
                shortenRun()
            }
        }
        shortenRun()
        return result
    }

    /// How many words the server puts into its query before it drops the stop words. An operand without any word counts as one.
    private static func wordCount(of characters: [Unicode.Scalar]) -> Int {
        var reader = WebSearchReader(characters)
        var count = 0
        while let piece = reader.next() {
            if case .operand(let range) = piece {
                count += max(1, TextParser.forEachEnglishWord(of: Array(characters[range])) { _, _ in })
            }
        }
        return count
    }
}
