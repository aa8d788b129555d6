import DeployStackModels

/// A primary key, unique constraint or unique index of an in-memory table.
struct UniqueKey<Row>: Sendable {
    /// How the database keeps the key.
    enum Form: Sendable {
        case primaryKey
        case constraint
        /// An index of its own, over an expression or of only those rows that meet a condition, both as the migrations write them.
        case index(expression: String?, predicate: String?)
    }

    /// The database's name for the key.
    let name: String
    let columns: [Column<Row>]
    let form: Form
    private let covers: @Sendable (Row) -> Bool

    /// Declares a key.
    ///
    /// - Parameters:
    ///   - name: The database's name for it.
    ///   - columns: The columns whose values may exist once together.
    ///   - form: How the database keeps the key.
    ///   - covers: Which rows it applies to; all by default.
    init(_ name: String, _ columns: Column<Row>..., form: Form = .constraint, covers: @escaping @Sendable (Row) -> Bool = { _ in true }) {
        self.name = name
        self.columns = columns
        self.form = form
        self.covers = covers
    }

    /// The values under which a row is found, or `nil` when the key does not hold the row: nulls are never equal to each other, and a partial key
    /// leaves rows out.
    func values(_ row: Row) -> KeyValues? {
        guard covers(row) else { return nil }
        var parts: [BytewiseString] = []
        parts.reserveCapacity(columns.count)
        for column in columns {
            guard let part = column.value(row) else { return nil }
            parts.append(part)
        }
        return KeyValues(parts: parts)
    }

    /// The error for a second row with the same values.
    var violation: DataError {
        ConstraintMeaning.named(name)?.error ?? DataError(.alreadyExists, constraint: name)
    }
}

/// The values of a key's columns in one row, compared by bytes.
struct KeyValues: Hashable, Sendable {
    let parts: [BytewiseString]
}
