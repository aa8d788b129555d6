/// A query in the language of `to_tsquery` that both backends can evaluate.
///
/// What is refused is what the server refuses too, and what it could only refuse for want of memory or stack.
package struct RawSearchText: Sendable, Hashable {
    /// The text to give to `to_tsquery('english', …)`.
    package let text: String
    /// What the text stands for, equal to the server's reading of ``text``.
    package let query: TextQuery
    /// The operands that are not excluded, as they were written.
    package let wantedOperands: [String]

    /// Reads a query. A NUL character is not looked for: texts with one are refused before, like every other parameter.
    ///
    /// - Throws: ``RawQueryError`` when it is malformed, or longer than any real search.
    package init(_ raw: String) throws(RawQueryError) {
        guard raw.utf8.count <= SearchText.mostBytes else {
            throw .tooLong(bytes: raw.utf8.count)
        }
        let characters = raw.unicodeScalars.map { SearchText.withoutGrowth($0) }
        text = String(String.UnicodeScalarView(characters))
        guard text.utf8.count <= SearchText.mostBytes else {
            throw .tooLong(bytes: text.utf8.count)
        }
        var reader = RawQueryReader(characters)
        query = TextQuery(try reader.condition())
        wantedOperands = reader.wantedOperands
        guard reader.wordCount <= SearchText.mostWords else {
            throw .tooManyWords(reader.wordCount)
        }
    }
}
