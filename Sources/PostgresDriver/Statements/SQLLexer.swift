/// Splits SQL text into tokens by PostgreSQL's own lexical rules, as far as they matter for finding where a statement ends and what it is.
///
/// It knows quotes of all kinds (`'…'`, `E'…'` with backslashes and its continuation on the next line, `"…"`, `$tag$…$tag$`), nested comments,
/// parameters and words. It assumes `standard_conforming_strings = on`, which is the server's default.
struct SQLLexer {
    struct Token: Equatable {
        var kind: Kind
        var range: Range<Int>
    }

    enum Kind: Equatable {
        case whitespace
        case comment
        case word
        case quotedIdentifier
        case string
        case parameter
        case number
        case symbol(UInt8)
        /// A quote or comment that the text ends inside of.
        case unterminated
    }

    let bytes: [UInt8]
    private(set) var position = 0

    init(_ sql: String) {
        bytes = Array(sql.utf8)
    }

    func text(of token: Token) -> String {
        String(decoding: bytes[token.range], as: UTF8.self)
    }

    /// The next token, or `nil` at the end. Tokens cover the text without gaps.
    mutating func next() -> Token? {
        guard position < bytes.count else { return nil }
        let start = position
        let kind = scan()
        return Token(kind: kind, range: start..<position)
    }

    private mutating func scan() -> Kind {
        let byte = bytes[position]
        let following = peek(1)
        switch byte {
        case _ where Self.isSpace(byte):
            skip(while: Self.isSpace)
            return .whitespace
        case UInt8(ascii: "-") where following == UInt8(ascii: "-"):
            skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return .comment
        case UInt8(ascii: "/") where following == UInt8(ascii: "*"):
            return scanBlockComment()
        case UInt8(ascii: "'"):
            return scanQuoted(by: byte, backslashes: false) ? .string : .unterminated
        case UInt8(ascii: "\""):
            return scanQuoted(by: byte, backslashes: false) ? .quotedIdentifier : .unterminated
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard following == UInt8(ascii: "'") else { return scanWord() }
            position += 1
            return scanEscapeString()
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            guard following == UInt8(ascii: "&"), let quote = peek(2), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
                return scanWord()
            }
            position += 2
            guard scanQuoted(by: quote, backslashes: false) else { return .unterminated }
            return quote == UInt8(ascii: "'") ? .string : .quotedIdentifier
        case UInt8(ascii: "$"):
            return scanDollar()
        case _ where Self.isDigit(byte):
            skip { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
            return .number
        case _ where Self.isWordStart(byte):
            return scanWord()
        default:
            position += 1
            return .symbol(byte)
        }
    }

    private mutating func scanWord() -> Kind {
        skip(while: Self.isWordPart)
        return .word
    }

    /// Scans from an opening to its closing quote. A doubled quote stands for itself.
    private mutating func scanQuoted(by quote: UInt8, backslashes: Bool) -> Bool {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if backslashes && byte == UInt8(ascii: "\\") {
                position = min(position + 2, bytes.count)
            } else if byte != quote {
                position += 1
            } else if peek(1) == quote {
                position += 2
            } else {
                position += 1
                return true
            }
        }
        return false
    }

    /// Scans `E'…'` and, because the server reads those as one string with the same rules, further quoted parts on the following lines.
    private mutating func scanEscapeString() -> Kind {
        guard scanQuoted(by: UInt8(ascii: "'"), backslashes: true) else { return .unterminated }
        while let continuation = continuationStart() {
            position = continuation
            guard scanQuoted(by: UInt8(ascii: "'"), backslashes: true) else { return .unterminated }
        }
        return .string
    }

    /// The position of a quote that continues the string just scanned: one with only white space and line comments before it, and a
    /// line break among them.
    private func continuationStart() -> Int? {
        var index = position
        var sawLineBreak = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                sawLineBreak = true
                index += 1
            } else if Self.isSpace(byte) {
                index += 1
            } else if byte == UInt8(ascii: "-") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "-") {
                while index < bytes.count && bytes[index] != UInt8(ascii: "\n") && bytes[index] != UInt8(ascii: "\r") { index += 1 }
            } else {
                return byte == UInt8(ascii: "'") && sawLineBreak ? index : nil
            }
        }
        return nil
    }

    private mutating func scanBlockComment() -> Kind {
        var depth = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if bytes[position] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return .comment }
            } else {
                position += 1
            }
        }
        return .unterminated
    }

    /// Scans `$1`, or `$tag$ … $tag$`, or a lone dollar sign.
    private mutating func scanDollar() -> Kind {
        if let following = peek(1), Self.isDigit(following) {
            position += 1
            skip(while: Self.isDigit)
            return .parameter
        }
        var end = position + 1
        if end < bytes.count && Self.isWordStart(bytes[end]) {
            while end < bytes.count && Self.isWordPart(bytes[end]) && bytes[end] != UInt8(ascii: "$") { end += 1 }
        }
        guard end < bytes.count && bytes[end] == UInt8(ascii: "$") else {
            position += 1
            return .symbol(UInt8(ascii: "$"))
        }
        let tag = bytes[position...end]
        var index = end + 1
        while index + tag.count <= bytes.count {
            if bytes[index] == UInt8(ascii: "$") && bytes[index..<index + tag.count] == tag {
                position = index + tag.count
                return .string
            }
            index += 1
        }
        position = bytes.count
        return .unterminated
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.count && condition(bytes[position]) { position += 1 }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        isWordStart(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
    }
}
