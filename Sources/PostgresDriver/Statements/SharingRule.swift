/// Decides from a statement's text whether it may run on a connection that other callers use at the same time.
///
/// It may if all that it does is done when its own transaction ends. What belongs to the session (settings, temporary tables, advisory locks,
/// listening) would reach the others, and what ends transactions has no business there.
enum SharingRule {
    /// Whether the statement is a `SELECT`, `WITH`, `VALUES`, `INSERT`, `UPDATE` or `DELETE` that leaves nothing behind in the session.
    static func accepts(_ sql: String) -> Bool {
        var lexer = SQLLexer(sql)
        var command: String?
        while let token = lexer.next() {
            switch token.kind {
            case .whitespace, .comment:
                continue
            case .word:
                let word = lexer.text(of: token).lowercased()
                guard let command else {
                    guard commands.contains(word) else { return false }
                    command = word
                    continue
                }
                // SELECT … INTO makes a table.
                if word == "into", command == "select" { return false }
                if sessionFunctions.contains(word) || word.hasPrefix("pg_advisory") || word.hasPrefix("pg_try_advisory") { return false }
            case .symbol(UInt8(ascii: ";")), .unterminated:
                return false
            default:
                if command == nil { return false }
            }
        }
        return command != nil
    }

    private static let commands: Set<String> = ["select", "with", "values", "insert", "update", "delete"]

    private static let sessionFunctions: Set<String> = [
        "set_config", "setseed", "currval", "lastval", "dblink", "dblink_connect", "dblink_disconnect", "lo_open", "pg_export_snapshot",
        "pg_sleep", "pg_sleep_for", "pg_sleep_until", "pg_terminate_backend", "pg_cancel_backend",
    ]
}
