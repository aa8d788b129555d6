import DeployStackModels

extension Page {
    /// Throws when the page is out of range; it is never moved into the range silently.
    func validate() throws(DataError) {
        try Self.validate(limit: limit, in: Self.allowedLimits, field: "page.limit")
        guard offset >= 0 else { throw .validation("page.offset", "it must be 0 or more") }
    }

    /// Throws when a limit is out of range.
    static func validate(limit: Int, in range: ClosedRange<Int>, field: String) throws(DataError) {
        guard range.contains(limit) else {
            throw .validation(field, "it must be \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
