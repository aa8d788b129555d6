/// PostgreSQL's default text search parser: cuts a text into words, numbers, hosts, files and so on, and the blanks between them.
///
/// A compound is followed by its parts, as on the server: "data-base" gives the word with hyphen, "data", a blank, and "base".
package enum TextParser {
    /// A piece of a text.
    package struct Token: Sendable, Hashable {
        package let kind: TokenKind
        package let text: String
    }

    /// The longest token that is indexed, in bytes. The server passes over longer ones, and they take no position.
    static let longestIndexedToken = 2046

    /// The tokens of a text, in order, as `ts_parse('default', …)` gives them.
    package static func tokens(of text: String) -> [Token] {
        let characters = Array(text.unicodeScalars)
        var scanner = TokenScanner(characters)
        var tokens: [Token] = []
        while let (kind, range) = scanner.next() {
            tokens.append(Token(kind: kind, text: String(String.UnicodeScalarView(characters[range]))))
        }
        return tokens
    }

    /// Calls back with each word of an English text that is to be indexed, and its position, counted from one.
    ///
    /// Stop words take a position too. Returns the last position.
    @discardableResult
    static func forEachEnglishWord(of characters: [Unicode.Scalar], _ body: (Lexeme, Int) -> Void) -> Int {
        var scanner = TokenScanner(characters)
        var position = 0
        while let (kind, range) = scanner.next() {
            let token = characters[range]
            if token.utf8Count(exceeds: longestIndexedToken) {
                continue
            }
            switch EnglishDictionary.look(up: token, kind: kind) {
            case .nothing: break
            case .stopWord: position += 1
            case .lexeme(let lexeme):
                position += 1
                body(lexeme, position)
            }
        }
        return position
    }
}
