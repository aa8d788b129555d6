import DeployStackModels

/// Where the official registry knows an entry of the in-memory catalog from.
struct RegistryRecord: Sendable {
    var serverID: String
    var versionID: String?
    var publishedAt: Timestamp?
    var updatedAt: Timestamp?
    var lastSyncAt: Timestamp

    init(_ server: RegistryServer, at now: Timestamp) {
        serverID = server.registryID
        versionID = server.versionID
        publishedAt = server.publishedAt
        updatedAt = server.updatedAt
        lastSyncAt = now
    }
}
