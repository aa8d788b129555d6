/// Texts and searches that are made to find differences: real words mixed with everything that the parser treats in a way of its own.
struct RandomText {
    private var random: SplitRandom
    private let words: [String]

    /// - Parameters:
    ///   - seed: The same seed gives the same texts.
    ///   - words: Real words to mix in.
    init(seed: UInt64, words: [String] = []) {
        random = SplitRandom(state: seed)
        self.words = Self.commonWords + words
    }

    private static let commonWords = """
        the a of and to with database databases server servers run running runs connect connects connection tool tools search searching file files \
        model context protocol query queries PostgreSQL SQLite GitHub issue issues pull request requests code agent agents x y z
        """.split(separator: " ").map { String($0) }

    private static let oddities = [
        "foo-bar", "state-of-the-art", "data-é", "1a-b", "x86-64", "http://x.org/a?b=1", "https://x.org", "x.org:80/y", "me@x.org", "a.b@c.de",
        "1.2.3",
        "-1.2.3", "v2.0", "-5", "+7", "3.14", "1e-10", "1,000", "/usr/lib/a.so", "../x", "~/x", "src/a.swift", "@scope/pkg", "C++", "C#", ".NET",
        "AT&T",
        "&amp;", "&#x27;", "<b>", "</b>", "<a href='x'>", "<!-- x -->", "<script>", "</script>", "it's", "don't", "été", "ÉTÉ", "naïve", "日本語", "ß",
        "😀",
        "e\u{301}", "İ", "ΣΑΣ", "x_y", "_", "...", "--", "'", "\\", "a\u{a0}b", "a\u{2003}b", "*", "$5", "50%",
    ]

    private static let pieces = [
        "a", "b", "cc", "e", "x", "1", "12", ".", "-", "_", "/", ":", "@", "~", "&", ";", "#", "<", ">", "'", "\"", "=", "+", "\\", " ", "\n", "é",
        "日", "!",
    ]

    private static let operators = [
        " ", " ", " ", "  ", " or ", " OR ", " -", " \"", "\" ", "\"", "-", "--", " - ", "(", ")", " & ", "|", "!", ":", "'", " <-> ", "*", ",", "\t",
        "or",
        " or-", " or_", " or.", ")or ",
    ]

    private static let suffixes = """
        s es ed eed ing ingly edly ly ies ied sses us ss y at bl iz tional enci anci abli entli izer ization ational ation ator alism aliti alli fulness \
        ousli ousness iveness iviti biliti bli ogi fulli lessli li alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment ent \
        ism ate iti ous ive ize ion sion tion e ll
        """.split(separator: " ").map { String($0) }

    private mutating func pick(_ choices: [String]) -> String {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }

    private mutating func isLucky(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private mutating func word() -> String {
        if isLucky(25) { return pick(Self.oddities) }
        return isLucky(50) ? pick(words) : pick(Self.commonWords)
    }

    /// A text to be indexed.
    mutating func text() -> String {
        if isLucky(25) {
            return (0..<Int.random(in: 1...30, using: &random)).map { _ in pick(Self.pieces) }.joined()
        }
        return (0..<Int.random(in: 0...40, using: &random)).map { _ in word() }.joined(separator: isLucky(90) ? " " : ", ")
    }

    /// A search, which often contains words of a text.
    mutating func search(in text: String) -> String {
        let found = text.split(separator: " ").map { String($0) }
        var search = isLucky(20) ? pick(Self.operators) : ""
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            if !found.isEmpty, isLucky(60) {
                let start = Int.random(in: 0..<found.count, using: &random)
                let phrase = found[start..<min(start + Int.random(in: 1...3, using: &random), found.count)].joined(separator: " ")
                search += isLucky(40) ? "\"\(phrase)\"" : phrase
            } else {
                search += word()
            }
            search += isLucky(50) ? " " : pick(Self.operators)
        }
        return search
    }

