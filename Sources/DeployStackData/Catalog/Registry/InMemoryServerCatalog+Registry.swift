import DeployStackModels

extension InMemoryMcpServerCatalog {
    func upsertFromRegistry(_ servers: [RegistryServer]) async throws(DataError) -> CatalogImportReport {
        let (entries, read) = RegistryEntry.read(servers)
        var report = read
        for batch in RegistryEntry.batches(entries) {
            let ids = batch.map { _ in McpServerID(environment.makeID()) }
            let now = environment.now()
            let counts = try await tables.write { tables in
                // What is taken is what was taken when the batch began, and what an earlier one of the batch would get.
                var taken = Set(batch.map(\.slug.bytewise).filter { tables.servers.row(ServerRow.slugKey, $0.text) != nil })
                var counts = RegistryCounts(inserted: 0, updated: 0)
                for (entry, id) in zip(batch, ids) {
                    let slug = taken.insert(entry.slug.bytewise).inserted ? entry.slug : entry.otherSlug
                    switch try tables.upsert(entry, id: id, slug: slug, at: now) {
                    case true?: counts.inserted += 1
                    case false?: counts.updated += 1
                    case nil: break
                    }
                }
                return counts
            }
            report.inserted += counts.inserted
            report.updated += counts.updated
            report.unchanged += batch.count - counts.inserted - counts.updated
        }
        return report
    }
}

extension InMemoryTables {
    /// Inserts an entry, or brings the one with its registry identifier to the registry's state.
    ///
    /// - Returns: Whether it was inserted; `nil` when it was as in the registry already.
    fileprivate mutating func upsert(_ entry: RegistryEntry, id: McpServerID, slug: String, at now: Timestamp) throws(DataError) -> Bool? {
        guard let old = servers.row(ServerRow.registryKey, entry.server.registryID) else {
            var row = try ServerRow(registering: entry, id: id, slug: slug, at: now)
            row.registry = RegistryRecord(entry.server, at: now)
            row.readme = entry.server.readme
            try insert(row)
            return true
        }
        let (server, details) = (old.server.brought(to: entry), old.details.brought(to: entry))
        let readme = entry.server.readme ?? old.readme
        guard
            !server.isStoredLike(old.server) || !details.isStoredLike(old.details) || !entry.server.isStoredLike(old.registry)
                || readme?.bytewise != old.readme?.bytewise
        else { return nil }
        var changed = server
        changed.updatedAt = now
        var new = try ServerRow(changed, details, replacing: old)
        new.registry = RegistryRecord(entry.server, at: now)
        new.readme = readme
        try update(ServerRow.self, server.id.bytewise) { $0 = new }
        return false
    }
}

extension ServerRow {
    /// The row of an entry that is new.
    fileprivate init(registering entry: RegistryEntry, id: McpServerID, slug: String, at now: Timestamp) throws(DataError) {
        let new = NewServer(name: entry.name)
        let server = McpServer(
            id: id, name: entry.name, slug: slug, description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil, language: "unknown",
            runtime: "unknown", transport: new.transport, visibility: .global, ownerTeamID: nil, categoryID: nil, tags: [], metadata: [:],
            status: .active, isFeatured: false, source: .officialRegistry, requiresOAuth: false, gitHubStars: nil, createdAt: now, updatedAt: now,
            details: nil)
        try self.init(server.brought(to: entry), McpServerDetails(new, by: .system).brought(to: entry))
    }
}

extension McpServer {
    fileprivate func brought(to entry: RegistryEntry) -> McpServer {
        var server = self
        server.name = entry.name
        server.description = entry.server.description
        server.iconURL = entry.server.iconURL
        server.websiteURL = entry.server.websiteURL
        server.repositoryURL = entry.server.repositoryURL
        server.transport = entry.server.transport
        return server
    }

    /// Whether the columns that the registry sets hold the same, compared as the database compares them: text by bytes.
    fileprivate func isStoredLike(_ other: McpServer) -> Bool {
        name.hasSameBytes(as: other.name) && description?.bytewise == other.description?.bytewise && iconURL?.bytewise == other.iconURL?.bytewise
            && websiteURL?.bytewise == other.websiteURL?.bytewise && repositoryURL?.bytewise == other.repositoryURL?.bytewise
            && transport == other.transport
    }
}

extension McpServerDetails {
    fileprivate func brought(to entry: RegistryEntry) -> McpServerDetails {
        var details = self
        details.officialName = entry.server.officialName
        details.version = entry.server.version
        details.repositorySource = entry.repository?.source
        details.repositoryID = entry.repository?.id
        if entry.server.repositoryURL == nil { details.gitBranch = nil }
        details.packages = entry.server.packages
        details.remotes = entry.server.remotes
        return details
    }

    fileprivate func isStoredLike(_ other: McpServerDetails) -> Bool {
        officialName?.bytewise == other.officialName?.bytewise && version?.bytewise == other.version?.bytewise
            && repositoryID?.bytewise == other.repositoryID?.bytewise && repositorySource == other.repositorySource && packages == other.packages
            && remotes == other.remotes
    }
}

extension RegistryServer {
    fileprivate func isStoredLike(_ record: RegistryRecord?) -> Bool {
        guard let record else { return false }
        return versionID?.bytewise == record.versionID?.bytewise && publishedAt == record.publishedAt && updatedAt == record.updatedAt
    }
}
