import DeployStackModels
import TextSearch

/// What a search text may be.
enum SearchRule {
    /// The text as both backends search for it: PostgreSQL reads its text, the in-memory store its query, and they mean the same.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `text`.
    static func checked(_ text: String) throws(DataError) -> SearchText {
        guard !text.utf8.contains(0) else { throw .validation("text", "it must not contain the character U+0000") }
        do {
            return try SearchText.normalise(text)
        } catch {
            throw .validation("text", "it must have at most \(SearchText.mostBytes) bytes and \(SearchText.mostWords) words")
        }
    }

    /// A query in the language of `to_tsquery`, as both backends search for it.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `text`, also for a malformed query.
    static func checkedRaw(_ text: String) throws(DataError) -> RawSearchText {
        guard !text.utf8.contains(0) else { throw .validation("text", "it must not contain the character U+0000") }
        do {
            return try RawSearchText(text)
        } catch {
            throw .validation("text", error.reason)
        }
    }
}
