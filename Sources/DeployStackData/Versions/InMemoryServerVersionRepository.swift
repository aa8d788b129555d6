import DeployStackModels

/// The versions of the catalog's entries in the in-memory tables.
struct InMemoryServerVersionRepository: ServerVersionRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func add(_ version: NewServerVersion, to server: McpServerID) async throws(DataError) -> McpServerVersion {
        let record = try McpServerVersion(version, of: server, in: environment)
        guard IdentifierRule.canExist(server) else { throw ServerVersionRules.serverMissing }
        return try await tables.write { tables in
            guard tables.servers[server] != nil else { throw ServerVersionRules.serverMissing }
            var record = record
            record.isLatest = record.isLatest || tables.versions(of: server).isEmpty
            if record.isLatest { try tables.clearLatestVersion(of: server) }
            try tables.insert(record)
            return record
        }
    }

    func list(_ server: McpServerID) async throws(DataError) -> [McpServerVersion] {
        try await tables.read { tables in
            tables.versions(of: server).sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
        }
    }

    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(server) else { return nil }
        return try await tables.write { tables in
            guard tables.serverVersions[id]?.serverID == server else { return nil }
            try tables.clearLatestVersion(of: server)
            return try tables.update(McpServerVersion.self, id.bytewise) { $0.isLatest = true }
        }
    }
}

extension InMemoryTables {
    /// The versions of an entry, in no order.
    fileprivate func versions(of server: McpServerID) -> [McpServerVersion] {
        serverVersions.rows(referringTo: server.rawValue, by: McpServerVersion.serverReference)
    }

    fileprivate mutating func clearLatestVersion(of server: McpServerID) throws(DataError) {
        for version in versions(of: server) where version.isLatest {
            try update(McpServerVersion.self, version.id.bytewise) { $0.isLatest = false }
        }
    }
}
