import DeployStackModels
import PostgresDriver

extension Statement<McpServer> {
    /// Gives no row when the slug is taken. Another transaction that is about to take it is waited for.
    static func createServer(_ server: McpServer, _ details: McpServerDetails, readme: String?) -> Self {
        let schemas = details.configuration
        return Self(
            detailed: """
                INSERT INTO "mcpServerTemplates" (\(McpServer.columns), \(McpServerDetails.columns), "github_readme_base64")
                VALUES (\(server.id), \(server.name), \(server.slug), \(server.description), \(server.iconURL), \(server.websiteURL),
                    \(server.repositoryURL), \(server.language), \(server.runtime), \(server.transport), \(server.visibility),
                    \(server.ownerTeamID), \(server.categoryID), \(PostgresStringArrayJSON(server.tags)), \(server.metadata), \(server.status),
                    \(server.isFeatured), \(server.source), \(server.requiresOAuth), \(server.gitHubStars), \(server.createdAt),
                    \(server.updatedAt),
                    \(details.officialName), \(details.longDescription), \(details.version), \(details.repositorySource), \(details.repositoryID),
                    \(details.repositorySubfolder), \(details.gitBranch), \(details.gitCommitSHA), \(details.authorName), \(details.license),
                    \(details.packages), \(details.remotes),
                    \(schemas.template.args), \(schemas.template.env), \(schemas.template.headers), \(schemas.template.queryParams),
                    \(schemas.team.args), \(schemas.team.env), \(schemas.team.headers), \(schemas.team.queryParams),
                    \(schemas.user.args), \(schemas.user.env), \(schemas.user.headers), \(schemas.user.queryParams),
                    \(details.isAutoInstalled), \(details.createdBy), \(details.health), \(details.lastHealthCheckAt), \(details.healthCheckError),
                    \(readme.map { StoredReadme(of: $0).base64 }))
                ON CONFLICT ("slug") DO NOTHING
                RETURNING \(McpServer.columns), \(McpServerDetails.columns)
                """)
    }

    static func server(_ id: McpServerID) -> Self {
        Self(
            detailed: """
                SELECT \(McpServer.columns), \(McpServerDetails.columns)
                FROM "mcpServerTemplates"
                WHERE "id" = \(id)
                """)
    }

    static func server(slug: String) -> Self {
        Self(
            detailed: """
                SELECT \(McpServer.columns), \(McpServerDetails.columns)
                FROM "mcpServerTemplates"
                WHERE "slug" = \(slug)
                """)
    }

    /// Everything that a viewer sees and a filter lets through, with details.
    static func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> Self {
        Self(
            detailed: """
                SELECT \(McpServer.columns), \(McpServerDetails.columns)
                FROM "mcpServerTemplates"
                WHERE \(CatalogConditions.visible(to: viewer))\(CatalogConditions.matching(filter))
                ORDER BY \(CatalogConditions.order(.sort(sort), .forwards))
                """)
    }

    /// Servers that every new default team gets, by name.
    static func autoInstalledServers() -> Self {
        Self(
            """
            SELECT \(McpServer.columns)
            FROM "mcpServerTemplates"
            WHERE "auto_install_new_default_team" AND "visibility" = 'global' AND "status" = 'active'
            ORDER BY "name" COLLATE "C", "id" COLLATE "C"
            """)
    }

    /// Served by `idx_mcpServers_tags`.
    static func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) -> Self {
        """
        SELECT \(McpServer.columns)
        FROM "mcpServerTemplates"
        WHERE "tags" @> \(PostgresStringArrayJSON(tags)) AND \(CatalogConditions.visible(to: viewer))
        ORDER BY "featured" DESC, "name" COLLATE "C", "id" COLLATE "C"
        LIMIT \(page.limit) OFFSET \(page.offset)
        """
    }

    /// Served by `idx_mcpServers_tags`.
    static func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) -> Self {
        """
        SELECT \(McpServer.columns)
        FROM "mcpServerTemplates"
        WHERE "tags" ?| \(tags) AND \(CatalogConditions.visible(to: viewer))
        ORDER BY "featured" DESC, "name" COLLATE "C", "id" COLLATE "C"
        LIMIT \(page.limit) OFFSET \(page.offset)
        """
    }
}

extension Statement<Counted<McpServer>> {
    /// The page is read in the order of an index, as a list with cursors is, and counted beside; both are of one snapshot.
    static func servers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) -> Self {
        let order = CatalogConditions.order(.sort(sort), .forwards)
        let condition: StatementFragment = "\(CatalogConditions.visible(to: viewer))\(CatalogConditions.matching(filter))"
        return Self(
            counting: """
                SELECT (SELECT count(*) FROM "mcpServerTemplates" WHERE \(condition)) AS "total", \(McpServer.columns)
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN (
                    SELECT \(McpServer.columns)
                    FROM "mcpServerTemplates"
                    WHERE \(condition)
                    ORDER BY \(order)
                    LIMIT \(page.limit) OFFSET \(page.offset)) AS "page" ON true
                ORDER BY \(order)
                """)
    }
}

extension Statement<TagCount> {
    static func tagCounts(viewer: CatalogViewer, limit: Int) -> Self {
        Self(
            """
            SELECT t."tag", count(*) AS "count"
            FROM "mcpServerTemplates"
            CROSS JOIN LATERAL jsonb_array_elements_text("tags") AS t ("tag")
            WHERE \(CatalogConditions.visible(to: viewer))
            GROUP BY t."tag"
            ORDER BY count(*) DESC, t."tag" COLLATE "C"
            LIMIT \(limit)
            """
        ) { row throws(PostgresError) in
            TagCount(tag: try row.read(), count: try row.read())
        }
    }
}

extension Statement<StoredReadme?> {
    static func serverReadme(_ id: McpServerID) -> Self {
        Self(
            """
            SELECT "github_readme_base64"
            FROM "mcpServerTemplates"
            WHERE "id" = \(id)
            """
        ) { row throws(PostgresError) in try StoredReadme(row: &row) }
    }
}

extension Statement<String> {
    static func takenServerSlugs(among candidates: [String]) -> Self {
        Self(
            """
            SELECT "slug"
            FROM "mcpServerTemplates"
            WHERE "slug" = ANY (\(candidates))
            ORDER BY "slug" COLLATE "C"
            """)
    }
}
