import DeployStackData
import DeployStackModels

/// The catalog as a website shows it, and as a phone does.
struct CatalogPages {
    let store: DataStore
    let viewer: CatalogViewer

    /// A page with its number, out of so many. Pages are counted from 1.
    func page(_ number: Int, size: Int = 20) async throws -> PageResult<McpServer> {
        let page = Page(limit: size, offset: (number - 1) * size)
        return try await store.catalog.list(viewer: viewer, filter: .none, sort: .name, page: page)
    }

    /// The next entries while somebody scrolls; `nil` begins.
    func entries(from cursor: ListCursor?, limit: Int = 20) async throws -> CursorPage<McpServer> {
        try await store.catalog.browse(viewer: viewer, filter: .none, sort: .name, from: cursor, limit: limit)
    }
}
