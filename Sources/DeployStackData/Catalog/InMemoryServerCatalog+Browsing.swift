import DeployStackModels

extension InMemoryMcpServerCatalog {
    func listWithTagCounts(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int
    ) async throws(DataError) -> CatalogListing {
        try page.validate()
        try filter.validate()
        try Page.validate(limit: tagLimit, in: CatalogRules.tagCountLimits, field: "tagLimit")
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        return try await tables.read { tables in
            let servers = tables.servers(in: selection)
            let listed = PageResult(of: servers, by: sort.precedes, page).map(\.row.server)
            return CatalogListing(servers: listed, tagCounts: servers.tagCounts(limit: tagLimit))
        }
    }

    func browse(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<McpServer> {
        let reading = try CatalogReading(.sort(sort), filter: filter, from: cursor, limit: limit, in: environment)
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        let servers = try await tables.read { tables in
            reading.first(limit + 1, of: tables.servers(in: selection)) { CatalogPlace($0.row.server) }.map(\.row.server)
        }
        return reading.page(servers) { CatalogPlace($0) }
    }

    func browseHits(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        let search = try CatalogSearch(query)
        let reading = try CatalogReading(.rank, filter: filter, text: search.identity, from: cursor, limit: limit, in: environment)
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        let place: @Sendable (CatalogSearchHit) -> CatalogPlace = { CatalogPlace($0.server, rank: Double($0.rank)) }
        let hits = try await tables.read { tables in
            reading.first(limit + 1, of: tables.hits(of: search, in: selection), place: place)
        }
        var page = reading.page(hits, place: place)
        page.items = search.marking(page.items)
        return page
    }
}

extension CatalogReading {
    /// The first items behind or before the cursor, in the direction of reading.
    fileprivate func first<Item>(_ count: Int, of items: [Item], place: (Item) -> CatalogPlace) -> [Item] {
        let isBackwards = cursor?.direction == .backwards
        return items.map { (item: $0, place: place($0)) }
            .filter { contains($0.place) }
            .first(count) { isBackwards ? order.precedes($1.place, $0.place) : order.precedes($0.place, $1.place) }
            .map(\.item)
    }
}

extension [RowTable<ServerRow>.Stored] {
    /// The tags of the entries, each with its number of entries: the most frequent first, then by bytes.
    func tagCounts(limit: Int) -> [TagCount] {
        var counts: [BytewiseString: Int] = [:]
        for server in self {
            for tag in server.row.server.tags { counts[tag.bytewise, default: 0] += 1 }
        }
        return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
            .prefix(limit)
            .map { TagCount(tag: $0.key.text, count: $0.value) }
    }
}
