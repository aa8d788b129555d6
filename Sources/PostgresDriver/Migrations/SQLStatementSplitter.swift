/// One statement of a migration file.
package struct MigrationStatement: Sendable, Hashable {
    /// The SQL, from its first word to its last, without the semicolon.
    package let sql: String

    /// The statement's number in the file, counted from 1.
    package let number: Int

    /// The line on which it begins, counted from 1.
    package let line: Int

    /// The first words in lower case, as far as they tell what the statement is.
    let leadingWords: [String]
}

/// Splits a migration file into statements.
///
/// A statement ends at a semicolon that belongs to no quote, comment, parenthesis or function body, or at the comment
/// `--> statement-breakpoint`. Files with and without breakpoints therefore give the same statements.
enum SQLStatementSplitter {
    /// The comment that ends a statement.
    static let breakpoint = "--> statement-breakpoint"

    /// Returns the statements of a text in order.
    ///
    /// - Throws: ``PostgresError`` of kind `migration` if the text ends inside a quote, a comment or a function body. It names the line.
    static func split(_ text: String) throws(PostgresError) -> [MigrationStatement] {
        var lexer = SQLLexer(text)
        var statements: [MigrationStatement] = []
        var lines = LineCounter(lexer.bytes)
        var current = Statement()

        while let token = lexer.next() {
            switch token.kind {
            case .unterminated:
                let line = lines.line(of: token.range.lowerBound)
                throw .migration("a quote, comment or function body that begins in line \(line) does not end", outcome: .notSent)
            case .comment where lexer.text(of: token).trimmingTrailingSpace() == breakpoint,
                .symbol(UInt8(ascii: ";")) where current.mayEnd:
                if let range = current.range {
                    statements.append(
                        MigrationStatement(
                            sql: String(decoding: lexer.bytes[range], as: UTF8.self), number: statements.count + 1,
                            line: lines.line(of: range.lowerBound), leadingWords: current.leadingWords))
                }
                current = Statement()
            case .whitespace, .comment:
                continue
            default:
                current.add(token, in: lexer)
            }
        }
        if let range = current.range {
            statements.append(
                MigrationStatement(
                    sql: String(decoding: lexer.bytes[range], as: UTF8.self), number: statements.count + 1,
                    line: lines.line(of: range.lowerBound), leadingWords: current.leadingWords))
        }
        return statements
    }

    /// What is known of a statement whose end has not been seen.
    private struct Statement {
        var range: Range<Int>?
        var leadingWords: [String] = []
        var parentheses = 0
        var bodies = 0

        /// Whether a semicolon ends the statement, and not just a part of it.
        var mayEnd: Bool { parentheses <= 0 && bodies == 0 }

        mutating func add(_ token: SQLLexer.Token, in lexer: SQLLexer) {
            range = (range?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
            switch token.kind {
            case .symbol(UInt8(ascii: "(")): parentheses += 1
            case .symbol(UInt8(ascii: ")")): parentheses -= 1
            case .word:
                let word = lexer.text(of: token).lowercased()
                if leadingWords.count < 8 { leadingWords.append(word) }
                if isRoutine && parentheses <= 0 { follow(word) }
            default: break
            }
        }

        /// Whether the statement creates a function or procedure, whose body may be SQL between `BEGIN ATOMIC` and `END`.
        private var isRoutine: Bool {
            guard leadingWords.first == "create" else { return false }
            let isReplacing = leadingWords.dropFirst().starts(with: ["or", "replace"])
            let kind = leadingWords.dropFirst(isReplacing ? 3 : 1).first
            return kind == "function" || kind == "procedure"
        }

        private mutating func follow(_ word: String) {
            switch word {
            case "begin": bodies += 1
            case "case" where bodies > 0: bodies += 1
            case "end" where bodies > 0: bodies -= 1
            default: break
            }
        }
    }
}

/// Says on which line a position lies; asked in rising order, it looks at each byte once.
private struct LineCounter {
    private let bytes: [UInt8]
    private var position = 0
    private var current = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func line(of offset: Int) -> Int {
        while position < offset {
            if bytes[position] == UInt8(ascii: "\n") { current += 1 }
            position += 1
        }
        return current
    }
}

extension String {
    fileprivate func trimmingTrailingSpace() -> String {
        var end = utf8.endIndex
        while end > utf8.startIndex, SQLLexer.isSpace(utf8[utf8.index(before: end)]) { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
