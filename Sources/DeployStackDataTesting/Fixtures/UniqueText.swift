/// Texts that no other fixture has, so that a test needs to name only what it is about.
enum UniqueText {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// A text of a prefix and twelve random letters and digits.
    static func make(_ prefix: String) -> String {
        prefix + String(decoding: (0..<12).map { _ in alphabet[Int.random(in: alphabet.indices)] }, as: UTF8.self)
    }
}
