import DeployStackModels
import PostgresDriver

extension Statement<McpServer> {
    /// The entry that has a name in the official registry; of several, the one that was created first. Served by `idx_mcpServers_official_name`.
    static func server(officialName: String) -> Self {
        Self(
            detailed: """
                SELECT \(McpServer.columns), \(McpServerDetails.columns)
                FROM "mcpServerTemplates"
                WHERE "official_name" = \(officialName)
                ORDER BY "created_at", "id" COLLATE "C"
                LIMIT 1
                """)
    }

    /// Holds an entry until the transaction ends. Whoever installs it meanwhile waits.
    static func lockServer(_ id: McpServerID) -> Self {
        Self(
            detailed: """
                SELECT \(McpServer.columns), \(McpServerDetails.columns)
                FROM "mcpServerTemplates"
                WHERE "id" = \(id)
                FOR UPDATE
                """)
    }

    static func updateServer(_ server: McpServer, _ details: McpServerDetails, readme: FieldPatch<String>) -> Self {
        let schemas = details.configuration
        let storedReadme: StatementFragment =
            switch readme {
            case .unchanged: "\"github_readme_base64\""
            case .clear: "NULL"
            case .set(let text): "\(StoredReadme(of: text).base64)"
            }
        return Self(
            detailed: """
                UPDATE "mcpServerTemplates"
                SET "name" = \(server.name), "description" = \(server.description), "icon_url" = \(server.iconURL),
                    "website_url" = \(server.websiteURL), "repository_url" = \(server.repositoryURL), "language" = \(server.language),
                    "runtime" = \(server.runtime), "transport_type" = \(server.transport), "category_id" = \(server.categoryID),
                    "tags" = \(PostgresStringArrayJSON(server.tags)), "metadata" = \(server.metadata), "status" = \(server.status),
                    "featured" = \(server.isFeatured), "requires_oauth" = \(server.requiresOAuth), "github_stars" = \(server.gitHubStars),
                    "updated_at" = \(server.updatedAt),
                    "long_description" = \(details.longDescription), "version" = \(details.version),
                    "repository_source" = \(details.repositorySource), "repository_id" = \(details.repositoryID),
                    "git_branch" = \(details.gitBranch), "git_commit_sha" = \(details.gitCommitSHA), "author_name" = \(details.authorName),
                    "license" = \(details.license), "packages" = \(details.packages), "remotes" = \(details.remotes),
                    "template_args" = \(schemas.template.args), "template_env" = \(schemas.template.env),
                    "template_headers" = \(schemas.template.headers), "template_url_query_params" = \(schemas.template.queryParams),
                    "team_args_schema" = \(schemas.team.args), "team_env_schema" = \(schemas.team.env),
                    "team_headers_schema" = \(schemas.team.headers), "team_url_query_params_schema" = \(schemas.team.queryParams),
                    "user_args_schema" = \(schemas.user.args), "user_env_schema" = \(schemas.user.env),
                    "user_headers_schema" = \(schemas.user.headers), "user_url_query_params_schema" = \(schemas.user.queryParams),
                    "auto_install_new_default_team" = \(details.isAutoInstalled), "github_readme_base64" = \(storedReadme)
                WHERE "id" = \(server.id)
                RETURNING \(McpServer.columns), \(McpServerDetails.columns)
                """)
    }

    /// Appends those tags that the entry does not have, in their order. Gives no row when it would have too many, or the editor may not change it.
    static func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor, at now: Timestamp) -> Self {
        Self(
            detailed: """
                UPDATE "mcpServerTemplates"
                SET "tags" = "tags" || coalesce(
                        (SELECT jsonb_agg(n."tag" ORDER BY n."number") FROM unnest(\(tags)) WITH ORDINALITY AS n ("tag", "number")
                            WHERE NOT "tags" ? n."tag"), '[]'),
                    "updated_at" = CASE WHEN "tags" ?& \(tags) THEN "updated_at" ELSE \(now) END
                WHERE "id" = \(id) AND \(CatalogConditions.editable(by: editor))
                    AND jsonb_array_length("tags") + (SELECT count(*) FROM unnest(\(tags)) AS n ("tag") WHERE NOT "tags" ? n."tag")
                        <= \(TagRule.maximumCount)
                RETURNING \(McpServer.columns), \(McpServerDetails.columns)
                """)
    }

    /// Gives no row when the editor may not change the entry.
    static func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor, at now: Timestamp) -> Self {
        Self(
            detailed: """
                UPDATE "mcpServerTemplates"
                SET "tags" = "tags" - \(tags)::text[],
                    "updated_at" = CASE WHEN "tags" ?| \(tags) THEN \(now) ELSE "updated_at" END
                WHERE "id" = \(id) AND \(CatalogConditions.editable(by: editor))
                RETURNING \(McpServer.columns), \(McpServerDetails.columns)
                """)
    }
}

extension Statement<DeletedServer.Installation> {
    /// The installations that deleting an entry takes with it.
    static func installationsLost(with server: McpServerID) -> Self {
        Self(
            """
            SELECT "id", "team_id", "installation_name"
            FROM "mcpTeamInstallations"
            WHERE "server_id" = \(server)
            ORDER BY "id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            DeletedServer.Installation(id: try row.read(), teamID: try row.read(), name: try row.read())
        }
    }
}

extension Statement<Void> {
    static func deleteServer(_ id: McpServerID) -> Self {
        Self(
            """
            DELETE FROM "mcpServerTemplates"
            WHERE "id" = \(id)
            """)
    }

    static func setServerHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, checkedAt: Timestamp, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpServerTemplates"
            SET "health_status" = \(health), "health_check_error" = \(error), "last_health_check_at" = \(checkedAt), "updated_at" = \(now)
            WHERE "id" = \(id)
            """)
    }
}
