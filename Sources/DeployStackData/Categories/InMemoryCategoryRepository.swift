import DeployStackModels

/// The categories of the catalog in the in-memory tables.
struct InMemoryCategoryRepository: CategoryRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func all() async throws(DataError) -> [McpCategory] {
        try await tables.read { $0.categories.all.sorted { McpCategory.precedes($0, $1) } }
    }

    func category(_ id: CategoryID) async throws(DataError) -> McpCategory? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.categories[id] }
    }

    func create(_ category: NewCategory) async throws(DataError) -> McpCategory {
        let record = try McpCategory(category, in: environment)
        try await tables.write { try $0.insert(record) }
        return record
    }

    func update(_ id: CategoryID, _ patch: CategoryPatch) async throws(DataError) -> McpCategory? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            try tables.update(McpCategory.self, id.bytewise) { $0 = $0.applying(patch) }
        }
    }

    func delete(_ id: CategoryID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { try $0.delete(McpCategory.self, [id.bytewise]) > 0 }
    }

    func withFeaturedCounts() async throws(DataError) -> [FeaturedCategory] {
        try await tables.read { tables in
            var counts: [CategoryID: Int] = [:]
            for row in tables.servers.all where row.server.isFeatured && row.server.visibility == .global {
                if let category = row.server.categoryID { counts[category, default: 0] += 1 }
            }
            return counts.compactMap { id, count in tables.categories[id].map { FeaturedCategory(category: $0, featuredCount: count) } }
                .sorted { McpCategory.precedes($0.category, $1.category) }
        }
    }
}

extension McpCategory {
    /// Whether one category comes before another.
    fileprivate static func precedes(_ left: McpCategory, _ right: McpCategory) -> Bool {
        (left.sortOrder, left.name.bytewise, left.id.bytewise) < (right.sortOrder, right.name.bytewise, right.id.bytewise)
    }
}
