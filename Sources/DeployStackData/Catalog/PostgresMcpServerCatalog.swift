import DeployStackModels

/// The catalog in PostgreSQL.
struct PostgresMcpServerCatalog: McpServerCatalog {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func create(_ server: NewServer, by editor: CatalogEditor) async throws(DataError) -> McpServer {
        let new = try server.validated(by: editor)
        try CatalogRules.validateReferences(of: new, by: editor)
        let slug = CatalogRules.slug(of: new)
        var server = McpServer(new, in: environment)
        let details = McpServerDetails(new, by: editor)
        var number = 1
        while number <= SlugRule.maximumAttempts {
            server.slug = slug.candidate(number)
            if let created = try await database.optional(.createServer(server, details, readme: new.readme)) { return created }
            number = slug.firstFree(after: number, taken: try await database.all(.takenServerSlugs(among: slug.candidates(after: number))))
        }
        throw SlugRule.exhausted(.server)
    }

    func server(_ id: McpServerID) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.server(id))
    }

    func server(slug: String) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canExist(slug) else { return nil }
        return try await database.optional(.server(slug: slug))
    }

    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer> {
        try page.validate()
        try filter.validate()
        return try await database.page(.servers(viewer: viewer, filter: filter, sort: sort, page: page), page)
    }

    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try page.validate()
        try TagRule.validateQuery(tags)
        return try await database.all(.servers(withAllTags: tags, viewer: viewer, page: page))
    }

    func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try page.validate()
        try TagRule.validateQuery(tags)
        return try await database.all(.servers(withAnyTag: tags, viewer: viewer, page: page))
    }

    func tagCounts(viewer: CatalogViewer, limit: Int) async throws(DataError) -> [TagCount] {
        try Page.validate(limit: limit, in: CatalogRules.tagCountLimits, field: "limit")
        return try await database.all(.tagCounts(viewer: viewer, limit: limit))
    }

    func search(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, page: Page
    ) async throws(DataError) -> PageResult<CatalogSearchHit> {
        try page.validate()
        try filter.validate()
        let search = try CatalogSearch(query)
        let rows = try await database.all(.searchServers(search, viewer: viewer, filter: filter, page: page))
        return PageResult(items: search.marking(rows.compactMap(\.hit)), total: rows.first?.total ?? 0, page: page)
    }

    func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> DataStream<McpServer> {
        database.stream { () throws(DataError) in
            try filter.validate()
        } _: {
            .exportServers(viewer: viewer, filter: filter, sort: sort)
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

    private func importBatch(
        _ batch: [CatalogFileEntry], by editor: CatalogEditor, into report: inout CatalogImportReport
    ) async throws(DataError) {
        let ids = batch.map { _ in McpServerID(environment.makeID()) }
        let categories = try await categories(of: batch)
        let now = environment.now()
        let imported = try await database.transaction { database in
            let imported = try await database.all(.importServers(batch, ids: ids, categories: categories, by: editor.userID, at: now))
            let secrets = Dictionary(batch.compactMap { entry in entry.secrets.map { (entry.slug, $0) } }) { _, last in last }
            var changed: [McpServerID: NewSecrets] = [:]
            for entry in imported where entry.wasInserted == false {
                if let id = entry.existingID { changed[id] = secrets[entry.slug] }
            }
            try await database.seal(changed)
            return imported
        }
        let indexes = Dictionary(uniqueKeysWithValues: batch.map { ($0.slug, $0.index) })
        for entry in imported {
            switch entry.wasInserted {
            case .some(true): report.inserted += 1
            case .some(false): report.updated += 1
            case nil where entry.isTaken:
                let index = indexes[entry.slug] ?? 0
                report.rejected.append(.slugTaken(index: index, name: batch.first { $0.index == index }?.catalogName))
            case nil: report.unchanged += 1
            }
        }
    }

    /// The categories of a batch's entries; those that do not exist are made.
    private func categories(of batch: [CatalogFileEntry]) async throws(DataError) -> [CategoryID?] {
        let names = CatalogRules.categoryNames(of: batch)
        guard !names.isEmpty else { return batch.map { _ in nil } }
        var known = try await database.all(.categories(named: names))
        let knownNames = Set(known.map { BytewiseString($0.name) })
        let missing = names.filter { !knownNames.contains(BytewiseString($0)) }
        if !missing.isEmpty {
            let ids = missing.map { _ in CategoryID(environment.makeID()) }
            _ = try await database.execute(.addCategories(ids: ids, names: missing, at: environment.now()))
            known = try await database.all(.categories(named: names))
        }
        let idsByName = Dictionary(known.map { (BytewiseString($0.name), $0.id) }) { first, _ in first }
        return batch.map { entry in entry.category.flatMap { idsByName[BytewiseString($0)] } }
    }
}
