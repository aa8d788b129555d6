import DeployStackModels

extension McpServer {
    /// The record of a new entry; its slug is still to be found.
    init(_ new: NewServer, in environment: StoreEnvironment) {
        let now = environment.now()
        self.init(
            id: McpServerID(environment.makeID()), name: new.name, slug: "", description: new.description, iconURL: new.iconURL,
            websiteURL: new.websiteURL, repositoryURL: new.repositoryURL, language: new.language ?? "unknown", runtime: new.runtime ?? "unknown",
            transport: new.transport, visibility: new.ownerTeam == nil ? .global : .team, ownerTeamID: new.ownerTeam, categoryID: new.category,
            tags: new.tags, metadata: new.metadata, status: new.status, isFeatured: new.isFeatured, source: new.source,
            requiresOAuth: new.requiresOAuth, gitHubStars: new.gitHubStars, createdAt: now, updatedAt: now, details: nil)
    }
}

extension McpServerDetails {
    /// The details of a new entry.
    init(_ new: NewServer, by editor: CatalogEditor) {
        let repository = RepositoryLocation(url: new.repositoryURL)
        self.init(
            officialName: nil, longDescription: new.longDescription, version: new.version, repositorySource: repository?.source,
            repositoryID: repository?.id, repositorySubfolder: nil, gitBranch: nil, gitCommitSHA: new.gitCommitSHA, authorName: nil, license: nil,
            packages: new.packages, remotes: new.remotes, configuration: new.configuration, isAutoInstalled: new.isAutoInstalled,
            createdBy: editor.userID, health: .unchecked, lastHealthCheckAt: nil)
    }
}