    /// A word with a typing error: two letters swapped, one left out, doubled or replaced.
    mutating func mistyped(_ word: String) -> String {
        var letters = Array(word)
        guard letters.count > 2 else { return word }
        let place = Int.random(in: 1..<letters.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: letters.swapAt(place - 1, place)
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default: letters[place] = pick(Self.pieces).first ?? "x"
        }
        return String(letters)
    }

    /// What nobody would type, in the hope that the server refuses it: operators of all query languages, runs of them, and pieces of words.
    mutating func hostileSearch() -> String {
        var search = ""
        for _ in 0..<Int.random(in: 1...24, using: &random) {
            let piece = isLucky(50) ? pick(Self.operators) : isLucky(50) ? pick(Self.rawPieces) : isLucky(50) ? pick(Self.pieces) : word()
            search += isLucky(5) ? String(repeating: piece, count: Int.random(in: 2...60, using: &random)) : piece
        }
        return search
    }

    /// A search whose last word is being typed: most of them end in the middle of a word.
    mutating func typed(in text: String) -> String {
        let search = isLucky(70) ? search(in: text).trimmingSuffix(" ") : search(in: text)
        return isLucky(60) ? String(search.dropLast(Int.random(in: 0...4, using: &random))) : search
    }

    /// A query in the language of `to_tsquery`, sometimes a malformed one.
    mutating func rawQuery(in text: String) -> String {
        let found = text.split(separator: " ").map { String($0) }
        let query = rawQuery(found, depth: 3)
        guard isLucky(20), !query.isEmpty else { return query }
        var characters = Array(query.unicodeScalars)
        let place = Int.random(in: 0..<characters.count, using: &random)
        if isLucky(50) { characters.remove(at: place) } else { characters.insert(contentsOf: pick(Self.rawPieces).unicodeScalars, at: place) }
        return String(String.UnicodeScalarView(characters))
    }

    private static let rawPieces = ["&", "|", "!", "(", ")", "<->", "<2>", "<0>", "<", ">", ":", ":*", "'", "\\", " ", "''", ":AB", "<17000>", "<x>"]
    private static let rawOperators = [" & ", "&", " | ", "|", " <-> ", "<->", " <2> ", "<0>", " <10> "]
    private static let modifiers = ["", "", "", "", ":*", ":*", ":D", ":A", ":*bd", ":", ":aBcD"]

    private mutating func rawQuery(_ found: [String], depth: Int) -> String {
        if depth == 0 || isLucky(40) { return rawOperand(found) }
        let left = rawQuery(found, depth: depth - 1)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return "!" + left
        case 1: return "(" + left + ")"
        case 2: return "!(" + left + " ) " + pick(Self.rawOperators) + rawQuery(found, depth: depth - 1)
        default: return left + pick(Self.rawOperators) + rawQuery(found, depth: depth - 1)
        }
    }

    private mutating func rawOperand(_ found: [String]) -> String {
        let word = !found.isEmpty && isLucky(70) ? pick(found) : word()
        let text = isLucky(20) ? "\(word) \(pick(Self.commonWords))" : isLucky(20) ? String(word.prefix(3)) : word
        let isQuoted = isLucky(40) || text.contains { " ()&|!<:'\\".contains($0) }
        let escaped = text.map { "'\\".contains($0) ? "\($0)\($0)" : "\($0)" }.joined()
        return (isQuoted && !text.isEmpty ? "'\(escaped)'" : text) + pick(Self.modifiers)
    }

    /// A word in small letters that looks English to a stemmer, with an ending or two that it may know.
    mutating func inflectedWord() -> String {
        let letters = ["a", "e", "i", "o", "u", "y", "b", "c", "d", "g", "l", "n", "r", "s", "t", "w", "x", "ss", "ll", "tt", "é"]
        var word = isLucky(40) ? pick(words).lowercased() : (0..<Int.random(in: 1...6, using: &random)).map { _ in pick(letters) }.joined()
        for _ in 0..<Int.random(in: 0...2, using: &random) { word += pick(Self.suffixes) }
        return word
    }
}

/// A small random generator (SplitMix64), so that a seed means the same everywhere.
struct SplitRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}
