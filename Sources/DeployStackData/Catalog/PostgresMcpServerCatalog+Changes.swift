import DeployStackModels
import PostgresDriver

extension PostgresMcpServerCatalog {
    func server(officialName: String) async throws(DataError) -> McpServer? {
        guard IdentifierRule.canBeStored(officialName) else { return nil }
        return try await database.optional(.server(officialName: officialName))
    }

    func readme(_ id: McpServerID) async throws(DataError) -> String? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.serverReadme(id))??.text
    }

    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let patch = try patch.validated(by: editor)
        guard IdentifierRule.canExist(id) else { return nil }
        let now = database.environment.now()
        return try await database.transaction { database in
            guard let old = try await database.optional(.lockServer(id)), try editor.mayChange(old) else { return nil }
            let server = try patch.applied(to: old, at: now)
            guard let details = server.details else { return nil }
            let updated = try await database.optional(.updateServer(server, details, readme: patch.readme))
            if let before = old.details, let secrets = NewSecrets(from: before.configuration, to: details.configuration) {
                try await database.seal([id: secrets])
            }
            return updated
        }
    }

    func delete(_ id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> DeletedServer? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            guard let server = try await database.optional(.lockServer(id)), try editor.mayChange(server) else { return nil }
            let installations = try await database.all(.installationsLost(with: id))
            _ = try await database.execute(.deleteServer(id))
            return DeletedServer(server: server, installations: installations)
        }
    }

    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let tags = try TagRule.stored(tags)
        guard IdentifierRule.canExist(id) else { return nil }
        if let server = try await database.optional(.addTags(tags, to: id, by: editor, at: database.environment.now())) { return server }
        guard try await mayChange(id, editor) else { return nil }
        throw TagRule.tooMany("tags")
    }

    func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let tags = try TagRule.stored(tags)
        guard IdentifierRule.canExist(id) else { return nil }
        if let server = try await database.optional(.removeTags(tags, from: id, by: editor, at: database.environment.now())) { return server }
        _ = try await mayChange(id, editor)
        return nil
    }

    func setHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try CatalogRules.validate(health: health, error: error)
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.setServerHealth(id, health, error: error, checkedAt: time, at: database.environment.now())) > 0
    }

    /// Asked only after a change was refused: whether there is such an entry, which the editor may change.
    ///
    /// - Throws: ``DataError`` of kind `.ruleViolation` when the editor may not.
    private func mayChange(_ id: McpServerID, _ editor: CatalogEditor) async throws(DataError) -> Bool {
        guard let server = try await database.optional(.lockServer(id)) else { return false }
        return try editor.mayChange(server)
    }
}
