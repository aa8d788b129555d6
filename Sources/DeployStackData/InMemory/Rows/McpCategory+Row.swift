import DeployStackModels

extension McpCategory: TableRow {
    static let tableName = "mcpCategories"
    static var table: TablePath<McpCategory> { \.categories }
    static let policy: RowPolicy<McpCategory> = .platform

    static let nameKey = UniqueKey<McpCategory>("mcpCategories_name_key", Column("name") { $0.name })

    static let schema = TableSchema<McpCategory>(
        primaryKey: "mcpCategories_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [nameKey])
}
