import DeployStackModels

/// What tags may be, in the catalog and in queries.
enum TagRule {
    /// The most tags that an entry has or a query names.
    static let maximumCount = 100
    /// The most characters that a tag has.
    static let maximumLength = 100

    /// The tags as an entry of the catalog stores them: without white space at their ends, without blank ones, each once, in the given order.
    static func stored(_ tags: [String], field: String = "tags") throws(DataError) -> [String] {
        guard tags.count <= maximumCount else { throw tooMany(field) }
        var result: [String] = []
        var seen: Set<[UInt8]> = []
        for tag in tags {
            let tag = try TextRule(field: field, characters: 0...maximumLength, isTrimmed: true).checked(tag)
            // Compared by bytes, as the database does: two spellings of one accent are two tags.
            if !tag.isEmpty, seen.insert(Array(tag.utf8)).inserted { result.append(tag) }
        }
        return result
    }

    /// Throws when tags to look for are not acceptable. They are compared as they are.
    static func validateQuery(_ tags: [String], field: String = "tags") throws(DataError) {
        guard tags.count <= maximumCount else { throw tooMany(field) }
        for tag in tags {
            guard !tag.trimmingWhitespace().isEmpty else { throw .validation(field, "no tag may be blank") }
            _ = try TextRule(field: field, characters: 1...maximumLength).checked(tag)
        }
    }

    /// What an entry or a query with too many tags throws.
    static func tooMany(_ field: String) -> DataError {
        .validation(field, "there may be at most \(maximumCount) tags")
    }
}
