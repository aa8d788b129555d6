/// A search text whose last word is still being typed, in the pieces that the server puts together:
///
/// ```sql
/// websearch_to_tsquery('english', before) || (websearch_to_tsquery('english', beside) && to_tsquery('english', last))
/// ```
///
/// The last word stands for everything that begins with it. Words are indexed without their endings, so that "connecti" is the beginning of no indexed
/// word although "connection" is searched for as "connect": where the typed word ends with the beginning of an English ending, the words that it may
/// become are searched for, too.
package struct PrefixSearchText: Sendable, Hashable {
    /// What stands before the last "or", read as ``SearchText``.
    package let before: String
    /// What is wanted together with the last word, read as ``SearchText``.
    package let beside: String
    /// The last word as a prefix, for `to_tsquery`, or an empty text when there is no word to complete: behind a blank or a closing quote, and when the
    /// last word is excluded or a stop word.
    package let last: String
    /// What the pieces stand for together.
    package let query: TextQuery

    /// Takes a search text apart.
    package init(_ search: SearchText) {
        let characters = Array(search.text.unicodeScalars)
        guard let (start, alternative, operand) = Self.lastOperand(of: characters),
            let condition = TextQuery.phrase(of: characters[operand], isPrefix: true)
        else {
            (before, beside, last, query) = (search.text, "", "", search.query)
            return
        }
        before = String(String.UnicodeScalarView(characters[..<alternative.lowerBound]))
        beside = String(String.UnicodeScalarView(characters[alternative.upperBound..<start]))
        let completions = EnglishEndings.completions(of: characters[operand])
        last = ([Self.quoted(characters[operand]) + ":*"] + completions.map { "'\($0.word)'" }).joined(separator: " | ")
        let conditions = [condition] + completions.map { .lexeme($0.lexeme) }
        query = TextQuery(websearch: before).or(TextQuery(websearch: beside).and(conditions.count == 1 ? condition : .or(conditions)))
    }

    /// The last operand if it reaches to the end and is not excluded: where it begins, where the last "or" stands, and its characters.
    private static func lastOperand(
        of characters: [Unicode.Scalar]
    ) -> (start: Int, alternative: Range<Int>, operand: Range<Int>)? {
        var reader = WebSearchReader(characters)
        var alternative = 0..<0
        var isExcluded = false
        var last: (start: Int, operand: Range<Int>, isExcluded: Bool)?
        while let piece = reader.next() {
            switch piece {
            case .not: isExcluded = true
            case .and: break
            case .or: alternative = reader.position - 2..<reader.position
            case .operand(let range):
                let isQuoted = range.lowerBound > 0 && characters[range.lowerBound - 1] == "\""
                last = (isQuoted ? range.lowerBound - 1 : range.lowerBound, range, isExcluded)
                isExcluded = false
            }
        }
        guard let last, !last.isExcluded, last.operand.upperBound == characters.count else {
            return nil
        }
        return (last.start, alternative, last.operand)
    }

    private static func quoted(_ characters: ArraySlice<Unicode.Scalar>) -> String {
        var text: [Unicode.Scalar] = ["'"]
        for character in characters {
            if character == "'" || character == "\\" {
                text.append(character)
            }
            text.append(character)
        }
        return String(String.UnicodeScalarView(text + ["'"]))
    }
}

extension TextQuery {
    /// The query `self || other`.
    fileprivate func or(_ other: TextQuery) -> TextQuery {
        guard let left = condition, let right = other.condition else {
            return condition == nil ? other : self
        }
        return TextQuery(.or([left, right]))
    }

    /// The query `self && other`.
    fileprivate func and(_ other: Condition) -> TextQuery {
        TextQuery(condition.map { .and([$0, other]) } ?? other)
    }
}
