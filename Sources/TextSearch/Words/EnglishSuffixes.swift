/// The suffixes that the steps of the Snowball English stemmer look for.
enum EnglishSuffixes {
    enum PluralAction: Sendable {
        case keep
        case shortenSses
        case shortenIes
        case removeS
    }

    enum DoubleAction: Sendable {
        case replace([Unicode.Scalar])
        case ogi
        case li
    }

    /// Step 0.
    static let possessive = SuffixTable<Void>([("'", ()), ("'s", ()), ("'s'", ())])

    /// Step 1a.
    static let plural = SuffixTable<PluralAction>([
        ("sses", .shortenSses), ("ied", .shortenIes), ("ies", .shortenIes), ("us", .keep), ("ss", .keep), ("s", .removeS),
    ])

    /// Step 1b; `true` where the ending keeps "ee".
    static let pastAndParticiple = SuffixTable<Bool>([
        ("eed", true), ("eedly", true), ("ed", false), ("edly", false), ("ing", false), ("ingly", false),
    ])

    /// Step 2.
    static let double = SuffixTable<DoubleAction>(
        [
            ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("entli", "ent"), ("izer", "ize"), ("ization", "ize"),
            ("ational", "ate"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("aliti", "al"), ("alli", "al"), ("fulness", "ful"),
            ("ousli", "ous"), ("ousness", "ous"), ("iveness", "ive"), ("iviti", "ive"), ("biliti", "ble"), ("bli", "ble"), ("fulli", "ful"),
            ("lessli", "less"),
        ].map { ($0.0, .replace(Array($0.1.unicodeScalars))) } + [("ogi", .ogi), ("li", .li)])

    /// The letters after which "li" is an ending.
    static let lettersBeforeLi: Set<Unicode.Scalar> = ["c", "d", "e", "g", "h", "k", "m", "n", "r", "t"]

    /// Step 3; `nil` where the ending goes away only in the second region.
    static let single = SuffixTable<[Unicode.Scalar]?>(
        [
            ("tional", "tion"), ("ational", "ate"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
        ].map { ($0.0, Array($0.1.unicodeScalars)) } + [("ative", nil)])

    /// Step 4; `true` for the one that needs an "s" or a "t" before it.
    static let removable = SuffixTable<Bool>(
        [
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
        ].map { ($0, false) } + [("ion", true)])
}
