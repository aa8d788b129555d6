import DeployStackModels

/// What the fields of a version may be.
enum ServerVersionRules {
    static let serverMissing = DataError.referenceMissing(.server, constraint: "mcpServerVersions_server_id_fkey")
}

extension McpServerVersion {
    /// The record of a new version, or a validation error.
    init(_ new: NewServerVersion, of server: McpServerID, in environment: StoreEnvironment) throws(DataError) {
        let version = try TextRule(field: "version", characters: 1...200, isTrimmed: true).checked(new.version)
        let gitCommit = try CatalogRules.short(new.gitCommit, "gitCommit")
        let changelog = try TextRule(field: "changelog", characters: 0...100_000).checked(new.changelog)
        self.init(
            id: McpServerVersionID(environment.makeID()), serverID: server, version: version, gitCommit: gitCommit, changelog: changelog,
            isLatest: new.isLatest, isStable: new.isStable, createdAt: environment.now())
    }
}
