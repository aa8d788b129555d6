/// Finds the words of a text that a query is looking for, as `ts_headline` marks them with `HighlightAll`.
package struct TextHighlighter: Sendable {
    private var lexemes: Set<Lexeme> = []
    private var prefixes: [Lexeme] = []
    /// The bytes with which the words begin that are looked for.
    private var beginnings: Set<UInt8> = []

    /// Looks for the words that a query wants; what it excludes is not marked.
    package init(_ query: TextQuery) {
        for term in query.wantedTerms {
            beginnings.formUnion(term.lexeme.bytes.prefix(1))
            if term.isPrefix {
                prefixes.append(term.lexeme)
            } else {
                lexemes.insert(term.lexeme)
            }
        }
    }

    /// The words of a text that are looked for, in order, each with its kind and the range of its characters.
    ///
    /// A compound comes before those of its parts that are looked for.
    package func matches(in characters: [Unicode.Scalar]) -> [(kind: TokenKind, range: Range<Int>)] {
        guard !lexemes.isEmpty || !prefixes.isEmpty else {
            return []
        }
        var scanner = TokenScanner(characters)
        var matches: [(kind: TokenKind, range: Range<Int>)] = []
        while let (kind, range) = scanner.next() {
            let token = characters[range]
            guard canBeWanted(token), !token.utf8Count(exceeds: TextParser.longestIndexedToken) else { continue }
            if case .lexeme(let lexeme) = EnglishDictionary.look(up: token, kind: kind), isWanted(lexeme) {
                matches.append((kind, range))
            }
        }
        return matches
    }

    /// The ranges of the characters to mark: ascending, not overlapping.
    package func ranges(in characters: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (_, range) in matches(in: characters).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = ranges.last, range.lowerBound < last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// False if a token is certainly none of the words, without reducing it to its stem: a stem begins with the letter that its word begins with. Only of
    /// plain letters and digits it is certain.
    private func canBeWanted(_ token: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = token.first?.smallLetter, ("a"..."z").contains(first) || ("0"..."9").contains(first) else { return true }
        return beginnings.contains(UInt8(truncatingIfNeeded: first.value))
    }

    private func isWanted(_ lexeme: Lexeme) -> Bool {
        lexemes.contains(lexeme) || prefixes.contains { lexeme.bytes.starts(with: $0.bytes) }
    }
}
