import DeployStackModels

/// What a text may be. Both backends hold every input against the same rules before it is stored or sent.
///
/// Length is counted in Unicode scalars, as PostgreSQL's `char_length` does; text is never normalised, so composed and decomposed accents stay what
/// they are. U+0000 is refused everywhere, because PostgreSQL's text cannot hold it.
struct TextRule: Sendable {
    var field: String
    var characters: ClosedRange<Int>
    /// Whether white space at the ends is removed before the text is measured and stored.
    var isTrimmed = false

    func checked(_ text: String) throws(DataError) -> String {
        let text = isTrimmed ? text.trimmingWhitespace() : text
        guard !text.unicodeScalars.contains("\0") else {
            throw .validation(field, "it must not contain the character U+0000")
        }
        // Counting bytes first keeps a text of many megabytes from being walked through scalar by scalar.
        guard text.utf8.count <= characters.upperBound * 4, characters.contains(text.unicodeScalars.count) else {
            throw .validation(field, "it must have \(characters.lowerBound) to \(characters.upperBound) characters")
        }
        return text
    }

    func checked(_ text: String?) throws(DataError) -> String? {
        guard let text else { return nil }
        return try checked(text)
    }
}

extension String {
    /// The text without Unicode white space at its ends.
    func trimmingWhitespace() -> String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
