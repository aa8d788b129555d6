import DeployStackModels

extension ServerPatch {
    /// The change as it is stored, or a validation error; what only a global administrator may set is left out for others.
    func validated(by editor: CatalogEditor) throws(DataError) -> ServerPatch {
        var patch = self
        if let name { patch.name = try CatalogRules.name(name) }
        _ = try CatalogRules.description(description.newValue)
        _ = try TextRule(field: "longDescription", characters: 0...100_000).checked(longDescription.newValue)
        _ = try CatalogRules.readme(readme.newValue)
        _ = try CatalogRules.url(iconURL.newValue, "iconURL")
        _ = try CatalogRules.url(websiteURL.newValue, "websiteURL")
        _ = try CatalogRules.url(repositoryURL.newValue, "repositoryURL")
        for (field, text) in shortTexts { _ = try CatalogRules.short(text, field) }
        if let tags { patch.tags = try TagRule.stored(tags) }
        if let id = category.newValue {
            if id.rawValue.isEmpty { patch.category = .clear } else if !IdentifierRule.canExist(id) { throw CatalogRules.categoryMissing }
        }
        if !editor.hasGlobalRights { (patch.isFeatured, patch.isAutoInstalled) = (nil, nil) }
        try CatalogRules.validate(transport: transport, status: status, gitHubStars: gitHubStars.newValue)
        if let metadata { try JSONRule(field: "metadata", shape: .object).validate(metadata) }
        if let packages { try JSONRule(field: "packages", shape: .array).validate(packages) }
        if let remotes { try JSONRule(field: "remotes", shape: .array).validate(remotes) }
        if let configuration { try CatalogRules.validate(configuration) }
        return patch
    }

    private var shortTexts: [(String, String?)] {
        [
            ("version", version.newValue), ("gitBranch", gitBranch.newValue), ("gitCommitSHA", gitCommitSHA.newValue),
            ("authorName", authorName.newValue), ("license", license.newValue), ("language", language), ("runtime", runtime),
        ]
    }

    /// An entry with its details after the change, which was validated.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when the changed text cannot be indexed.
    func applied(to old: McpServer, at now: Timestamp) throws(DataError) -> McpServer {
        var server = old
        server.name = name ?? old.name
        server.description = description.applied(to: old.description)
        server.iconURL = iconURL.applied(to: old.iconURL)
        server.websiteURL = websiteURL.applied(to: old.websiteURL)
        server.repositoryURL = repositoryURL.applied(to: old.repositoryURL)
        server.language = language ?? old.language
        server.runtime = runtime ?? old.runtime
        server.transport = transport ?? old.transport
        server.categoryID = category.applied(to: old.categoryID)
        server.tags = tags ?? old.tags
        server.metadata = metadata ?? old.metadata
        server.status = status ?? old.status
        server.isFeatured = isFeatured ?? old.isFeatured
        server.requiresOAuth = requiresOAuth ?? old.requiresOAuth
        server.gitHubStars = gitHubStars.applied(to: old.gitHubStars)
        server.updatedAt = now
        server.details = old.details.map { applied(to: $0, repositoryURL: server.repositoryURL) }
        try SearchVectorRule.validate(name: server.name, description: server.description)
        return server
    }

    private func applied(to old: McpServerDetails, repositoryURL url: String?) -> McpServerDetails {
        var details = old
        if repositoryURL != .unchanged {
            let repository = RepositoryLocation(url: url)
            details.repositorySource = repository?.source
            details.repositoryID = repository?.id
        }
        details.longDescription = longDescription.applied(to: old.longDescription)
        details.version = version.applied(to: old.version)
        // A branch of nothing would come back with the next repository.
        details.gitBranch = repositoryURL == .clear ? nil : gitBranch.applied(to: old.gitBranch)
        details.gitCommitSHA = gitCommitSHA.applied(to: old.gitCommitSHA)
        details.authorName = authorName.applied(to: old.authorName)
        details.license = license.applied(to: old.license)
        details.packages = packages ?? old.packages
        details.remotes = remotes ?? old.remotes
        details.configuration = configuration ?? old.configuration
        details.isAutoInstalled = isAutoInstalled ?? old.isAutoInstalled
        return details
    }
}

extension FieldPatch {
    /// The value that the field gets, or `nil` when it keeps or loses its own.
    fileprivate var newValue: Value? {
        if case .set(let value) = self { value } else { nil }
    }
}
