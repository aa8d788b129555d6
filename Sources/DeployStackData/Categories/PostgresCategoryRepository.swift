import DeployStackModels

/// The categories of the catalog in PostgreSQL.
struct PostgresCategoryRepository: CategoryRepository {
    let database: Database

    func all() async throws(DataError) -> [McpCategory] {
        try await database.all(.allCategories())
    }

    func category(_ id: CategoryID) async throws(DataError) -> McpCategory? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.category(id))
    }

    func create(_ category: NewCategory) async throws(DataError) -> McpCategory {
        try await database.one(.createCategory(try McpCategory(category, in: database.environment)))
    }

    func update(_ id: CategoryID, _ patch: CategoryPatch) async throws(DataError) -> McpCategory? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            guard let category = try await database.optional(.lockCategory(id)) else { return nil }
            return try await database.optional(.updateCategory(category.applying(patch)))
        }
    }

    func delete(_ id: CategoryID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.deleteCategory(id)) > 0
    }

    func withFeaturedCounts() async throws(DataError) -> [FeaturedCategory] {
        try await database.all(.featuredCategories())
    }
}
