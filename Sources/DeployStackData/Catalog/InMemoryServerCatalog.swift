import DeployStackModels
import TextSearch

/// The catalog in the in-memory tables.
struct InMemoryMcpServerCatalog: McpServerCatalog {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func create(_ server: NewServer, by editor: CatalogEditor) async throws(DataError) -> McpServer {
        let new = try server.validated(by: editor)
        try CatalogRules.validateReferences(of: new, by: editor)
        let slug = CatalogRules.slug(of: new)
        let record = McpServer(new, in: environment)
        let details = McpServerDetails(new, by: editor)
        return try await tables.write { tables in
            var server = record
            guard let free = slug.firstFree(where: { tables.servers.row(ServerRow.slugKey, $0) == nil }) else {
                throw SlugRule.exhausted(.server)
            }
            server.slug = free
            var row = try ServerRow(server, details)
            row.readme = new.readme
            try tables.insert(row)
            return row.complete
        }
    }

    func server(_ id: McpServerID) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.servers[id]?.complete }
    }

    func server(slug: String) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canExist(slug) else { return nil }
        return try await tables.read { $0.servers.row(ServerRow.slugKey, slug)?.complete }
    }

    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer> {
        try page.validate()
        try filter.validate()
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        return try await tables.read { tables in
            PageResult(of: tables.servers(in: selection), by: sort.precedes, page).map(\.row.server)
        }
    }

    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try page.validate()
        try TagRule.validateQuery(tags)
        let wanted = TagSet(tags)
        return try await servers(viewer: viewer, page: page) { wanted.isContained(in: $0.tags) }
    }

    func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try page.validate()
        try TagRule.validateQuery(tags)
        let wanted = TagSet(tags)
        return try await servers(viewer: viewer, page: page) { wanted.meets($0.tags) }
    }

    func tagCounts(viewer: CatalogViewer, limit: Int) async throws(DataError) -> [TagCount] {
        try Page.validate(limit: limit, in: CatalogRules.tagCountLimits, field: "limit")
        let selection = CatalogSelection(viewer: viewer)
        return try await tables.read { tables in
            tables.servers(in: selection).tagCounts(limit: limit)
        }
    }

    func search(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, page: Page
    ) async throws(DataError) -> PageResult<CatalogSearchHit> {
        try page.validate()
        try filter.validate()
        let search = try CatalogSearch(query)
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        var hits = try await tables.read { tables in
            PageResult(
                of: tables.hits(of: search, in: selection),
                by: { left, right in
                    left.rank == right.rank ? CatalogSort.name.precedes(left.server, right.server) : left.rank > right.rank
                }, page)
        }
        hits.items = search.marking(hits.items)
        return hits
    }

    func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> DataStream<McpServer> {
        let selection = CatalogSelection(viewer: viewer, filter: filter)
        return tables.stream { () throws(DataError) in
            try filter.validate()
        } _: { tables in
            tables.servers.all.filter { selection.contains($0.server) }.map(\.complete).sorted(by: sort.precedes)
        }
    }

    func importServers(
        _ file: CatalogFile, by editor: CatalogEditor, progress: (@Sendable (_ done: Int) -> Void)?
    ) async throws(DataError) -> CatalogImportReport {
        try editor.validateImport()
        let entries = file.accepted
        var report = CatalogImportReport(rejected: file.rejected)
        var done = file.rejected.count
        for start in stride(from: 0, to: entries.count, by: CatalogFile.batchSize) {
            let batch = Array(entries[start..<min(start + CatalogFile.batchSize, entries.count)])
            try await importBatch(batch, by: editor, into: &report)
            done += batch.count
            progress?(done)
        }
        report.rejected.sort { $0.index < $1.index }
        return report
    }

    private func servers(
        viewer: CatalogViewer, page: Page, where isWanted: @Sendable (McpServer) -> Bool
    ) async throws(DataError) -> [McpServer] {
        let selection = CatalogSelection(viewer: viewer)
        return try await tables.read { tables in
            let wanted = tables.servers.shared { selection.contains($0.server) && isWanted($0.server) }
            return PageResult(of: wanted, by: CatalogSort.name.precedes, page).map(\.row.server).items
        }
    }
}

extension InMemoryTables {
    /// The entries of a selection, in no order.
    func servers(in selection: CatalogSelection) -> [RowTable<ServerRow>.Stored] {
        servers.shared { selection.contains($0.server) }
    }

    /// What a search finds among the entries of a selection, in no order and without highlights.
    func hits(of search: CatalogSearch, in selection: CatalogSelection) -> [CatalogSearchHit] {
        servers.shared { selection.contains($0.server) && search.finds($0) }
            .map { CatalogSearchHit(server: $0.row.server, rank: TextRank.rank($0.row.searchVector, of: search.query)) }
    }
}
