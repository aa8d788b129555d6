import Foundation

/// Rows of text in columns: numbers end and texts begin below each other.
struct AlignedTable: Sendable {
    private var rows: [[String]]
    private let leftAligned: Set<Int>

    init(_ header: [String], leftAligned: Set<Int>) {
        rows = [header]
        self.leftAligned = leftAligned
    }

    mutating func append(_ row: [String]) { rows.append(row) }

    /// The table, each row with a line break.
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return leftAligned.contains(column) ? cell + space : space + cell
            }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        return ([lines[0], rule] + lines.dropFirst()).map { "\($0)\n" }.joined()
    }
}

extension Double {
    /// The number with so many digits after the point.
    func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
