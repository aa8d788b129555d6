import DeployStackModels

extension InMemoryMcpServerCatalog {
    func server(officialName: String) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canBeStored(officialName) else { return nil }
        let wanted = officialName.bytewise
        return try await tables.read { tables in
            tables.servers.all.filter { $0.details.officialName?.bytewise == wanted }
                .min { ($0.server.createdAt, $0.server.id.bytewise) < ($1.server.createdAt, $1.server.id.bytewise) }?.complete
        }
    }

    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let patch = try patch.validated(by: editor)
        guard IdentifierRule.canExist(id) else { return nil }
        let now = environment.now()
        return try await change(id, by: editor, readme: patch.readme) { old in try patch.applied(to: old, at: now) }
    }

    func readme(_ id: McpServerID) async throws(DataError) -> String? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.servers[id]?.readme }
    }

    func delete(_ id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> DeletedServer? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            guard let server = tables.changeable(tables.servers[id])?.complete, try editor.mayChange(server) else { return nil }
            let installations = tables.installations.rows(referringTo: id.rawValue, by: McpInstallation.serverReference)
                .sorted { $0.id < $1.id }
                .map { DeletedServer.Installation(id: $0.id, teamID: $0.teamID, name: $0.name) }
            try tables.delete(ServerRow.self, [id.bytewise])
            return DeletedServer(server: server, installations: installations)
        }
    }

    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let tags = try TagRule.stored(tags)
        guard IdentifierRule.canExist(id) else { return nil }
        let now = environment.now()
        return try await change(id, by: editor) { old in
            let present = Set(old.tags.map(\.bytewise))
            let new = tags.filter { !present.contains($0.bytewise) }
            guard old.tags.count + new.count <= TagRule.maximumCount else { throw TagRule.tooMany("tags") }
            var server = old
            server.tags += new
            if !new.isEmpty { server.updatedAt = now }
            return server
        }
    }

    func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let unwanted = Set(try TagRule.stored(tags).map(\.bytewise))
        guard IdentifierRule.canExist(id) else { return nil }
        let now = environment.now()
        return try await change(id, by: editor) { old in
            var server = old
            server.tags.removeAll { unwanted.contains($0.bytewise) }
            if server.tags.count < old.tags.count { server.updatedAt = now }
            return server
        }
    }

    func setHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try CatalogRules.validate(health: health, error: error)
        guard IdentifierRule.canExist(id) else { return false }
        let now = environment.now()
        return try await tables.write { tables in
            let row = try tables.update(ServerRow.self, id.bytewise) { row in
                row.server.updatedAt = now
                row.details.health = health
                row.details.healthCheckError = error
                row.details.lastHealthCheckAt = time
            }
            return row != nil
        }
    }

    /// Changes an entry with its details if the editor may.
    private func change(
        _ id: McpServerID, by editor: CatalogEditor, readme: FieldPatch<String> = .unchanged, _ change: @Sendable (McpServer) throws -> McpServer
    ) async throws(DataError) -> McpServer? {
        try await tables.write { tables in
            guard let old = tables.changeable(tables.servers[id]), try editor.mayChange(old.server) else { return nil }
            let server = try change(old.complete)
            var new = try ServerRow(server, server.details ?? old.details, replacing: old)
            new.readme = readme.applied(to: old.readme)
            let updated = try tables.update(ServerRow.self, id.bytewise) { $0 = new }?.complete
            if let secrets = NewSecrets(from: old.details.configuration, to: new.details.configuration) {
                try tables.seal([id: secrets], with: environment.cipher)
            }
            return updated
        }
    }
}
