extension TextQuery {
    /// The query that a search text stands for, equal to `websearch_to_tsquery('english', text)`.
    ///
    /// The text should have passed ``SearchText/normalise(_:)``, without which the server refuses some texts.
    package init(websearch text: String) {
        let characters = Array(text.unicodeScalars)
        var reader = WebSearchReader(characters)
        var alternatives: [Condition] = []
        var conjunction: [Condition] = []
        var negations = 0

        func closeConjunction() {
            if !conjunction.isEmpty {
                alternatives.append(conjunction.count == 1 ? conjunction[0] : .and(conjunction))
            }
            conjunction = []
        }

        while let piece = reader.next() {
            switch piece {
            case .not: negations += 1
            case .and: break
            case .or: closeConjunction()
            case .operand(let range):
                if var condition = Self.phrase(of: characters[range]) {
                    for _ in 0..<negations {
                        condition = .not(condition)
                    }
                    conjunction.append(condition)
                }
                negations = 0
            }
        }
        closeConjunction()
        switch alternatives.count {
        case 0: self.init(nil)
        case 1: self.init(alternatives[0])
        default: self.init(.or(alternatives))
        }
    }

    /// The lexemes of an operand, one after the other at the distances that they have in the text, or `nil` if there are none.
    static func phrase(
        of characters: some Sequence<Unicode.Scalar>, isPrefix: Bool = false, weights: Set<TextPosition.Weight> = []
    ) -> Condition? {
        var first: Condition?
        var steps: [Step] = []
        var lastPosition = 0
        TextParser.forEachEnglishWord(of: Array(characters)) { lexeme, position in
            let term = Condition.term(Term(lexeme, isPrefix: isPrefix, weights: weights))
            if first == nil {
                first = term
            } else {
                steps.append(Step(distance: position - lastPosition, condition: term))
            }
            lastPosition = position
        }
        guard let first, !steps.isEmpty else {
            return first
        }
        return .phrase(first, steps)
    }
}
