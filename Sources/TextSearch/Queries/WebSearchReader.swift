/// Reads the text of a search box piece by piece: operands, and the operators between them.
///
/// The rules are those of `websearch_to_tsquery` (documentation, section 12.3.2): words are connected by "and", `or` between two operands is the
/// operator, a hyphen before an operand negates it, and text in quotes is one operand. Nothing is ever an error.
struct WebSearchReader {
    enum Piece: Equatable {
        /// A word, or the text between two quotes; the range is the text without the quotes.
        case operand(Range<Int>)
        case not
        case and
        case or
    }

    private let characters: [Unicode.Scalar]
    private(set) var position = 0
    private var expectsOperand = true

    init(_ characters: [Unicode.Scalar]) {
        self.characters = characters
    }

    /// The next piece, or `nil` at the end.
    mutating func next() -> Piece? {
        while position < characters.count {
            let character = characters[position]
            if character.isSearchSpace || Self.isIgnoredOperator(character) {
                position += 1
            } else if !expectsOperand {
                expectsOperand = true
                if character != "\"", isOrOperator() {
                    position += 2
                    return .or
                }
                return .and
            } else if character == "-" {
                position += 1
                return .not
            } else if character == "\"" {
                return quoted()
            } else {
                return word()
            }
        }
        return nil
    }

    private mutating func quoted() -> Piece {
        let start = position + 1
        let end = characters[start...].firstIndex(of: "\"") ?? characters.count
        position = min(end + 1, characters.count)
        expectsOperand = false
        return .operand(start..<end)
    }

    private mutating func word() -> Piece {
        let start = position
        // A colon ends a word but may begin one.
        position += 1
        while position < characters.count, !Self.endsWord(characters[position]) {
            position += 1
        }
        expectsOperand = false
        return .operand(start..<position)
    }

    /// Whether the word "or" stands here and something that may be an operand follows it.
    private func isOrOperator() -> Bool {
        let after = position + 2
        guard after < characters.count, characters[position].smallLetter == "o", characters[position + 1].smallLetter == "r" else {
            return false
        }
        let next = characters[after]
        if next == "-" || next == "_" || next.isSearchLetter || (next.value >= 0x30 && next.value <= 0x39) {
            return false
        }
        return characters[(after + 1)...].contains { !$0.isSearchSpace }
    }

    private static func endsWord(_ character: Unicode.Scalar) -> Bool {
        character == "\"" || character == ":" || isIgnoredOperator(character) || character.isSearchSpace
    }

    /// The operators of other query languages, which only separate words here.
    static func isIgnoredOperator(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "!", "&", "|", "(", ")", "<": true
        default: false
        }
    }
}
