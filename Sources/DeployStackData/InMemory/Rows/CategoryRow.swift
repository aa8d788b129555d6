import DeployStackModels

/// A row of `mcpCategories`, with what the in-memory store uses of it.
struct CategoryRow: TableRow {
    var id: CategoryID
    var name: String
    var createdAt: Timestamp

    static let tableName = "mcpCategories"
    static var table: TablePath<CategoryRow> { \.categories }

    static let nameKey = UniqueKey<CategoryRow>("mcpCategories_name_key", Column("name") { $0.name })

    static let schema = TableSchema<CategoryRow>(
        primaryKey: "mcpCategories_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [nameKey])
}
