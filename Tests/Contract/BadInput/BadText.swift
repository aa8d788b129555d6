import Testing

/// Texts that a person or an attacker may send, and that must be stored and returned exactly as they are.
enum BadText {
    /// Texts of at least three and at most thirty characters.
    static let harmless = [
        "Robert'); DROP TABLE x;--", "\"quoted\" \\ back\\slash", "100%_sure $1 ${x} :a ?|", "\u{1F469}\u{200D}\u{1F4BB} \u{1F600} emoji",
        "caf\u{e9}", "cafe\u{301}", "\u{202e}right to left", "tab\tnew\nline\r", "日本語の名前", "\u{1}\u{7f}\u{80}\u{ffff}\u{10ffff}",
        "<script>alert(1)</script>", "{\"json\": [1]}", "NULL", "E'\\x41'",
    ]

    /// Lengths in characters around a limit: the longest that is allowed, and the first that is not.
    static func filled(_ count: Int) -> String { String(repeating: "\u{1F600}", count: count) }
}
