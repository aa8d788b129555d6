extension TextQuery: CustomStringConvertible {
    /// The query as the server writes it: `'fat' & ( 'cat' | 'rat' ) & !'dog'`.
    package var description: String {
        condition?.description ?? ""
    }
}

extension TextQuery.Condition: CustomStringConvertible {
    /// How strongly an operator binds.
    private var strength: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .phrase: 3
        case .not: 4
        case .term: 5
        }
    }

    /// The condition as the server writes it.
    package var description: String {
        switch self {
        case .term(let term):
            return term.description
        case .not(let operand):
            return "!" + operand.text(inside: 4)
        case .and(let operands):
            return operands.map { $0.text(inside: 2) }.joined(separator: " & ")
        case .or(let operands):
            return operands.map { $0.text(inside: 1) }.joined(separator: " | ")
        case .phrase(let first, let steps):
            return steps.reduce(first.text(inside: 3)) { text, step in
                text + (step.distance == 1 ? " <-> " : " <\(step.distance)> ") + step.condition.text(inside: 3, parenthesizingPhrase: true)
            }
        }
    }

    private func text(inside outer: Int, parenthesizingPhrase: Bool = false) -> String {
        var isInParentheses = strength < outer
        if parenthesizingPhrase, case .phrase = self {
            isInParentheses = true
        }
        return isInParentheses ? "( \(description) )" : description
    }
}

extension TextQuery.Term: CustomStringConvertible {
    /// The term as the server writes it: `'fat':*AB`.
    package var description: String {
        let weights = [(TextPosition.Weight.a, "A"), (.b, "B"), (.c, "C"), (.d, "D")].filter { self.weights.contains($0.0) }.map(\.1).joined()
        return lexeme.quoted + (isPrefix || !weights.isEmpty ? ":" : "") + (isPrefix ? "*" : "") + weights
    }
}
