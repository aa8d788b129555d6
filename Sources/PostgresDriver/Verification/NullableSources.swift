/// Which tables of a statement may be missing from a row because an outer join found no match, as far as a plan tells.
///
/// The rule errs on the side of "may be missing":
/// - Everything below the side of a join that is filled up with NULLs may be missing.
/// - A common table expression or subquery that has such a join inside may have NULL in any of its columns.
/// - An output that is not just a column of a named table may be NULL if there is any such join at all.
struct NullableSources {
    private let names: Set<String>
    private let hasOuterJoin: Bool

    init(_ plan: QueryPlan) {
        var names: Set<String> = []
        for node in plan.nodes {
            for child in node.children where Self.isFilledUp(child, under: node) {
                names.formUnion(child.all.compactMap(\.alias))
            }
            if node.type == "Subquery Scan", let alias = node.alias, node.children.contains(where: Self.containsOuterJoin) {
                names.insert(alias)
            }
            if let table = node.commonTable, let alias = node.alias {
                let definition = plan.nodes.first { $0.subplan == "CTE \(table)" }
                if definition.map(Self.containsOuterJoin) ?? true { names.insert(alias) }
            }
        }
        self.names = names
        self.hasOuterJoin = Self.containsOuterJoin(plan.root)
    }

    /// Whether an output of the plan may be NULL because a whole row is missing.
    func mayLack(_ output: String?) -> Bool {
        guard hasOuterJoin else { return false }
        guard let output, let alias = Self.alias(of: output) else { return true }
        return names.contains(alias)
    }

    /// The table of an output that is just one of its columns, such as `t` of `t.id` and `My Table` of `"My Table".id`.
    static func alias(of output: String) -> String? {
        var lexer = SQLLexer(output)
        var parts: [String] = []
        var expectsDot = false
        while let token = lexer.next() {
            switch token.kind {
            case .word where !expectsDot:
                parts.append(lexer.text(of: token))
            case .quotedIdentifier where !expectsDot:
                let inner = lexer.text(of: token).dropFirst().dropLast()
                parts.append(inner.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\""))
            case .symbol(UInt8(ascii: ".")) where expectsDot:
                break
            default:
                return nil
            }
            expectsDot.toggle()
        }
        return parts.count == 2 && expectsDot ? parts[0] : nil
    }

    private static func containsOuterJoin(_ node: QueryPlan.Node) -> Bool {
        node.all.contains { $0.joinType == "Left" || $0.joinType == "Right" || $0.joinType == "Full" }
    }

    private static func isFilledUp(_ child: QueryPlan.Node, under join: QueryPlan.Node) -> Bool {
        switch (join.joinType, child.relationship) {
        case ("Left", "Inner"), ("Right", "Outer"), ("Full", "Inner"), ("Full", "Outer"): true
        default: false
        }
    }
}
