import DeployStackData
import DeployStackModels

/// The search box above the catalog.
struct SearchBox {
    /// What is shown below the box.
    struct Answer {
        var hits: [CatalogSearchHit]
        /// A search that finds more, if this one finds nothing.
        var suggestion: String?
    }

    let store: DataStore
    let viewer: CatalogViewer

    /// While somebody types: the last word may be the beginning of a longer one.
    func hits(whileTyping text: String) async throws -> [CatalogSearchHit] {
        try await store.catalog.search(.prefix(text, includesTags: true), viewer: viewer, filter: .none, page: Page(limit: 5)).items
    }

    /// When the text is finished.
    func answer(to text: String) async throws -> Answer {
        let hits = try await store.catalog.search(.web(text, includesTags: true), viewer: viewer).items
        guard hits.isEmpty else { return Answer(hits: hits) }
        return Answer(hits: [], suggestion: try await store.catalog.suggestion(for: text, viewer: viewer)?.text)
    }
}
