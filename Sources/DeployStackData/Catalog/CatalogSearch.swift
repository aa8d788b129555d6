import DeployStackModels
import TextSearch

/// A search of the catalog: what was asked for, checked and read.
struct CatalogSearch: Sendable {
    /// What is sent to the server.
    enum Form: Sendable {
        case web(String)
        case prefix(PrefixSearchText)
        case raw(String)
    }

    let form: Form
    /// What the form stands for, for the in-memory tables and for highlights.
    let query: TextQuery
    /// The tags that are searched for too, as an entry may have them.
    let tags: [String]
    /// What tells two searches apart whose hits may differ, for cursors.
    let identity: String
    private let tagSet: TagSet

    /// Checks and reads what is asked for.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `text`.
    init(_ asked: SearchQuery) throws(DataError) {
        let operands: [String]
        switch asked.mode {
        case .web, .prefix:
            let search = try SearchRule.checked(asked.text)
            let typed = PrefixSearchText(search)
            (form, query) = asked.mode == .web ? (.web(search.text), search.query) : (.prefix(typed), typed.query)
            operands = asked.includesTags ? search.wantedOperands : []
        case .raw:
            let search = try SearchRule.checkedRaw(asked.text)
            (form, query) = (.raw(search.text), search.query)
            operands = asked.includesTags ? search.wantedOperands : []
        }
        tags = Self.tags(of: operands)
        tagSet = TagSet(tags)
        identity = "\(asked.mode.rawValue) \(asked.includesTags) \(asked.text)"
    }

    /// A search that is known to be acceptable, for statements that are looked at and not run. One that is not searches for nothing.
    init(known asked: SearchQuery) {
        if let search = try? Self(asked) {
            self = search
        } else {
            (form, query, tags, tagSet, identity) = (.web(""), TextQuery(nil), [], TagSet([]), "")
        }
    }

    /// Whether an entry of the in-memory tables is found.
    func finds(_ row: ServerRow) -> Bool {
        query.matches(row.searchVector) || tagSet.meets(row.server.tags)
    }

    /// The tags that operands may stand for, each once.
    private static func tags(of operands: [String]) -> [String] {
        var seen: Set<BytewiseString> = []
        return operands.flatMap { operand in
            let words = operand.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let hyphenated = words.replacing(" ", with: "-")
            return [words, words.lowercased(), hyphenated, hyphenated.lowercased()]
        }.filter { (1...TagRule.maximumLength).contains($0.unicodeScalars.count) && seen.insert($0.bytewise).inserted }
    }
}

extension CatalogSearch {
    /// Hits with the places of the words that were searched for.
    func marking(_ hits: [CatalogSearchHit]) -> [CatalogSearchHit] {
        let highlighter = TextHighlighter(query)
        return hits.map { hit in
            var hit = hit
            let name = hit.server.name
            let text = Array(SearchVectorRule.text(name: name, description: hit.server.description).unicodeScalars)
            let nameLength = name.unicodeScalars.count
            let ranges = highlighter.ranges(in: text)
            hit.nameHighlights = name.ranges(ofCharacters: ranges.filter { $0.upperBound <= nameLength })
            hit.descriptionHighlights = (hit.server.description ?? "").ranges(
                ofCharacters: ranges.filter { $0.lowerBound > nameLength }.map { $0.lowerBound - nameLength - 1..<$0.upperBound - nameLength - 1 })
            hit.matchedTags = hit.server.tags.filter { tagSet.meets([$0]) }
            return hit
        }
    }
}

extension String {
    /// The indexes of ascending ranges that count Unicode scalars.
    fileprivate func ranges(ofCharacters ranges: [Range<Int>]) -> [Range<String.Index>] {
        var (index, offset) = (startIndex, 0)
        return ranges.map { range in
            let lower = unicodeScalars.index(index, offsetBy: range.lowerBound - offset)
            let upper = unicodeScalars.index(lower, offsetBy: range.count)
            (index, offset) = (upper, range.upperBound)
            return lower..<upper
        }
    }
}
