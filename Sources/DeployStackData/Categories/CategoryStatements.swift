package import DeployStackModels
package import PostgresDriver

extension McpCategory: RowDecodable {
    package static let columns: ColumnList = ["id", "name", "description", "icon", "sort_order", "created_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), description: try row.read(), icon: try row.read(), sortOrder: try row.read(),
            createdAt: try row.read())
    }
}

extension Statement<McpCategory> {
    static func allCategories() -> Self {
        """
        SELECT \(McpCategory.columns)
        FROM "mcpCategories"
        ORDER BY "sort_order", "name" COLLATE "C", "id" COLLATE "C"
        """
    }

    static func category(_ id: CategoryID) -> Self {
        """
        SELECT \(McpCategory.columns)
        FROM "mcpCategories"
        WHERE "id" = \(id)
        """
    }

    static func lockCategory(_ id: CategoryID) -> Self {
        """
        SELECT \(McpCategory.columns)
        FROM "mcpCategories"
        WHERE "id" = \(id)
        FOR NO KEY UPDATE
        """
    }

    static func createCategory(_ category: McpCategory) -> Self {
        """
        INSERT INTO "mcpCategories" (\(McpCategory.columns))
        VALUES (\(category.id), \(category.name), \(category.description), \(category.icon), \(category.sortOrder), \(category.createdAt))
        RETURNING \(McpCategory.columns)
        """
    }

    static func updateCategory(_ category: McpCategory) -> Self {
        """
        UPDATE "mcpCategories"
        SET "name" = \(category.name), "description" = \(category.description), "icon" = \(category.icon), "sort_order" = \(category.sortOrder)
        WHERE "id" = \(category.id)
        RETURNING \(McpCategory.columns)
        """
    }
}

extension Statement<Void> {
    static func deleteCategory(_ id: CategoryID) -> Self {
        Self(
            """
            DELETE FROM "mcpCategories"
            WHERE "id" = \(id)
            """)
    }
}

extension Statement<FeaturedCategory> {
    static func featuredCategories() -> Self {
        Self(
            """
            SELECT \(McpCategory.columns["c"]), f."count"
            FROM (
                SELECT "category_id", count(*) AS "count"
                FROM "mcpServerTemplates"
                WHERE "featured" AND "visibility" = 'global' AND "category_id" IS NOT NULL
                GROUP BY "category_id") AS f
            INNER JOIN "mcpCategories" AS c ON c."id" = f."category_id"
            ORDER BY c."sort_order", c."name" COLLATE "C", c."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            FeaturedCategory(category: try row.read(), featuredCount: try row.read())
        }
    }
}
