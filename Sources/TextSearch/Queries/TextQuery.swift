/// What a text must contain to be found. What PostgreSQL calls a `tsquery`.
package struct TextQuery: Sendable, Hashable {
    /// A condition on a text.
    ///
    /// "And" and "or" take any number of conditions instead of two, so that a long query is a wide tree and not a deep one.
    package indirect enum Condition: Sendable, Hashable {
        /// The text contains the lexeme.
        case lexeme(Lexeme)
        /// The text does not match the condition.
        case not(Condition)
        /// The text matches all of the conditions.
        case and([Condition])
        /// The text matches one of the conditions at least.
        case or([Condition])
        /// The text matches the first condition, and each following one at its distance after the one before it.
        case phrase(Condition, [Step])
    }

    /// One more element of a phrase.
    package struct Step: Sendable, Hashable {
        /// How many positions after the element before; 1 means the next word.
        package let distance: Int
        package let condition: Condition

        package init(distance: Int, condition: Condition) {
            self.distance = distance
            self.condition = condition
        }
    }

    /// The condition, or `nil` if the query is empty (only stop words, or nothing at all) and matches no text.
    package let condition: Condition?

    package init(_ condition: Condition?) {
        self.condition = condition
    }

    /// All different lexemes of the query, also those that must not occur, in byte order.
    package var lexemes: [Lexeme] {
        var found: Set<Lexeme> = []
        condition?.collect(into: &found)
        return found.sorted()
    }
}

extension TextQuery.Condition {
    fileprivate func collect(into lexemes: inout Set<Lexeme>) {
        switch self {
        case .lexeme(let lexeme): lexemes.insert(lexeme)
        case .not(let operand): operand.collect(into: &lexemes)
        case .and(let operands), .or(let operands): operands.forEach { $0.collect(into: &lexemes) }
        case .phrase(let first, let steps):
            first.collect(into: &lexemes)
            steps.forEach { $0.condition.collect(into: &lexemes) }
        }
    }
}
