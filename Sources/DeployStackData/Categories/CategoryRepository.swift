public import DeployStackModels

/// The categories of the catalog.
public protocol CategoryRepository: Sendable {
    /// Returns all categories, by their sort order, then by name.
    func all() async throws(DataError) -> [McpCategory]

    /// Returns a category, or `nil` when there is none with this identifier.
    func category(_ id: CategoryID) async throws(DataError) -> McpCategory?

    /// Creates a category.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.alreadyExists` with field `name` when another one has the name.
    @discardableResult
    func create(_ category: NewCategory) async throws(DataError) -> McpCategory

    /// Changes a category.
    ///
    /// - Returns: The changed category, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` as ``create(_:)`` does.
    @discardableResult
    func update(_ id: CategoryID, _ patch: CategoryPatch) async throws(DataError) -> McpCategory?

    /// Deletes a category. The entries in it stay and are in none.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func delete(_ id: CategoryID) async throws(DataError) -> Bool

    /// Returns the categories with featured entries that everybody sees, each with their number, in the order of ``all()``. Those without any are left out.
    func withFeaturedCounts() async throws(DataError) -> [FeaturedCategory]
}
