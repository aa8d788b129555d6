/// What a text must contain to be found. What PostgreSQL calls a `tsquery`.
package struct TextQuery: Sendable, Hashable {
    /// A word to look for.
    package struct Term: Sendable, Hashable {
        package let lexeme: Lexeme
        /// Whether every lexeme that begins with this one will do.
        package let isPrefix: Bool
        /// Which occurrences count; empty means all.
        package let weights: Set<TextPosition.Weight>

        package init(_ lexeme: Lexeme, isPrefix: Bool = false, weights: Set<TextPosition.Weight> = []) {
            self.lexeme = lexeme
            self.isPrefix = isPrefix
            self.weights = weights
        }
    }

    /// A condition on a text.
    ///
    /// "And" and "or" take any number of conditions instead of two, so that a long query is a wide tree and not a deep one.
    package indirect enum Condition: Sendable, Hashable {
        /// The text contains the word.
        case term(Term)
        /// The text does not match the condition.
        case not(Condition)
        /// The text matches all of the conditions.
        case and([Condition])
        /// The text matches one of the conditions at least.
        case or([Condition])
        /// The text matches the first condition, and each following one at its distance after the one before it.
        case phrase(Condition, [Step])

        /// The text contains the lexeme.
        package static func lexeme(_ lexeme: Lexeme) -> Self { .term(Term(lexeme)) }
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

    /// The terms of the query, one for each lexeme, in byte order; also those that must not occur.
    ///
    /// Of several terms with one lexeme it is the last one in the query, which is the one that the server's `ts_rank` looks at.
    package var terms: [Term] {
        var found: [Lexeme: Term] = [:]
        condition?.forEachTerm { term, _ in found[term.lexeme] = term }
        return found.values.sorted { $0.lexeme < $1.lexeme }
    }

    /// The terms that a text is found for, and not in spite of: those that are not excluded.
    package var wantedTerms: [Term] {
        var wanted: [Term] = []
        condition?.forEachTerm { term, isExcluded in
            if !isExcluded { wanted.append(term) }
        }
        return wanted
    }

    /// Whether the server's rank is certain to be ours: see ``KnownDifferences``.
    package var hasCertainRank: Bool {
        var terms: [Term] = []
        condition?.forEachTerm { term, _ in terms.append(term) }
        guard terms.count >= 7 else { return true }
        let prefixes = Set(terms.filter(\.isPrefix).map(\.lexeme))
        return !terms.contains { !$0.isPrefix && prefixes.contains($0.lexeme) }
    }
}

extension TextQuery.Condition {
    /// Calls back with each term from left to right, and whether it must not occur.
    fileprivate func forEachTerm(isExcluded: Bool = false, _ body: (TextQuery.Term, Bool) -> Void) {
        switch self {
        case .term(let term): body(term, isExcluded)
        case .not(let operand): operand.forEachTerm(isExcluded: !isExcluded, body)
        case .and(let operands), .or(let operands): operands.forEach { $0.forEachTerm(isExcluded: isExcluded, body) }
        case .phrase(let first, let steps):
            first.forEachTerm(isExcluded: isExcluded, body)
            steps.forEach { $0.condition.forEachTerm(isExcluded: isExcluded, body) }
        }
    }
}
