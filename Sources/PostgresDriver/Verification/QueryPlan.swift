#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How the server would run, or has run, a statement.
package struct QueryPlan: Sendable, Hashable {
    /// One step of a plan with the steps that feed it.
    package struct Node: Sendable, Hashable {
        /// What the step does, such as `Index Scan`, `Seq Scan` or `Nested Loop`.
        package let type: String
        /// The table that it reads or writes.
        package let relation: String?
        /// The name that the statement gives the table.
        package let alias: String?
        /// The index that it uses.
        package let index: String?
        /// The number of rows that the planner expects of it.
        package let estimatedRows: Double
        /// The number of rows that it gave in each of its runs; only if the statement was run.
        package let actualRows: Double?
        /// The planner's measure of the work until the last row.
        package let totalCost: Double
        /// How it joins: `Inner`, `Left`, `Right`, `Full`, `Semi` or `Anti`.
        package let joinType: String?
        /// What it is to the step above: `Outer`, `Inner`, `InitPlan`, `Subquery` and others.
        package let relationship: String?
        /// The name of the common table expression that it reads.
        package let commonTable: String?
        /// The name under which other steps use this one, such as `CTE page`.
        package let subplan: String?
        /// The expressions that it gives, if the plan was asked for them.
        package let output: [String]
        /// The steps that feed it.
        package let children: [Node]

        /// This step and all below, each before its own children.
        package var all: [Node] { [self] + children.flatMap(\.all) }
    }

    /// The last step, which gives the statement's rows.
    package let root: Node

    /// How long planning took; only if the statement was run.
    package let planningTime: Duration?

    /// How long running took; only if the statement was run.
    package let executionTime: Duration?

    /// Every step, each before its own children.
    package var nodes: [Node] { root.all }

    /// Whether some step uses an index of this name.
    package func usesIndex(named name: String) -> Bool {
        nodes.contains { $0.index == name }
    }

    /// The names of all indexes that are used, each once, in the order of the plan.
    package var indexes: [String] {
        nodes.compactMap(\.index).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The tables that are read from end to end, in the order of the plan.
    package var sequentialScans: [String] {
        nodes.filter { $0.type == "Seq Scan" }.compactMap(\.relation)
    }

    /// The plan as text, one step a line, indented by its depth: `Index Scan using "teams_pkey" on "teams"`.
    package var summary: String {
        func lines(_ node: Node, depth: Int) -> [String] {
            var line = String(repeating: "  ", count: depth) + node.type
            if let index = node.index { line += " using \"\(index)\"" }
            if let relation = node.relation { line += " on \"\(relation)\"" }
            return [line] + node.children.flatMap { lines($0, depth: depth + 1) }
        }
        return lines(root, depth: 0).joined(separator: "\n")
    }

    /// Reads a plan from what `EXPLAIN (FORMAT JSON)` gives.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` if it is none.
    package init(_ json: PostgresJSON) throws(PostgresError) {
        guard let plans = try? JSONDecoder().decode([Document].self, from: Data(json.bytes)), let document = plans.first else {
            throw .decoding(column: "QUERY PLAN", "the server's plan is not in the expected form")
        }
        root = document.plan
        planningTime = document.planningTime.map { .microseconds($0 * 1000) }
        executionTime = document.executionTime.map { .microseconds($0 * 1000) }
    }

    private struct Document: Decodable {
        var plan: Node
        var planningTime: Double?
        var executionTime: Double?

        enum CodingKeys: String, CodingKey {
            case plan = "Plan"
            case planningTime = "Planning Time"
            case executionTime = "Execution Time"
        }
    }
}

extension QueryPlan.Node: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type = "Node Type"
        case relation = "Relation Name"
        case alias = "Alias"
        case index = "Index Name"
        case estimatedRows = "Plan Rows"
        case actualRows = "Actual Rows"
        case totalCost = "Total Cost"
        case joinType = "Join Type"
        case relationship = "Parent Relationship"
        case commonTable = "CTE Name"
        case subplan = "Subplan Name"
        case output = "Output"
        case children = "Plans"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        type = try container.decode(String.self, forKey: .type)
        relation = try container.decodeIfPresent(String.self, forKey: .relation)
        alias = try container.decodeIfPresent(String.self, forKey: .alias)
        index = try container.decodeIfPresent(String.self, forKey: .index)
        estimatedRows = try container.decodeIfPresent(Double.self, forKey: .estimatedRows) ?? 0
        actualRows = try container.decodeIfPresent(Double.self, forKey: .actualRows)
        totalCost = try container.decodeIfPresent(Double.self, forKey: .totalCost) ?? 0
        joinType = try container.decodeIfPresent(String.self, forKey: .joinType)
        relationship = try container.decodeIfPresent(String.self, forKey: .relationship)
        commonTable = try container.decodeIfPresent(String.self, forKey: .commonTable)
        subplan = try container.decodeIfPresent(String.self, forKey: .subplan)
        output = try container.decodeIfPresent([String].self, forKey: .output) ?? []
        children = try container.decodeIfPresent([QueryPlan.Node].self, forKey: .children) ?? []
    }
}
