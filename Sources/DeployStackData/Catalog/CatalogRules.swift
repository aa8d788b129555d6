import DeployStackModels

/// What the fields of an entry of the catalog may be, and who may create it.
enum CatalogRules {
    /// The limits that a list of tags with their counts may have.
    static let tagCountLimits = 1...1_000

    /// The slug of a name in which no letter or digit is left.
    static let slugFallback = "server"

    /// The most bytes of a JSON value.
    static let maximumJSONBytes = 1_048_576

    static func name(_ name: String) throws(DataError) -> String {
        try TextRule(field: "name", characters: 1...200, isTrimmed: true).checked(name)
    }

    static func description(_ description: String?) throws(DataError) -> String? {
        try TextRule(field: "description", characters: 0...10_000).checked(description)
    }

    static func readme(_ readme: String?) throws(DataError) -> String? {
        try TextRule(field: "readme", characters: 0...1_000_000).checked(readme)
    }

    static func url(_ url: String?, _ field: String) throws(DataError) -> String? {
        try TextRule(field: field, characters: 1...2_048).checked(url)
    }

    static func short(_ text: String?, _ field: String) throws(DataError) -> String? {
        try TextRule(field: field, characters: 1...200).checked(text)
    }

    static let categoryMissing = DataError.referenceMissing(.category, constraint: "mcpServerTemplates_category_id_fkey")

    static func validate(transport: McpTransport?, status: McpServerStatus?, gitHubStars: Int?) throws(DataError) {
        if let transport, !transport.isKnown { throw .validation("transport", "it must be stdio, http or sse") }
        if let status, !status.isKnown { throw .validation("status", "it must be active, deprecated, maintenance or disabled") }
        if let gitHubStars, !(0...Int(Int32.max)).contains(gitHubStars) {
            throw .validation("gitHubStars", "it must be 0 to \(Int32.max)")
        }
    }

    static func validate(_ configuration: McpConfigurationSchemas) throws(DataError) {
        let tiers = [("template", configuration.template), ("team", configuration.team), ("user", configuration.user)]
        for (name, tier) in tiers {
            try JSONRule(field: "configuration.\(name).args", shape: .array).validate(tier.args)
            try JSONRule(field: "configuration.\(name).env", shape: .array).validate(tier.env)
            try JSONRule(field: "configuration.\(name).headers", shape: .array).validate(tier.headers)
            try JSONRule(field: "configuration.\(name).queryParams", shape: .array).validate(tier.queryParams)
        }
    }

    static func validate(_ match: MetadataMatch) throws(DataError) {
        guard (1...20).contains(match.path.count) else { throw .validation("filter.metadataMatch.path", "it must have 1 to 20 steps") }
        for step in match.path { _ = try TextRule(field: "filter.metadataMatch.path", characters: 0...200).checked(step) }
        do {
            try match.value.requireStorable()
        } catch {
            throw .validation("filter.metadataMatch.value", "it must be JSON of at most 64 levels and 1 MiB, without the character U+0000")
        }
    }

    static func validate(health: McpServerHealth, error: String?) throws(DataError) {
        guard health.isKnown else { throw .validation("health", "it must be unknown, online or offline") }
        _ = try TextRule(field: "error", characters: 1...10_000).checked(error)
    }

    /// Throws when a new entry refers to something that cannot exist. What does not exist is found by the database.
    static func validateReferences(of server: NewServer, by editor: CatalogEditor) throws(DataError) {
        if let team = server.ownerTeam, !IdentifierRule.canExist(team) {
            throw .referenceMissing(.team, constraint: "mcpServerTemplates_owner_team_id_fkey")
        }
        if let category = server.category, !IdentifierRule.canExist(category) {
            throw categoryMissing
        }
        try editor.validateIdentity()
    }

    /// The names of the categories that some entries of a file have, each once, in order of first use.
    static func categoryNames(of entries: [CatalogFileEntry]) -> [String] {
        var seen: Set<BytewiseString> = []
        return entries.compactMap(\.category).filter { seen.insert(BytewiseString($0)).inserted }
    }

    /// The slug of a new entry before a number is appended. A team's own server is prefixed, so that its name does not use up a name of the catalog.
    static func slug(of server: NewServer) -> SlugRule {
        guard let team = server.ownerTeam else { return SlugRule(server.name, fallback: slugFallback) }
        return SlugRule("\(team.rawValue.prefix(8))-\(server.name)", fallback: slugFallback)
    }
}

extension CatalogEditor {
    /// Throws when the editor may not create an entry for this owner.
    func validateCreation(ownedBy team: TeamID?) throws(DataError) {
        switch (self, team) {
        case (.globalAdministrator, _), (.system, _): return
        case (.teamAdministrator, nil): throw .ruleViolation(.globalAdministratorRequired, "only a global administrator makes servers for everybody")
        case (.teamAdministrator(_, let teams), .some(let team)):
            guard teams.contains(team) else {
                throw .ruleViolation(.teamAdministratorRequired, "only an administrator of the team makes its servers")
            }
        }
    }

