/// Why a search text is refused.
package enum SearchTextError: Error, Sendable, Hashable {
    /// The text has more than ``SearchText/mostBytes`` bytes.
    case tooLong(bytes: Int)
    /// The text has more than ``SearchText/mostWords`` words.
    case tooManyWords(Int)

    /// What is wrong, in a sentence for a person. It does not contain the text.
    package var reason: String {
        switch self {
        case .tooLong(let bytes): "A search text has at most \(SearchText.mostBytes) bytes; this one has \(bytes)."
        case .tooManyWords(let count): "A search text has at most \(SearchText.mostWords) words; this one has \(count)."
        }
    }
}
