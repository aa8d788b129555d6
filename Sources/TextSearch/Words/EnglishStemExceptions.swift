/// The words that the Snowball English stemmer treats by name.
enum EnglishStemExceptions {
    /// Words with a stem of their own.
    static let wholeWords: [[Unicode.Scalar]: [Unicode.Scalar]] = Dictionary(
        uniqueKeysWithValues: [
            ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"),
            ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"), ("only", "onli"), ("singly", "singl"),
            ("sky", "sky"), ("news", "news"), ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
        ].map { (Array($0.0.unicodeScalars), Array($0.1.unicodeScalars)) })

    /// Words that are left alone once a plural ending is gone.
    static let afterPlural: Set<[Unicode.Scalar]> = Set(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"].map { Array($0.unicodeScalars) })

    /// Beginnings after which the first region starts at once.
    static let prefixes: [[Unicode.Scalar]] = ["gener", "commun", "arsen"].map { Array($0.unicodeScalars) }
}
