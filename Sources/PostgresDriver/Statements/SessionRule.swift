/// Decides from a statement's text whether it leaves something in its session, or needs what an earlier statement has left there.
///
/// Behind a pooler in transaction mode the next transaction may find another session, and the one that was changed goes to somebody else. What ends with
/// its own transaction (`SET LOCAL`, `pg_advisory_xact_lock`, a temporary table that is dropped on commit) is not meant.
enum SessionRule {
    /// Whether the statement needs a session that lasts longer than its transaction.
    static func applies(to sql: String) -> Bool {
        let words = words(of: sql)
        guard let command = words.first else { return false }
        if sessionCommands.contains(command) { return true }
        switch command {
        case "set":
            return !(words.count > 1 && ["local", "transaction", "constraints"].contains(words[1]))
        case "declare":
            return contains(["with", "hold"], in: words)
        case "create":
            let isTemporary = words.prefix(4).contains { $0 == "temp" || $0 == "temporary" }
            return isTemporary && !contains(["on", "commit", "drop"], in: words)
        default:
            return words.indices.contains { lasts(words, at: $0) }
        }
    }

    /// Whether the word at an index calls for something that outlives the transaction.
    private static func lasts(_ words: [String], at index: Int) -> Bool {
        let word = words[index]
        if word == "into", index + 1 < words.count { return words[index + 1] == "temp" || words[index + 1] == "temporary" }
        guard index + 1 < words.count, words[index + 1] == "(" else { return false }
        if word == "set_config" { return !isLocal(words, at: index) }
        if word.hasPrefix("pg_advisory") || word.hasPrefix("pg_try_advisory") { return !word.contains("_xact_") }
        return sessionFunctions.contains(word)
    }

    /// Whether a call of `set_config` ends with the argument `true`, which makes the setting end with the transaction.
    private static func isLocal(_ words: [String], at index: Int) -> Bool {
        var depth = 0
        for position in words[index...].indices.dropFirst() {
            if words[position] == "(" { depth += 1 }
            if words[position] == ")" { depth -= 1 }
            if depth == 0 { return words[position - 1] == "true" }
        }
        return false
    }

    private static func contains(_ part: [String], in words: [String]) -> Bool {
        words.indices.contains { words[$0...].starts(with: part) }
    }

    /// The words and parentheses of a statement, in small letters; everything else that is not space or comment is an empty text.
    private static func words(of sql: String) -> [String] {
        var lexer = SQLLexer(sql)
        var words: [String] = []
        while let token = lexer.next() {
            switch token.kind {
            case .whitespace, .comment: continue
            case .word: words.append(lexer.text(of: token).lowercased())
            case .symbol(UInt8(ascii: "(")): words.append("(")
            case .symbol(UInt8(ascii: ")")): words.append(")")
            default: words.append("")
            }
        }
        return words
    }

    private static let sessionCommands: Set<String> = ["listen", "unlisten", "load", "discard", "reset", "prepare", "execute", "deallocate"]

    private static let sessionFunctions: Set<String> = ["currval", "lastval", "setseed", "dblink_connect", "dblink_disconnect"]
}
