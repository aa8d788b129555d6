/// A policy as the database knows it.
struct StoredPolicy: Sendable {
    let table: String
    let name: String
    /// What rows are seen and changed, and what rows may be written, as the server prints it.
    let using: String?
    let check: String?
}

/// A policy without one of its conditions.
struct PolicyMutant: Sendable {
    let table: String
    let policy: String
    /// What is no longer asked.
    let condition: String
    let sql: String

    var name: String { "\(table).\(policy) without \(condition)" }

    /// A policy without each of its conditions, one at a time.
    static func all(of policy: StoredPolicy) -> [PolicyMutant] {
        func mutants(of expression: String?, _ clause: String) -> [PolicyMutant] {
            guard let expression else { return [] }
            return conditions(in: expression).map { range in
                let mutated = expression.replacingCharacters(in: range, with: "true")
                let condition = expression[range].split(whereSeparator: \.isWhitespace).joined(separator: " ")
                return PolicyMutant(
                    table: policy.table, policy: policy.name, condition: condition,
                    sql: "ALTER POLICY \"\(policy.name)\" ON \"\(policy.table)\" \(clause) (\(mutated))")
            }
        }
        return mutants(of: policy.using, "USING") + mutants(of: policy.check, "WITH CHECK")
    }

    /// Where the conditions of an expression stand: comparisons, questions for null, and whether something is in what a query finds, with the query.
    private static func conditions(in expression: String) -> [Range<String.Index>] {
        if expression == "false" { return [expression.startIndex..<expression.endIndex] }
        let simple = #/[\w".]+ = (?:deploystack_(?:team|user)\(\)|"\w+"\.\w+)|[\w".]+ IS NULL|NOT \w+/#
        let nested = #/(?:[\w".]+ (?:= ANY|IN)|EXISTS) \(/#
        return expression.matches(of: simple).map(\.range)
            + expression.matches(of: nested).map { match in
                var depth = 1
                var end = match.range.upperBound
                while depth > 0, end < expression.endIndex {
                    if expression[end] == "(" { depth += 1 }
                    if expression[end] == ")" { depth -= 1 }
                    end = expression.index(after: end)
                }
                return match.range.lowerBound..<end
            }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
