/// What an import did with each entry of a catalog file.
public struct CatalogImportReport: Sendable, Hashable {
    /// An entry that was not imported.
    public struct Rejection: Sendable, Hashable {
        /// The entry's place in the file, counted from 0.
        public var index: Int
        /// The entry's name, or `nil` when it has none that could be read.
        public var name: String?
        /// Why it was not imported: the field and what is allowed.
        public var error: DataError

        /// Creates a rejection.
        public init(index: Int, name: String?, error: DataError) {
            self.index = index
            self.name = name
            self.error = error
        }
    }

    /// How many entries were new.
    public var inserted: Int
    /// How many entries existed and were changed.
    public var updated: Int
    /// How many entries existed and were as in the file already.
    public var unchanged: Int
    /// The entries that were not imported, in the order of the file.
    public var rejected: [Rejection]

    /// How many entries the file has.
    public var total: Int { inserted + updated + unchanged + rejected.count }

    /// Creates a report.
    public init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, rejected: [Rejection] = []) {
        self.inserted = inserted
        self.updated = updated
        self.unchanged = unchanged
        self.rejected = rejected
    }
}
