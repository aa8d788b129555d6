extension TextQuery {
    /// Whether a text is found, equal to `vector @@ query`.
    package func matches(_ vector: TextVector) -> Bool {
        guard let condition else {
            return false
        }
        return condition.matches(vector)
    }
}

extension TextQuery.Condition {
    fileprivate func matches(_ vector: TextVector) -> Bool {
        switch self {
        case .term(let term): vector.contains(term)
        case .not(let operand): !operand.matches(vector)
        case .and(let operands): operands.allSatisfy { $0.matches(vector) }
        case .or(let operands): operands.contains { $0.matches(vector) }
        case .phrase: PhraseOccurrences(of: self, in: vector).isPossible
        }
    }
}