    /// Whether there is such an entry for the editor: one of a team whose administrator the editor is not is as if it did not exist.
    ///
    /// - Throws: ``DataError`` of kind `.ruleViolation` when everybody sees the entry and the editor may not change it.
    func mayChange(_ server: McpServer) throws(DataError) -> Bool {
        switch (self, server.ownerTeamID) {
        case (.globalAdministrator, _), (.system, _): return true
        case (.teamAdministrator, nil): throw .ruleViolation(.globalAdministratorRequired, "only a global administrator changes servers of everybody")
        case (.teamAdministrator(_, let teams), .some(let team)): return teams.contains(team)
        }
    }

    /// Throws when the editor may not import, or cannot exist.
    func validateImport() throws(DataError) {
        guard hasGlobalRights else { throw .ruleViolation(.globalAdministratorRequired, "only a global administrator imports a catalog") }
        try validateIdentity()
    }

    /// Throws when the editor is a user who cannot exist. One who does not exist is found by the database.
    func validateIdentity() throws(DataError) {
        if let userID, !IdentifierRule.canExist(userID) {
            throw .referenceMissing(.user, constraint: "mcpServerTemplates_created_by_fkey")
        }
    }

    /// Whether the editor may set what concerns everybody.
    var hasGlobalRights: Bool {
        if case .teamAdministrator = self { false } else { true }
    }
}

extension NewServer {
    /// The entry as it is stored, or a validation error.
    func validated(by editor: CatalogEditor) throws(DataError) -> NewServer {
        try editor.validateCreation(ownedBy: ownerTeam)
        var server = self
        server.name = try CatalogRules.name(name)
        server.description = try CatalogRules.description(description)
        server.longDescription = try TextRule(field: "longDescription", characters: 0...100_000).checked(longDescription)
        _ = try CatalogRules.readme(readme)
        server.version = try CatalogRules.short(version, "version")
        server.iconURL = try CatalogRules.url(iconURL, "iconURL")
        server.websiteURL = try CatalogRules.url(websiteURL, "websiteURL")
        server.repositoryURL = try CatalogRules.url(repositoryURL, "repositoryURL")
        server.gitCommitSHA = try CatalogRules.short(gitCommitSHA, "gitCommitSHA")
        server.language = try CatalogRules.short(language, "language")
        server.runtime = try CatalogRules.short(runtime, "runtime")
        server.tags = try TagRule.stored(tags)
        if server.category?.rawValue.isEmpty == true { server.category = nil }
        server.isFeatured = isFeatured && editor.hasGlobalRights
        server.isAutoInstalled = isAutoInstalled && editor.hasGlobalRights
        try validateEnumerations()
        try validateDocuments()
        try SearchVectorRule.validate(name: server.name, description: server.description)
        return server
    }

    private func validateEnumerations() throws(DataError) {
        try CatalogRules.validate(transport: transport, status: status, gitHubStars: nil)
        guard source.isKnown else { throw .validation("source", "it must be official_registry, manual or github") }
        try CatalogRules.validate(transport: nil, status: nil, gitHubStars: gitHubStars)
    }

    private func validateDocuments() throws(DataError) {
        try JSONRule(field: "metadata", shape: .object).validate(metadata)
        try JSONRule(field: "packages", shape: .array).validate(packages)
        try JSONRule(field: "remotes", shape: .array).validate(remotes)
        try CatalogRules.validate(configuration)
    }
}

extension CatalogFilter {
    /// Throws when the filter has tags that are not acceptable. Other texts that no entry can have simply match nothing.
    func validate() throws(DataError) {
        try TagRule.validateQuery(allTags, field: "filter.allTags")
        try TagRule.validateQuery(anyTag, field: "filter.anyTag")
        try TagRule.validateQuery(noTags, field: "filter.noTags")
        try JSONRule(field: "filter.metadataContains", shape: .object).validate(metadataContains)
        if let metadataMatch { try CatalogRules.validate(metadataMatch) }
        _ = try CatalogRules.short(language, "filter.language")
        _ = try CatalogRules.short(runtime, "filter.runtime")
        if let category, !IdentifierRule.canExist(category) { throw .validation("filter.category", "it must be a category's identifier") }
        if let visibility, !visibility.isKnown { throw .validation("filter.visibility", "it must be global or team") }
        if let status, !status.isKnown { throw .validation("filter.status", "it must be active, deprecated, maintenance or disabled") }
        if let transport, !transport.isKnown { throw .validation("filter.transport", "it must be stdio, http or sse") }
        if let source, !source.isKnown { throw .validation("filter.source", "it must be official_registry, manual or github") }
    }
}
