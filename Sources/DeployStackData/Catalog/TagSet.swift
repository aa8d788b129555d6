import DeployStackModels

/// Tags to look for, compared by bytes, as PostgreSQL's operators for JSON arrays compare them.
struct TagSet: Sendable {
    private let tags: Set<BytewiseString>

    init(_ tags: [String]) {
        self.tags = Set(tags.map(\.bytewise))
    }

    /// Whether an entry has all of the tags (`@>`). Every entry has all of none.
    func isContained(in tags: [String]) -> Bool {
        self.tags.isEmpty || self.tags.isSubset(of: tags.map(\.bytewise))
    }

    /// Whether an entry has at least one of the tags (`?|`). No entry has one of none.
    func meets(_ tags: [String]) -> Bool {
        !self.tags.isEmpty && tags.contains { self.tags.contains($0.bytewise) }
    }
}
