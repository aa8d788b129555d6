import Crypto

/// One step of a schema's history: a file of SQL with its place in the order.
package struct Migration: Sendable, Hashable {
    /// The place in the order, counted from 0.
    package let index: Int

    /// The file's name without its extension, such as `0001_create_teams`.
    package let tag: String

    /// The SHA-256 of the file in lower-case hexadecimal. Line endings do not count: CRLF is taken for LF.
    package let checksum: String

    /// The file's statements in order.
    package let statements: [MigrationStatement]

    /// Whether all statements and the entry in the ledger are one transaction. A file that begins with the comment `-- no-transaction` is
    /// applied statement by statement, for what PostgreSQL refuses in a transaction; its statements must be repeatable.
    package let isTransactional: Bool

    /// The comment before the first statement that takes a file out of its transaction.
    static let noTransactionHeader = "no-transaction"

    /// Reads a migration file.
    ///
    /// - Parameters:
    ///   - index: The place in the order, counted from 0.
    ///   - tag: The file's name without its extension.
    ///   - contents: The file's bytes.
    /// - Throws: ``PostgresError`` of kind `migration` if the file cannot be applied whatever the database; it names the tag and the line.
    package init(index: Int, tag: String, contents: [UInt8]) throws(PostgresError) {
        self.index = index
        self.tag = tag
        let normalised = Self.normalised(contents)
        self.checksum = SHA256.hash(data: normalised).map { Self.hexadecimal($0) }.joined()
        guard !normalised.contains(0), let text = String(validating: Self.withoutByteOrderMark(normalised), as: UTF8.self) else {
            throw .migration("migration \(tag) is not UTF-8 text; save the file as UTF-8", outcome: .notSent)
        }
        do {
            self.statements = try SQLStatementSplitter.split(text)
        } catch {
            throw .migration("migration \(tag): \(error.message); correct the file", outcome: .notSent)
        }
        guard !statements.isEmpty else {
            throw .migration("migration \(tag) has no statement; write one or remove its entry from the journal", outcome: .notSent)
        }
        self.isTransactional = !Self.hasNoTransactionHeader(text)
        for statement in statements {
            if let reason = Self.refusal(of: statement, isTransactional: isTransactional) {
                throw .migration(
                    "migration \(tag), statement \(statement.number) (line \(statement.line)): \(reason)", outcome: .notSent)
            }
        }
    }

    /// Why a statement cannot be part of a migration, if so.
    private static func refusal(of statement: MigrationStatement, isTransactional: Bool) -> String? {
        let words = statement.leadingWords
        if statement.sql.utf8.first == UInt8(ascii: "\\") { return "commands of psql are no SQL; write SQL only" }
        if words.first == "copy" && words.contains("stdin") {
            return "COPY … FROM STDIN carries data that is no SQL; use INSERT"
        }
        switch words.first {
        case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release":
            return isTransactional
                ? "the migration is one transaction already; remove \(words[0].uppercased())"
                : "each statement stands alone after -- no-transaction; remove \(words[0].uppercased())"
        default:
            return nil
        }
    }

    private static func hasNoTransactionHeader(_ text: String) -> Bool {
        var lexer = SQLLexer(text)
        while let token = lexer.next() {
            switch token.kind {
            case .whitespace: continue
            case .comment:
                let words = lexer.text(of: token).dropFirst(2).split(whereSeparator: \.isWhitespace)
                if words == [noTransactionHeader[...]] { return true }
            default: return false
            }
        }
        return false
    }

    private static func normalised(_ contents: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(contents.count)
        for (position, byte) in contents.enumerated() {
            if byte == 0x0D && position + 1 < contents.count && contents[position + 1] == 0x0A { continue }
            bytes.append(byte)
        }
        return bytes
    }

    /// Some editors begin a file with a mark that the server would take for the first character of a word.
    private static func withoutByteOrderMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
