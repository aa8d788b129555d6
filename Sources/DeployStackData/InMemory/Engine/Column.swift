import DeployStackModels

/// A column that a key of an in-memory table consists of.
///
/// All keys of the schema are text. Whether a column can be null is decided by the type of the property behind it, which is also what enforces
/// NOT NULL here: a row without a required value cannot be made.
struct Column<Row>: Sendable {
    /// The column's name in the database.
    let name: String
    /// Whether the column can be null.
    let isNullable: Bool
    private let text: @Sendable (Row) -> String?

    /// Declares a column that is never null.
    init(_ name: String, _ text: @escaping @Sendable (Row) -> String) {
        self.name = name
        isNullable = false
        self.text = text
    }

    /// Declares a column that can be null.
    init(_ name: String, nullable text: @escaping @Sendable (Row) -> String?) {
        self.name = name
        isNullable = true
        self.text = text
    }

    /// The column's value, or `nil` when it is null.
    func value(_ row: Row) -> BytewiseString? {
        text(row).map { BytewiseString($0) }
    }
}
