import DeployStackModels
import TextSearch

/// What a search text may be, and what of it is sent to a backend.
enum SearchRule {
    /// The text as both backends search for it.
    ///
    /// - Returns: `nil` when nothing can be found, because the text has no word.
    /// - Throws: ``DataError`` of kind `.validation` with field `text`.
    static func normalised(_ text: String) throws(DataError) -> String? {
        guard !text.utf8.contains(0) else { throw .validation("text", "it must not contain the character U+0000") }
        switch SearchText.normalise(text) {
        case .tooLong: throw .validation("text", SearchText.limitDescription)
        case .empty: return nil
        case .query(let query): return query
        }
    }
}
