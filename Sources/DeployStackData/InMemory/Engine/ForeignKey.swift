import DeployStackModels

/// A foreign key of an in-memory table. All of the schema's refer to a primary key of one column.
struct ForeignKey<Row: TableRow>: Sendable {
    /// What happens to the referring rows when the row that they refer to is deleted.
    enum Action: Sendable {
        /// They are deleted too.
        case cascade
        /// Their column is set to null, by this closure.
        case setNull(@Sendable (inout Row) -> Void)
        /// The deletion is refused.
        case restrict
    }

    /// The database's name for the key.
    let name: String
    let column: Column<Row>
    /// The table that is referred to.
    let target: String
    let action: Action
    private let exists: @Sendable (InMemoryTables, BytewiseString) -> Bool

    /// Declares a foreign key.
    init<Target: TableRow>(_ name: String, _ column: Column<Row>, references target: Target.Type, onDelete action: Action) {
        self.name = name
        self.column = column
        self.target = target.tableName
        self.action = action
        exists = { tables, key in tables[keyPath: Target.table].contains(key) }
    }

    /// Throws when a row refers to something that does not exist.
    func validate(_ row: Row, in tables: InMemoryTables) throws(DataError) {
        guard let key = column.value(row), !exists(tables, key) else { return }
        throw ConstraintMeaning.named(name)?.error ?? DataError(.referenceMissing, constraint: name)
    }

    /// Does to the referring rows what the key says, after the row that they refer to was deleted.
    ///
    /// - Parameters:
    ///   - tables: The tables, without the deleted row.
    ///   - target: The primary key of the deleted row.
    func targetWasDeleted(_ target: BytewiseString, in tables: inout InMemoryTables) throws(DataError) {
        let referring = tables[keyPath: Row.table].keys(referringTo: target, by: self)
        guard !referring.isEmpty else { return }
        switch action {
        case .restrict: throw ConstraintMeaning.named(name)?.deletionError ?? DataError(.inUse, constraint: name)
        case .cascade: try tables.deleteReferring(Row.self, referring)
        case .setNull(let clear): for key in referring { try tables.updateReferring(Row.self, key, clear) }
        }
    }
}
