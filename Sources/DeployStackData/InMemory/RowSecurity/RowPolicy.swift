import DeployStackModels

/// Which rows of a table a scope sees and changes, as the policies of the database say.
///
/// The closures get all tables, whatever the scope sees of them.
struct RowPolicy<Row>: Sendable {
    typealias Condition = @Sendable (Row, RowScope, InMemoryTables) -> Bool

    /// Whether a row is there.
    let reads: Condition
    /// Whether a row may be changed or locked. One that is there and may not is left alone, as if the condition of the statement did not meet it.
    let changes: Condition
    /// Whether a row may be inserted, or be what a change makes of one.
    let writes: Condition
    /// Whether a row may be deleted.
    let deletes: Condition

    init(reads: @escaping Condition, changes: Condition? = nil, writes: @escaping Condition, deletes: Condition? = nil) {
        self.reads = reads
        self.changes = changes ?? writes
        self.writes = writes
        self.deletes = deletes ?? writes
    }

    /// Rows that a scope has for itself.
    static func own(_ isOwn: @escaping Condition) -> Self { Self(reads: isOwn, writes: isOwn) }

    /// Rows of the platform, which everybody may read.
    static var platform: Self { platform { _ in true } }

    /// Rows of the platform, some of which everybody may read.
    static func platform(reads: @escaping @Sendable (Row) -> Bool) -> Self {
        Self(reads: { row, _, _ in reads(row) }, writes: { _, _, _ in false })
    }
}
