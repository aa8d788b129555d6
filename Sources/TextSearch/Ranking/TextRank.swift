/// How well a text fits a query.
package enum TextRank {
    /// What an occurrence counts by its weight, if nothing else is asked for: `{0.1, 0.2, 0.4, 1.0}` for d, c, b and a.
    private static func value(of weight: TextPosition.Weight) -> Float {
        switch weight {
        case .d: 0.1
        case .c: 0.2
        case .b: 0.4
        case .a: 1.0
        }
    }

    /// The rank of a text for a query, bit for bit equal to `ts_rank(vector, query)`.
    ///
    /// A text that does not match has a rank too, because the rank only looks at which lexemes occur, how often, and how near each other.
    package static func rank(_ vector: TextVector, of query: TextQuery) -> Float {
        guard let condition = query.condition, !vector.isEmpty else {
            return 0
        }
        let terms = query.terms
        switch condition {
        case .and, .phrase:
            let rank = terms.count < 2 ? rankOfAny(terms, in: vector) : rankOfAll(terms, in: vector)
            return rank < 0 ? 1e-20 : rank
        case .or, .not, .term:
            return rankOfAny(terms, in: vector)
        }
    }

    /// The rank of terms of which any may occur: each contributes, later occurrences less and less.
    private static func rankOfAny(_ terms: [TextQuery.Term], in vector: TextVector) -> Float {
        var rank: Float = 0
        for positions in terms.lazy.flatMap({ vector.positions(of: $0) }) {
            var sum: Float = 0
            var best: Float = -1
            var bestIndex = 0
            for (index, position) in positions.enumerated() {
                let value = value(of: position.weight)
                sum += value / Float((index + 1) * (index + 1))
                if value > best {
                    best = value
                    bestIndex = index
                }
            }
            // The limit of 1 + 1/4 + 1/9 + … is π²/6: the best occurrence counts fully, the others by their place.
            let contribution = best + sum - best / Float((bestIndex + 1) * (bestIndex + 1))
            rank = Float(Double(rank) + Double(contribution) / 1.64493406685)
        }
        return terms.isEmpty ? rank : rank / Float(terms.count)
    }

    /// The rank of terms that should all occur: each pair of occurrences contributes, near ones more. Negative if there is no pair.
    ///
    /// Of an earlier term that stands for several lexemes, only the last of them counts, as on the server.
    private static func rankOfAll(_ terms: [TextQuery.Term], in vector: TextVector) -> Float {
        var rank: Float = -1
        var earlier: [ArraySlice<TextPosition>] = []
        for term in terms {
            let found = vector.positions(of: term)
            for positions in found {
                for others in earlier {
                    for position in positions {
                        for other in others {
                            let distance = abs(position.index - other.index)
                            guard distance > 0 else {
                                continue
                            }
                            let product = value(of: position.weight) * value(of: other.weight) * WordDistance.factor(distance)
                            let contribution = product.squareRoot()
                            rank = rank < 0 ? contribution : Float(1.0 - (1.0 - Double(rank)) * (1.0 - Double(contribution)))
                        }
                    }
                }
            }
            if let last = found.last {
                earlier.append(last)
            }
        }
        return rank
    }
}
