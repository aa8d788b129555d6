import DeployStackModels
import PostgresDriver

extension PostgresMcpServerCatalog {
    func upsertFromRegistry(_ servers: [RegistryServer]) async throws(DataError) -> CatalogImportReport {
        let (entries, read) = RegistryEntry.read(servers)
        var report = read
        for batch in RegistryEntry.batches(entries) {
            let ids = batch.map { _ in McpServerID(database.environment.makeID()) }
            let counts = try await database.transaction { database in
                _ = try await database.execute(.hold(.registrySync))
                return try await database.one(.upsertRegistryServers(batch, ids: ids, at: database.environment.now()))
            }
            report.inserted += counts.inserted
            report.updated += counts.updated
            report.unchanged += batch.count - counts.inserted - counts.updated
        }
        return report
    }
}
