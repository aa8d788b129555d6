/// An index that a statement builds with `CREATE INDEX CONCURRENTLY`.
///
/// If such a build fails or is killed, the server keeps an index of that name that is marked invalid: it costs every write and serves no query,
/// and `IF NOT EXISTS` takes it for the real one. The runner therefore removes it before it runs the statement again.
struct ConcurrentIndex: Equatable {
    /// The index's name as SQL writes it, quoted where it was quoted.
    let name: String

    /// Recognises a statement that builds a named index concurrently.
    init?(_ sql: String) {
        var lexer = SQLLexer(sql)
        var words: [String] = []
        while let token = lexer.next() {
            switch token.kind {
            case .whitespace, .comment:
                continue
            case .word, .quotedIdentifier:
                let text = lexer.text(of: token)
                let word = token.kind == .word ? text.lowercased() : text
                if words.starts(with: ["create"]) && Self.isComplete(words) {
                    guard word != "on" else { return nil }
                    if word == "if" || word == "not" || word == "exists" { continue }
                    name = text
                    return
                }
                words.append(word)
                if words.count > 4 { return nil }
            default:
                return nil
            }
        }
        return nil
    }

    private static func isComplete(_ words: [String]) -> Bool {
        words == ["create", "index", "concurrently"] || words == ["create", "unique", "index", "concurrently"]
    }
}

extension Statement<Bool> {
    /// Whether an index exists and is marked invalid. No row if there is none.
    static func isInvalidIndex(_ name: String) -> Self {
        """
        SELECT NOT i."indisvalid"
        FROM "pg_index" AS i
        WHERE i."indexrelid" = to_regclass(\(name))
        """
    }
}
