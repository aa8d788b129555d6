/// Reads a query in the language of `to_tsquery` (documentation, section 12.3.2).
///
/// "Or" binds weakest, then "and", then the phrase operators, all from left to right; "not" binds strongest. An operand is a word or a text in single
/// quotes, either of which may become several lexemes, or none, or be a prefix, or be limited to weights.
struct RawQueryReader {
    /// How deep parentheses and negations may be nested together. The server bears 29 negations of one operand.
    static let greatestDepth = 24
    /// The greatest distance of a phrase operator.
    static let greatestDistance = 16_384

    private let characters: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var isExcluded = false
    /// How many words have been read. A stop word counts, and an operand without words counts as one.
    private(set) var wordCount = 0
    /// The operands that are not excluded, without quotes and escapes.
    private(set) var wantedOperands: [String] = []

    init(_ characters: [Unicode.Scalar]) {
        self.characters = characters
    }

    /// The condition, or `nil` when nothing in the text is a word that counts.
    mutating func condition() throws(RawQueryError) -> TextQuery.Condition? {
        skipBlanks()
        guard position < characters.count else {
            return nil
        }
        let part = try alternatives()
        guard position == characters.count else {
            throw problem(characters[position] == ")" ? .parenthesisNotOpened : .operatorMissing)
        }
        return part.condition
    }

    // MARK: From the weakest operator to the strongest

    private mutating func alternatives() throws(RawQueryError) -> RawQueryPart {
        var part = try conjunction()
        while take("|") {
            part = part.or(try conjunction())
        }
        return part
    }

    private mutating func conjunction() throws(RawQueryError) -> RawQueryPart {
        var part = try phrase()
        while take("&") {
            part = part.and(try phrase())
        }
        return part
    }

    private mutating func phrase() throws(RawQueryError) -> RawQueryPart {
        var part = try factor()
        while let distance = try takeDistance() {
            guard let longer = part.followed(by: try factor(), at: distance) else {
                throw problem(.tooFar)
            }
            part = longer
        }
        return part
    }

    private mutating func factor() throws(RawQueryError) -> RawQueryPart {
        skipBlanks()
        guard position < characters.count else {
            throw problem(.operandMissing)
        }
        switch characters[position] {
        case "!":
            try descend()
            isExcluded.toggle()
            let part = try factor()
            isExcluded.toggle()
            depth -= 1
            return part.negated
        case "(":
            try descend()
            let part = try alternatives()
            guard take(")") else {
                throw problem(position < characters.count ? .operatorMissing : .parenthesisNotClosed)
            }
            depth -= 1
            return part
        case ":", "&", "|", ")", "<":
            throw problem(.operandMissing)
        default:
            return try operand()
        }
    }

    private mutating func descend() throws(RawQueryError) {
        depth += 1
        guard depth <= Self.greatestDepth else {
            throw problem(.tooDeep)
        }
        position += 1
    }

    // MARK: Operands

    private mutating func operand() throws(RawQueryError) -> RawQueryPart {
        let text = characters[position] == "'" ? try quotedText() : try plainText()
        var isPrefix = false
        var weights: Set<TextPosition.Weight> = []
        if position < characters.count, characters[position] == ":" {
            position += 1
            modifiers: while position < characters.count {
                switch characters[position] {
                case "*": isPrefix = true
                case "a", "A": weights.insert(.a)
                case "b", "B": weights.insert(.b)
                case "c", "C": weights.insert(.c)
                case "d", "D": weights.insert(.d)
                default: break modifiers
                }
                position += 1
            }
        }
        wordCount += max(1, TextParser.forEachEnglishWord(of: text) { _, _ in })
        if !isExcluded {
            wantedOperands.append(String(String.UnicodeScalarView(text)))
        }
        return RawQueryPart(TextQuery.phrase(of: text, isPrefix: isPrefix, weights: weights))
    }

    private mutating func quotedText() throws(RawQueryError) -> [Unicode.Scalar] {
        position += 1
        var text: [Unicode.Scalar] = []
        while position < characters.count {
            if characters[position] == "'" {
                position += 1
                guard position < characters.count, characters[position] == "'" else {
                    guard !text.isEmpty else {
                        throw problem(.operandMissing)
                    }
                    return text
                }
            } else if characters[position] == "\\" {
                try skipBackslash()
            }
            text.append(characters[position])
            position += 1
        }
        throw problem(.quoteNotClosed)
    }

    private mutating func plainText() throws(RawQueryError) -> [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        while position < characters.count {
            let character = characters[position]
            if character == "\\" {
                try skipBackslash()
            } else if character == ":" || character.isSearchSpace || WebSearchReader.isIgnoredOperator(character) {
                break
            }
            text.append(characters[position])
            position += 1
        }
        return text
    }

    private mutating func skipBackslash() throws(RawQueryError) {
        position += 1
        guard position < characters.count else {
            throw problem(.nothingEscaped)
        }
    }

    // MARK: Operators

    private mutating func skipBlanks() {
        while position < characters.count, characters[position].isSearchSpace {
            position += 1
        }
    }

    /// Goes past a character that stands here, after blanks.
    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < characters.count, characters[position] == wanted else {
            return false
        }
        position += 1
        return true
    }

    /// Goes past `<->` or `<2>` and gives its distance.
    private mutating func takeDistance() throws(RawQueryError) -> Int? {
        skipBlanks()
        let rest = characters[position...]
        guard rest.first == "<" else {
            return nil
        }
        let inside = rest.dropFirst().prefix { $0 == "-" || ("0"..."9").contains($0) }
        guard inside.endIndex < characters.count, characters[inside.endIndex] == ">", inside == ["-"] || !inside.isEmpty && !inside.contains("-")
        else {
            throw problem(.operatorMissing)
        }
        guard let distance = inside == ["-"] ? 1 : Int(String(String.UnicodeScalarView(inside))), distance <= Self.greatestDistance else {
            throw problem(.tooFar)
        }
        position = inside.endIndex + 1
        return distance
    }

    private func problem(_ problem: RawQueryError.Problem) -> RawQueryError {
        .malformed(problem, at: position)
    }
}
