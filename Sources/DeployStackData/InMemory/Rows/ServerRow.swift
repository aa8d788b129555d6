import DeployStackModels
import TextSearch

/// A row of `mcpServerTemplates`: what lists show, what a single look-up adds, and what is searched.
struct ServerRow: TableRow {
    /// What lists show, without the details.
    var server: McpServer
    var details: McpServerDetails
    /// Where the official registry knows the entry from, or `nil` when it came from elsewhere.
    var registry: RegistryRecord?
    /// What nothing but `readme(_:)` returns.
    var readme: String?
    /// Nothing writes these yet; they have the defaults of their columns.
    var resources: JSONValue = []
    var prompts: JSONValue = []
    var dependencies: JSONValue = [:]
    /// The column that the database generates from name and description. Making it is the dear part of storing a row, so it is done once.
    let searchVector: TextVector

    /// Makes a row, and what is searched of it.
    ///
    /// - Parameters:
    ///   - server: What lists show; details in it are moved to where rows keep them.
    ///   - details: What a single look-up adds.
    ///   - old: The row that this one replaces. When name and description are as in it, its vector is used again.
    /// - Throws: ``DataError`` of kind `.validation` when the text cannot be indexed.
    init(_ server: McpServer, _ details: McpServerDetails, replacing old: ServerRow? = nil) throws(DataError) {
        self.server = server
        self.server.details = nil
        self.details = details
        registry = old?.registry
        readme = old?.readme
        if let old, old.server.searchText.hasSameBytes(as: server.searchText) {
            searchVector = old.searchVector
        } else {
            searchVector = try SearchVectorRule.vector(name: server.name, description: server.description)
        }
    }

    /// The server with its details.
    var complete: McpServer {
        var server = server
        server.details = details
        return server
    }
}

extension McpServer {
    fileprivate var searchText: String { SearchVectorRule.text(name: name, description: description) }
}

extension ServerRow {
    static let tableName = "mcpServerTemplates"
    static var table: TablePath<ServerRow> { \.servers }
    static let policy: RowPolicy<ServerRow> = RowPolicy(
        reads: { row, scope, _ in row.server.ownerTeamID == nil || scope.isTeam(row.server.ownerTeamID) },
        writes: { row, scope, _ in scope.isTeam(row.server.ownerTeamID) })

    static let slugKey = UniqueKey<ServerRow>("mcpServerTemplates_slug_key", Column("slug") { $0.server.slug })
    static let registryKey = UniqueKey<ServerRow>(
        "mcpServerTemplates_official_registry_server_id_key", Column("official_registry_server_id", nullable: { $0.registry?.serverID }))
    static let ownerReference = ForeignKey<ServerRow>(
        "mcpServerTemplates_owner_team_id_fkey", Column("owner_team_id", nullable: { $0.server.ownerTeamID?.rawValue }), references: Team.self,
        onDelete: .cascade)
    static let creatorReference = ForeignKey<ServerRow>(
        "mcpServerTemplates_created_by_fkey", Column("created_by", nullable: { $0.details.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.details.createdBy = nil })
    static let categoryReference = ForeignKey<ServerRow>(
        "mcpServerTemplates_category_id_fkey", Column("category_id", nullable: { $0.server.categoryID?.rawValue }), references: McpCategory.self,
        onDelete: .setNull { $0.server.categoryID = nil })

    static let schema = TableSchema<ServerRow>(
        primaryKey: "mcpServerTemplates_pkey", Column("id") { $0.server.id.rawValue },
        uniqueKeys: [slugKey, registryKey],
        foreignKeys: [ownerReference, creatorReference, categoryReference],
        checks: rowChecks + documentChecks + configurationChecks)

    private static let rowChecks: [CheckRule<ServerRow>] = [
        CheckRule("mcpServerTemplates_visibility_matches_owner", "visibility", "owner_team_id") {
            ($0.server.visibility == .team) == ($0.server.ownerTeamID != nil)
        },
        CheckRule("mcpServerTemplates_repository_source_check", "repository_source") { row in
            row.details.repositorySource.map { source in ["github", "gitlab", "bitbucket"].contains { $0.hasSameBytes(as: source) } }
        },
        CheckRule("mcpServerTemplates_health_status_check", "health_status") { $0.details.health.isKnown },
    ]

    private static let documentChecks: [CheckRule<ServerRow>] = [
        CheckRule("mcpServerTemplates_packages_check", "packages", is: .array) { $0.details.packages },
        CheckRule("mcpServerTemplates_remotes_check", "remotes", is: .array) { $0.details.remotes },
        CheckRule("mcpServerTemplates_resources_check", "resources", is: .array) { $0.resources },
        CheckRule("mcpServerTemplates_prompts_check", "prompts", is: .array) { $0.prompts },
        CheckRule("mcpServerTemplates_dependencies_check", "dependencies", is: .object) { $0.dependencies },
        CheckRule("mcpServerTemplates_metadata_check", "metadata", is: .object) { $0.server.metadata },
        // The tags are an array by their type here; the name is declared so that the two schemas can be compared.
        CheckRule("mcpServerTemplates_tags_check", "tags") { _ in true },
    ]

    private static let configurationChecks: [CheckRule<ServerRow>] = [
        CheckRule("mcpServerTemplates_template_args_check", "template_args", is: .array) { $0.details.configuration.template.args },
        CheckRule("mcpServerTemplates_template_env_check", "template_env", is: .array) { $0.details.configuration.template.env },
        CheckRule("mcpServerTemplates_template_headers_check", "template_headers", is: .array) { $0.details.configuration.template.headers },
        CheckRule("mcpServerTemplates_template_url_query_params_check", "template_url_query_params", is: .array) {
            $0.details.configuration.template.queryParams
        },
        CheckRule("mcpServerTemplates_team_args_schema_check", "team_args_schema", is: .array) { $0.details.configuration.team.args },
        CheckRule("mcpServerTemplates_team_env_schema_check", "team_env_schema", is: .array) { $0.details.configuration.team.env },
        CheckRule("mcpServerTemplates_team_headers_schema_check", "team_headers_schema", is: .array) { $0.details.configuration.team.headers },
        CheckRule("mcpServerTemplates_team_url_query_params_schema_check", "team_url_query_params_schema", is: .array) {
            $0.details.configuration.team.queryParams
        },
        CheckRule("mcpServerTemplates_user_args_schema_check", "user_args_schema", is: .array) { $0.details.configuration.user.args },
        CheckRule("mcpServerTemplates_user_env_schema_check", "user_env_schema", is: .array) { $0.details.configuration.user.env },
        CheckRule("mcpServerTemplates_user_headers_schema_check", "user_headers_schema", is: .array) { $0.details.configuration.user.headers },
        CheckRule("mcpServerTemplates_user_url_query_params_schema_check", "user_url_query_params_schema", is: .array) {
            $0.details.configuration.user.queryParams
        },
    ]
}
