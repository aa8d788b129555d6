import DeployStackModels

/// Where a table is among the in-memory tables.
typealias TablePath<Row: TableRow> = any WritableKeyPath<InMemoryTables, RowTable<Row>> & Sendable

/// A row of an in-memory table.
protocol TableRow: Sendable {
    /// The table's name in the database.
    static var tableName: String { get }
    /// Where the table is among the tables.
    static var table: TablePath<Self> { get }
    /// The table's constraints.
    static var schema: TableSchema<Self> { get }
    /// Whose rows there are when row security is enforced.
    static var policy: RowPolicy<Self> { get }
}

/// The constraints of a table, each declared once under the database's name and in the database's order.
///
/// PostgreSQL reports the first broken rule it meets: checks by their names, then unique keys in order of their creation, and foreign keys when the
/// statement ends, in order of their creation. The in-memory tables do the same, so that a row that breaks several rules gets the same error.
struct TableSchema<Row: TableRow>: Sendable {
    let primaryKey: UniqueKey<Row>
    /// The other unique keys, in order of their creation.
    let uniqueKeys: [UniqueKey<Row>]
    /// The foreign keys, in order of their creation.
    let foreignKeys: [ForeignKey<Row>]
    /// The checks, by the bytes of their names.
    let checks: [CheckRule<Row>]

    init(
        primaryKey name: String, _ column: Column<Row>, uniqueKeys: [UniqueKey<Row>] = [], foreignKeys: [ForeignKey<Row>] = [],
        checks: [CheckRule<Row>] = []
    ) {
        primaryKey = UniqueKey(name, column, form: .primaryKey)
        self.uniqueKeys = uniqueKeys
        self.foreignKeys = foreignKeys
        self.checks = checks.sorted { $0.name.precedesBytewise($1.name) }
    }

    /// The primary key's value.
    func key(of row: Row) -> BytewiseString {
        guard let key = primaryKey.columns[0].value(row) else { preconditionFailure("The primary key of \(Row.tableName) is declared nullable") }
        return key
    }

    /// Throws when a row breaks a check.
    func validateChecks(_ row: Row) throws(DataError) {
        for check in checks where check.isBroken(by: row) { throw check.violation }
    }
}
