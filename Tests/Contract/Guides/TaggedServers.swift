import DeployStackData
import DeployStackModels

/// A page of the catalog that is narrowed down by tags and by what its entries say about themselves.
struct TaggedServers {
    let store: DataStore
    let viewer: CatalogViewer

    /// The entries that have all of some tags, and the tags by which they can be narrowed down further.
    func page(tagged tags: [String]) async throws -> CatalogListing {
        try await store.catalog.listWithTagCounts(viewer: viewer, filter: CatalogFilter(allTags: tags))
    }

    /// The entries of a plan that run in a region and are not experiments.
    func servers(plan: String, region: String) async throws -> [McpServer] {
        let filter = CatalogFilter(
            noTags: ["experimental"], metadataContains: ["regions": [.string(region)]],
            metadataMatch: MetadataMatch(at: ["billing", "plan"], equals: .string(plan)))
        return try await store.catalog.list(viewer: viewer, filter: filter).items
    }
}
