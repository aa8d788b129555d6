import DeployStackModels

/// A text that lists are searched for, as it is compared: anywhere in a text, without regard to the case of ASCII letters.
///
/// Nothing in it is a wildcard. Other letters are compared as they are, because their lower case depends on a language, and in the database on its
/// locale; `lower` of a column under `COLLATE "C"` does the same.
struct SubstringRule: Sendable {
    /// The most characters that are looked for.
    static let maximumLength = 255

    /// The text with ASCII letters in lower case; never empty.
    let lowercased: String

    /// Makes a text to look for of one that is known to be acceptable.
    init(lowercased: String) {
        self.lowercased = lowercased
    }

    /// Reads what a caller looks for.
    ///
    /// - Parameters:
    ///   - text: The text; `nil` and a text of white space look for nothing.
    ///   - field: The name of the argument.
    /// - Returns: `nil` when there is nothing to look for.
    /// - Throws: ``DataError`` of kind `.validation` when the text is too long or holds U+0000.
    init?(_ text: String?, field: String) throws(DataError) {
        guard let text else { return nil }
        let checked = try TextRule(field: field, characters: 0...Self.maximumLength, isTrimmed: true).checked(text)
        guard !checked.isEmpty else { return nil }
        lowercased = EmailRule.lowercased(checked)
    }

    /// Whether the text occurs in another one.
    func matches(_ text: String) -> Bool {
        Array(EmailRule.lowercased(text).utf8).contains(Array(lowercased.utf8))
    }

    /// Whether the text occurs in another one, if there is another one.
    func matches(_ text: String?) -> Bool {
        text.map { matches($0) } ?? false
    }
}
