public import DeployStackModels

extension NewServer {
    /// A server of the catalog to create, with a name that no other has.
    ///
    /// It is reached over HTTP, so that a team with the platform's limits can install several.
    ///
    /// - Parameters:
    ///   - name: The name, or `nil` for a new one.
    ///   - description: What it does.
    ///   - tags: Its tags.
    ///   - transport: How it is reached.
    ///   - source: Where the entry comes from.
    ///   - status: Whether it can be used.
    ///   - ownerTeam: The team that owns it, or `nil` when everybody sees it.
    ///   - category: Its category.
    ///   - language: The programming language.
    ///   - runtime: What runs it.
    ///   - isFeatured: Whether it is shown before others.
    ///   - isAutoInstalled: Whether it is installed into every new default team.
    ///   - requiresOAuth: Whether its users must sign in to it.
    ///   - gitHubStars: How many stars its repository has.
    ///   - repositoryURL: Where its source code is.
    ///   - metadata: Anything else that is known about it.
    ///   - configuration: What may be configured.
    public static func fixture(
        name: String? = nil, description: String? = nil, tags: [String] = [], transport: McpTransport = .http, source: McpServerSource = .manual,
        status: McpServerStatus = .active, ownerTeam: TeamID? = nil, category: CategoryID? = nil, language: String? = nil, runtime: String? = nil,
        isFeatured: Bool = false, isAutoInstalled: Bool = false, requiresOAuth: Bool = false, gitHubStars: Int? = nil, repositoryURL: String? = nil,
        metadata: JSONValue = [:], configuration: McpConfigurationSchemas = McpConfigurationSchemas()
    ) -> NewServer {
        NewServer(
            name: name ?? UniqueText.make("Server "), description: description, repositoryURL: repositoryURL, language: language, runtime: runtime,
            transport: transport, ownerTeam: ownerTeam, category: category, tags: tags, metadata: metadata, status: status, isFeatured: isFeatured,
            isAutoInstalled: isAutoInstalled, source: source, requiresOAuth: requiresOAuth, gitHubStars: gitHubStars, configuration: configuration)
    }
}
