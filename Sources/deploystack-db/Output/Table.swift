import Foundation
import Rainbow
import TextTable

/// What the library calls a column is one cell with its title.
private typealias TableCell = Column

/// A table for people, indented by two spaces.
struct Table {
    /// One column: its title, on which side its cells stand, and how wide they may be.
    struct Column {
        var title: String
        var alignment: Alignment
        var limit: Int

        /// A column of text, cut to a width.
        static func text(_ title: String, limit: Int = 60) -> Column { Column(title: title, alignment: .left, limit: limit) }

        /// A column of numbers.
        static func number(_ title: String) -> Column { Column(title: title, alignment: .right, limit: 20) }
    }

    var columns: [Column]
    var rows: [[String]]

    init(_ columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The table's lines with a line break after each; a line that says so when there are no rows.
    var text: String {
        let table = TextTable<[String]> { row in
            zip(columns, row).map { column, cell in TableCell(title: column.title, value: Self.cell(cell, column), align: column.alignment) }
        }
        guard let text = table.string(for: rows, style: RuledStyle.self) else { return "  \("(none)".dim)\n" }
        return text.split(separator: "\n").enumerated().map { index, line in
            let line = String(line.reversed().drop { $0 == " " }.reversed())
            return "  \(index == 0 ? line.bold : index == 1 ? line.dim : line)\n"
        }.joined()
    }

    /// A cell on one line. The table counts UTF-16 units when it fills a cell up, so characters of more than one are left out.
    private static func cell(_ text: String, _ column: Column) -> String {
        let characters = text.precomposedStringWithCanonicalMapping.map { $0.isWhitespace ? " " : $0 }.filter { $0.utf16.count == 1 }
        guard characters.count > column.limit else { return String(characters) }
        return String(characters.prefix(column.limit - 1)) + "…"
    }
}

/// Two spaces between columns, and a line below the titles.
private enum RuledStyle: TextTableStyle {
    static func prepare(_ text: String, for column: Column) -> String { Style.simple.prepare(text, for: column) }
    static func escape(_ text: String) -> String { text }
    static func begin(_ table: inout String, index: Int, columns: [Column]) {}
    static func end(_ table: inout String, index: Int, columns: [Column]) {}

    static func header(_ table: inout String, index: Int, columns: [Column]) {
        table += columns.map { $0.headerString(for: self) }.joined(separator: "  ") + "\n"
        table += columns.map { $0.repeated("─") }.joined(separator: "  ") + "\n"
    }

    static func row(_ table: inout String, index: Int, columns: [Column]) {
        table += columns.map { $0.string(for: self) }.joined(separator: "  ") + "\n"
    }
}
