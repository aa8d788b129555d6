package import DeployStackModels
package import PostgresDriver

extension McpServer: RowDecodable {
    /// What lists, searches and joined views show.
    package static let columns: ColumnList = [
        "id", "name", "slug", "description", "icon_url", "website_url", "repository_url", "language", "runtime", "transport_type", "visibility",
        "owner_team_id", "category_id", "tags", "metadata", "status", "featured", "source", "requires_oauth", "github_stars", "created_at",
        "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), slug: try row.read(), description: try row.read(), iconURL: try row.read(),
            websiteURL: try row.read(), repositoryURL: try row.read(), language: try row.read(), runtime: try row.read(),
            transport: try row.read(), visibility: try row.read(), ownerTeamID: try row.read(), categoryID: try row.read(),
            tags: try (row.read() as PostgresStringArrayJSON).strings, metadata: try row.read(), status: try row.read(),
            isFeatured: try row.read(), source: try row.read(), requiresOAuth: try row.read(), gitHubStars: try row.read(),
            createdAt: try row.read(), updatedAt: try row.read(), details: nil)
    }
}

extension McpServerDetails: RowDecodable {
    /// What a single look-up adds. The README is not among it.
    package static let columns: ColumnList = [
        "official_name", "long_description", "version", "repository_source", "repository_id", "repository_subfolder", "git_branch",
        "git_commit_sha", "author_name", "license", "packages", "remotes", "template_args", "template_env", "template_headers",
        "template_url_query_params", "team_args_schema", "team_env_schema", "team_headers_schema", "team_url_query_params_schema",
        "user_args_schema", "user_env_schema", "user_headers_schema", "user_url_query_params_schema", "auto_install_new_default_team",
        "created_by", "health_status", "last_health_check_at", "health_check_error",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            officialName: try row.read(), longDescription: try row.read(), version: try row.read(), repositorySource: try row.read(),
            repositoryID: try row.read(), repositorySubfolder: try row.read(), gitBranch: try row.read(), gitCommitSHA: try row.read(),
            authorName: try row.read(), license: try row.read(), packages: try row.read(), remotes: try row.read(),
            configuration: McpConfigurationSchemas(
                template: try McpConfigurationSchemas.Tier(columnsOf: &row), team: try McpConfigurationSchemas.Tier(columnsOf: &row),
                user: try McpConfigurationSchemas.Tier(columnsOf: &row)),
            isAutoInstalled: try row.read(), createdBy: try row.read(), health: try row.read(), lastHealthCheckAt: try row.read(),
            healthCheckError: try row.read())
    }
}

extension McpConfigurationSchemas.Tier {
    init(columnsOf row: inout RowReader) throws(PostgresError) {
        self.init(args: try row.read(), env: try row.read(), headers: try row.read(), queryParams: try row.read())
    }
}

/// A server read together with its details.
struct DetailedServer: RowDecodable {
    static let columns = McpServer.columns + McpServerDetails.columns

    var server: McpServer

    init(row: inout RowReader) throws(PostgresError) {
        server = try row.read()
        server.details = try row.read() as McpServerDetails
    }
}

extension Statement<McpServer> {
    /// Makes a statement that selects a server's columns and then its details' columns.
    init(detailed text: StatementText) {
        self.init(text) { row throws(PostgresError) in try DetailedServer(row: &row).server }
    }
}
