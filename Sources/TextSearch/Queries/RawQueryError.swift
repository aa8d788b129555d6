/// Why a text is no query for `to_tsquery`.
package enum RawQueryError: Error, Sendable, Hashable {
    /// Something else should stand at a place; the place is the number of characters before it.
    case malformed(Problem, at: Int)
    /// The text has more than ``SearchText/mostBytes`` bytes.
    case tooLong(bytes: Int)
    /// The text has more than ``SearchText/mostWords`` words.
    case tooManyWords(Int)

    /// What is wrong at a place.
    package enum Problem: Sendable, Hashable {
        case operandMissing, operatorMissing, quoteNotClosed, nothingEscaped, parenthesisNotClosed, parenthesisNotOpened, tooDeep, tooFar
    }

    /// What is wrong, to follow a field's name. It does not contain the text.
    package var reason: String {
        switch self {
        case .malformed(.operandMissing, let place): "it must have a word after \(place) characters"
        case .malformed(.operatorMissing, let place): "it must have an operator (&, | or <->) after \(place) characters"
        case .malformed(.quoteNotClosed, _): "it must close each quote"
        case .malformed(.nothingEscaped, _): "it must not end with a backslash"
        case .malformed(.parenthesisNotClosed, _): "it must close each parenthesis"
        case .malformed(.parenthesisNotOpened, let place): "it must not close a parenthesis after \(place) characters"
        case .malformed(.tooDeep, _): "it must not be nested deeper than \(RawQueryReader.greatestDepth) levels"
        case .malformed(.tooFar, _): "it must not have a distance of more than \(RawQueryReader.greatestDistance) words"
        case .tooLong, .tooManyWords: "it must have at most \(SearchText.mostBytes) bytes and \(SearchText.mostWords) words"
        }
    }
}
