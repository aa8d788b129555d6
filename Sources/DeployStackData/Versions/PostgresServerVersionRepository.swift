import DeployStackModels

/// The versions of the catalog's entries in PostgreSQL.
struct PostgresServerVersionRepository: ServerVersionRepository {
    let database: Database

    func add(_ version: NewServerVersion, to server: McpServerID) async throws(DataError) -> McpServerVersion {
        let record = try McpServerVersion(version, of: server, in: database.environment)
        guard IdentifierRule.canExist(server) else { throw ServerVersionRules.serverMissing }
        return try await database.transaction { database in
            guard try await database.optional(.holdServerForVersions(server)) != nil else { throw ServerVersionRules.serverMissing }
            var record = record
            if record.isLatest {
                _ = try await database.execute(.clearLatestVersion(of: server))
            } else if try await database.all(.serverVersions(of: server)).isEmpty {
                record.isLatest = true
            }
            return try await database.one(.addServerVersion(record))
        }
    }

    func list(_ server: McpServerID) async throws(DataError) -> [McpServerVersion] {
        guard IdentifierRule.canExist(server) else { return [] }
        return try await database.all(.serverVersions(of: server))
    }

    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(server) else { return nil }
        return try await database.transaction { database in
            guard try await database.optional(.holdServerForVersions(server)) != nil,
                try await database.all(.serverVersions(of: server)).contains(where: { $0.id == id })
            else { return nil }
            _ = try await database.execute(.clearLatestVersion(of: server))
            return try await database.optional(.setLatestVersion(id, of: server))
        }
    }
}
