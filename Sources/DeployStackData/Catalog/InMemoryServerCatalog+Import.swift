import DeployStackModels

extension InMemoryMcpServerCatalog {
    /// Imports a batch of entries. Categories are made in a call of their own, as on PostgreSQL, and stay when the batch then fails.
    func importBatch(_ batch: [CatalogFileEntry], by editor: CatalogEditor, into report: inout CatalogImportReport) async throws(DataError) {
        let ids = batch.map { _ in McpServerID(environment.makeID()) }
        let categories = try await categories(of: batch)
        let now = environment.now()
        let results = try await tables.write { tables in
            var results: [InMemoryTables.ImportResult] = []
            var secrets: [McpServerID: NewSecrets] = [:]
            for (index, entry) in batch.enumerated() {
                let result = try tables.importEntry(entry, id: ids[index], category: categories[index], by: editor.userID, at: now)
                if case .updated(let id) = result, let new = entry.secrets { secrets[id] = new }
                results.append(result)
            }
            try tables.seal(secrets, with: environment.cipher)
            return results
        }
        for (entry, result) in zip(batch, results) {
            switch result {
            case .inserted: report.inserted += 1
            case .updated: report.updated += 1
            case .unchanged: report.unchanged += 1
            case .taken: report.rejected.append(.slugTaken(index: entry.index, name: entry.catalogName))
            }
        }
    }

    /// The categories of a batch's entries; those that do not exist are made.
    private func categories(of batch: [CatalogFileEntry]) async throws(DataError) -> [CategoryID?] {
        let names = CatalogRules.categoryNames(of: batch)
        guard !names.isEmpty else { return batch.map { _ in nil } }
        let missing = try await tables.read { tables in
            names.filter { tables.categories.row(McpCategory.nameKey, $0) == nil }
        }
        if !missing.isEmpty {
            let ids = missing.map { _ in CategoryID(environment.makeID()) }
            let now = environment.now()
            try await tables.write { tables in
                for (id, name) in zip(ids, missing) where tables.categories.row(McpCategory.nameKey, name) == nil {
                    try tables.insert(McpCategory(id: id, name: name, description: nil, icon: nil, sortOrder: 0, createdAt: now))
                }
            }
        }
        return try await tables.read { tables in
            batch.map { entry in
                entry.category.flatMap { tables.categories.row(McpCategory.nameKey, $0)?.id }
            }
        }
    }
}

extension InMemoryTables {
    /// What an import did with an entry.
    fileprivate enum ImportResult: Sendable {
        case inserted
        case updated(McpServerID)
        case unchanged
        /// The slug is that of a team's own server.
        case taken
    }

    /// Inserts an entry, or brings the one with its slug to the file's state.
    fileprivate mutating func importEntry(
        _ entry: CatalogFileEntry, id: McpServerID, category: CategoryID?, by user: UserID?, at now: Timestamp
    ) throws(DataError) -> ImportResult {
        guard let old = servers.row(ServerRow.slugKey, entry.slug) else {
            try insert(ServerRow(importing: entry, id: id, category: category, by: user, at: now))
            return .inserted
        }
        guard old.server.visibility == .global else { return .taken }
        var (server, details) = (old.server, old.details)
        server.bring(to: entry, category: category)
        details.bring(to: entry)
        guard !server.isStoredLike(old.server) || !details.isStoredLike(old.details) else { return .unchanged }
        server.updatedAt = now
        let new = try ServerRow(server, details, replacing: old)
        try update(ServerRow.self, server.id.bytewise) { $0 = new }
        return .updated(server.id)
    }
}

extension ServerRow {
    /// The row of an entry that is new.
    fileprivate init(importing entry: CatalogFileEntry, id: McpServerID, category: CategoryID?, by user: UserID?, at now: Timestamp) throws(DataError)
    {
        let new = NewServer(name: entry.server.name)
        var server = McpServer(
            id: id, name: new.name, slug: entry.slug, description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil, language: "unknown",
            runtime: "unknown", transport: new.transport, visibility: .global, ownerTeamID: nil, categoryID: nil, tags: [], metadata: new.metadata,
            status: new.status, isFeatured: new.isFeatured, source: new.source, requiresOAuth: new.requiresOAuth, gitHubStars: nil, createdAt: now,
            updatedAt: now, details: nil)
        var details = McpServerDetails(new, by: .system)
        details.createdBy = user
        server.bring(to: entry, category: category)
        details.bring(to: entry)
        try self.init(server, details)
    }
}

extension McpServer {
    /// Sets what an import brings to the file's state.
    fileprivate mutating func bring(to entry: CatalogFileEntry, category: CategoryID?) {
        name = entry.server.name
        description = entry.server.description
        iconURL = entry.server.iconURL
        repositoryURL = entry.server.repositoryURL
        runtime = entry.server.runtime ?? "unknown"
        transport = entry.server.transport
        categoryID = category
        tags = entry.server.tags
        metadata = entry.server.metadata
        requiresOAuth = entry.server.requiresOAuth
    }

    /// Whether the columns that an import sets hold the same, compared as the database compares them: text by bytes.
    fileprivate func isStoredLike(_ other: McpServer) -> Bool {
        name.hasSameBytes(as: other.name) && description?.bytewise == other.description?.bytewise && iconURL?.bytewise == other.iconURL?.bytewise
            && repositoryURL?.bytewise == other.repositoryURL?.bytewise && runtime.hasSameBytes(as: other.runtime) && transport == other.transport
            && categoryID == other.categoryID && tags.map(\.bytewise) == other.tags.map(\.bytewise) && metadata == other.metadata
            && requiresOAuth == other.requiresOAuth
    }
}

extension McpServerDetails {
    /// Sets what an import brings to the file's state.
    fileprivate mutating func bring(to entry: CatalogFileEntry) {
        let repository = RepositoryLocation(url: entry.server.repositoryURL)
        repositorySource = repository?.source
        repositoryID = repository?.id
        gitCommitSHA = entry.server.gitCommitSHA
        packages = entry.server.packages
        remotes = entry.server.remotes
        configuration.user.env = entry.server.configuration.user.env
    }

    /// Whether the columns that an import sets hold the same.
    fileprivate func isStoredLike(_ other: McpServerDetails) -> Bool {
        repositorySource == other.repositorySource && repositoryID?.bytewise == other.repositoryID?.bytewise
            && gitCommitSHA?.bytewise == other.gitCommitSHA?.bytewise && packages == other.packages && remotes == other.remotes
            && configuration.user.env == other.configuration.user.env
    }
}
