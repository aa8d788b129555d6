/// One constraint or unique index of the in-memory tables, as plain values that can be compared with what a database says of itself.
package struct DeclaredConstraint: Sendable, Hashable {
    /// What a constraint demands.
    package enum Kind: Sendable, Hashable {
        /// The table's primary key.
        case primaryKey
        /// A unique constraint.
        case unique
        /// A unique index that is no constraint, because it is over an expression or leaves rows out.
        case uniqueIndex(expression: String?, predicate: String?)
        /// A reference to the primary key of another table.
        case foreignKey(table: String, onDelete: DeleteAction)
        /// A condition on each row.
        case check
    }

    /// What a foreign key does when the row that is referred to is deleted.
    package enum DeleteAction: String, Sendable, Hashable {
        case cascade = "CASCADE"
        case setNull = "SET NULL"
        case restrict = "RESTRICT"
    }

    /// The table that has the constraint.
    package var table: String
    /// The database's name for the constraint.
    package var name: String
    /// What it demands.
    package var kind: Kind
    /// The columns that it is about, in its own order.
    package var columns: [String]
    /// Those of the columns of a key that can be null. Empty for a check.
    package var nullableColumns: [String]

    init<Row: TableRow>(_ key: UniqueKey<Row>) {
        table = Row.tableName
        name = key.name
        kind =
            switch key.form {
            case .primaryKey: .primaryKey
            case .constraint: .unique
            case .index(let expression, let predicate): .uniqueIndex(expression: expression, predicate: predicate)
            }
        columns = key.columns.map(\.name)
        nullableColumns = key.columns.filter(\.isNullable).map(\.name)
    }

    init<Row: TableRow>(_ key: ForeignKey<Row>) {
        table = Row.tableName
        name = key.name
        let action: DeleteAction =
            switch key.action {
            case .cascade: .cascade
            case .setNull: .setNull
            case .restrict: .restrict
            }
        kind = .foreignKey(table: key.target, onDelete: action)
        columns = [key.column.name]
        nullableColumns = key.column.isNullable ? columns : []
    }

    init<Row: TableRow>(_ check: CheckRule<Row>) {
        table = Row.tableName
        name = check.name
        kind = .check
        columns = check.columns
        nullableColumns = []
    }
}
