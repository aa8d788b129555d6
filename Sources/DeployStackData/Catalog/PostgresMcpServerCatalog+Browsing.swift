import DeployStackModels
import PostgresDriver

extension PostgresMcpServerCatalog {
    func listWithTagCounts(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int
    ) async throws(DataError) -> CatalogListing {
        try page.validate()
        try filter.validate()
        try Page.validate(limit: tagLimit, in: CatalogRules.tagCountLimits, field: "tagLimit")
        let rows = try await database.all(.listing(viewer: viewer, filter: filter, sort: sort, page: page, tagLimit: tagLimit))
        let servers = PageResult(items: rows.compactMap(\.server), total: rows.first?.total ?? 0, page: page)
        return CatalogListing(servers: servers, tagCounts: rows.first?.tagCounts ?? [])
    }

    func browse(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<McpServer> {
        let reading = try CatalogReading(.sort(sort), filter: filter, from: cursor, limit: limit, in: database.environment)
        let servers = try await database.all(.browse(viewer: viewer, filter: filter, sort: sort, from: reading.cursor, limit: limit + 1))
        return reading.page(servers) { CatalogPlace($0) }
    }

    func browseHits(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        let search = try CatalogSearch(query)
        let reading = try CatalogReading(.rank, filter: filter, text: search.identity, from: cursor, limit: limit, in: database.environment)
        let hits = try await database.all(.browseHits(search, viewer: viewer, filter: filter, from: reading.cursor, limit: limit + 1))
        var page = reading.page(hits) { CatalogPlace($0.server, rank: Double($0.rank)) }
        page.items = search.marking(page.items)
        return page
    }
}
