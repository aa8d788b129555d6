/// The rules of PostgreSQL's default text search parser, by state.
///
/// The token types are those of the documentation, section 12.5; the rules were found by asking a server (`ts_parse`) and are compared with it
/// on generated texts. They are meant to be read like a grammar: each state lists what may come next.
struct TokenGrammar: Sendable {
    private let rules: [[TokenRule]]

    /// The one grammar.
    static let standard = TokenGrammar()

    private init() {
        let sections: [[TokenState: [TokenRule]]] = [
            Self.beginnings, Self.words, Self.hyphenatedWords, Self.hyphenatedParts, Self.numbers, Self.hosts, Self.urls, Self.files, Self.entities,
            Self.tags,
        ]
        let all = sections.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        rules = TokenState.allCases.map { all[$0] ?? [.otherwise(.fail)] }
    }

    /// The rules of a state, in the order in which they are tried.
    subscript(state: TokenState) -> [TokenRule] {
        rules[state.rawValue]
    }

    /// How a token begins, and what lies between tokens.
    private static let beginnings: [TokenState: [TokenRule]] = [
        .start: [
            .on(.less, .attempt(.tagOpen)),
            .when(.insideIgnoredElement, .take(.blank)),
            .on(.asciiLetter, .take(.asciiWord)),
            .on(.letter, .take(.word)),
            .on(.digit, .take(.unsignedInteger)),
            .on(.hyphen, .attempt(.sign)),
            .on(.plus, .attempt(.sign)),
            .on(.ampersand, .attempt(.entityAmpersand)),
            .on(.tilde, .attempt(.fileTilde)),
            .on(.slash, .attempt(.fileSlash)),
            .on(.dot, .attempt(.pathFirstPoint)),
            .otherwise(.take(.blank)),
        ],
        .blank: [
            .on([.end, .less], .end(.blank, .start)),
            .when(.insideIgnoredElement, .take(.blank)),
            .on([.hyphen, .plus, .ampersand, .slash], .end(.blank, .start)),
            .on(.separator, .take(.blank)),
            .otherwise(.end(.blank, .start)),
        ],
    ]
}
