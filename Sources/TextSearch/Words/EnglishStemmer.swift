/// Reduces an English word to its stem: "databases" and "database" both become "databas".
///
/// This is the Snowball English stemmer ("Porter2"), written from its published definition
/// (snowballstem.org/algorithms/english/stemmer.html) in the version that PostgreSQL 15 bundles. The steps have the names of that definition.
package struct EnglishStemmer {
    private var word: [Unicode.Scalar]
    /// Where the region after the first consonant that follows a vowel begins.
    private var region1 = 0
    /// The same inside of the first region.
    private var region2 = 0

    private init(_ word: [Unicode.Scalar]) {
        self.word = word
    }

    /// The stem of a word, which must be in small letters already.
    package static func stem(_ word: String) -> String {
        String(String.UnicodeScalarView(stem(Array(word.unicodeScalars))))
    }

    static func stem(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if word.count < 3 {
            return word
        }
        if word.count <= 6, let exception = EnglishStemExceptions.wholeWords[word] {
            return exception
        }
        var stemmer = EnglishStemmer(word)
        stemmer.markConsonantY()
        stemmer.findRegions()
        stemmer.removePossessive()
        stemmer.removePlural()
        if !(6...7).contains(stemmer.word.count) || !EnglishStemExceptions.afterPlural.contains(stemmer.word) {
            stemmer.removePastAndParticiple()
            stemmer.replaceFinalY()
            stemmer.shortenDoubleSuffix()
            stemmer.shortenSuffix()
            stemmer.removeSuffix()
            stemmer.removeFinalLetter()
        }
        // Only a word made of apostrophes and an "s" can vanish; the server keeps such a word as it is.
        return stemmer.word.isEmpty ? word : stemmer.word.map { $0 == "Y" ? "y" : $0 }
    }

    // MARK: Letters and regions

    private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
        switch letter {
        case "a", "e", "i", "o", "u", "y": true
        default: false
        }
    }

    /// Writes a "y" that sounds like a consonant, at the beginning and after a vowel, as "Y".
    private mutating func markConsonantY() {
        if word.first == "'" {
            word.removeFirst()
        }
        if word.first == "y" {
            word[0] = "Y"
        }
        for index in word.indices.dropFirst() where word[index] == "y" && Self.isVowel(word[index - 1]) {
            word[index] = "Y"
        }
    }

    private mutating func findRegions() {
        if let prefix = EnglishStemExceptions.prefixes.first(where: { word.starts(with: $0) }) {
            region1 = prefix.count
        } else {
            region1 = regionStart(from: 0)
        }
        region2 = regionStart(from: region1)
    }

    private func regionStart(from start: Int) -> Int {
        var index = start
        while index < word.count, !Self.isVowel(word[index]) {
            index += 1
        }
        while index < word.count, Self.isVowel(word[index]) {
            index += 1
        }
        return min(index + 1, word.count)
    }

    /// Whether the first letters of the word, up to a count, end in a short syllable.
    private func endsInShortSyllable(_ count: Int) -> Bool {
        guard count >= 2, !Self.isVowel(word[count - 1]), Self.isVowel(word[count - 2]) else {
            return false
        }
        if count == 2 {
            return true
        }
        switch word[count - 1] {
        case "w", "x", "Y": return false
        default: return !Self.isVowel(word[count - 3])
        }
    }

    private func hasVowel(before end: Int) -> Bool {
        end > 0 && word[..<end].contains(where: Self.isVowel)
    }

    // MARK: Suffixes

    /// The longest of the suffixes, which are ordered by length, that the word ends in.
    private func longest<Action>(of suffixes: SuffixTable<Action>) -> (start: Int, action: Action)? {
        guard let suffix = suffixes.longest(endingOf: word) else {
            return nil
        }
        return (word.count - suffix.letters.count, suffix.action)
    }

    private mutating func replace(from start: Int, with letters: [Unicode.Scalar]) {
        word.replaceSubrange(start..., with: letters)
    }

    /// Step 0.
    private mutating func removePossessive() {
        if let (start, _) = longest(of: EnglishSuffixes.possessive) {
            replace(from: start, with: [])
        }
    }

    /// Step 1a.
    private mutating func removePlural() {
        guard let (start, action) = longest(of: EnglishSuffixes.plural) else {
            return
        }
        switch action {
        case .keep: break
        case .shortenSses: replace(from: start + 2, with: [])
        case .shortenIes: replace(from: start + (start > 1 ? 1 : 2), with: [])
        case .removeS:
            if hasVowel(before: start - 1) {
                replace(from: start, with: [])
            }
        }
    }

    /// Step 1b.
    private mutating func removePastAndParticiple() {
        guard let (start, isEed) = longest(of: EnglishSuffixes.pastAndParticiple) else {
            return
        }
        if isEed {
            if start >= region1 {
                replace(from: start, with: ["e", "e"])
            }
            return
        }
        guard hasVowel(before: start) else {
            return
        }
        replace(from: start, with: [])
        switch (word.dropLast().last, word.last) {
        case ("a", "t"), ("b", "l"), ("i", "z"):
            word.append("e")
        case ("b", "b"), ("d", "d"), ("f", "f"), ("g", "g"), ("m", "m"), ("n", "n"), ("p", "p"), ("r", "r"), ("t", "t"):
            word.removeLast()
        default:
            if word.count == region1, endsInShortSyllable(word.count) {
                word.append("e")
            }
        }
    }

    /// Step 1c.
    private mutating func replaceFinalY() {
        guard word.count > 2, let last = word.last, last == "y" || last == "Y", !Self.isVowel(word[word.count - 2]) else {
            return
        }
        word[word.count - 1] = "i"
    }

    /// Step 2.
    private mutating func shortenDoubleSuffix() {
        guard let (start, action) = longest(of: EnglishSuffixes.double), start >= region1 else {
            return
        }
        switch action {
        case .replace(let letters):
            replace(from: start, with: letters)
        case .ogi:
            if start > 0, word[start - 1] == "l" { replace(from: start, with: ["o", "g"]) }
        case .li:
            if start > 0, EnglishSuffixes.lettersBeforeLi.contains(word[start - 1]) { replace(from: start, with: []) }
        }
    }

    /// Step 3.
    private mutating func shortenSuffix() {
        guard let (start, letters) = longest(of: EnglishSuffixes.single), start >= region1 else {
            return
        }
        if let letters {
            replace(from: start, with: letters)
        } else if start >= region2 {
            replace(from: start, with: [])
        }
    }

    /// Step 4.
    private mutating func removeSuffix() {
        guard let (start, isIon) = longest(of: EnglishSuffixes.removable), start >= region2 else {
            return
        }
        if !isIon || (start > 0 && (word[start - 1] == "s" || word[start - 1] == "t")) {
            replace(from: start, with: [])
        }
    }

    /// Step 5.
    private mutating func removeFinalLetter() {
        let start = word.count - 1
        switch word.last {
        case "e" where start >= region2 || (start >= region1 && !endsInShortSyllable(start)),
            "l" where start >= region2 && start > 0 && word[start - 1] == "l":
            word.removeLast()
        default: break
        }
    }
}
