import DeployStackModels
import PostgresDriver

/// How many entries a statement inserted and changed.
struct RegistryCounts: Sendable {
    var inserted: Int
    var updated: Int
}

enum RegistryUpsert {
    /// The columns of the entries that are handed in, in the order of their arrays.
    static let input: ColumnList = [
        "id", "slug", "other_slug", "registry_id", "version_id", "official_name", "name", "description", "version", "repository_url",
        "repository_source", "repository_id", "website_url", "icon_url", "transport", "packages", "remotes", "published_at", "changed_at", "readme",
    ]

    /// The columns that the registry brings to its state.
    static let columns: ColumnList = [
        "official_registry_server_id", "official_registry_version_id", "official_name", "name", "description", "version", "repository_url",
        "repository_source", "repository_id", "website_url", "icon_url", "transport_type", "packages", "remotes", "official_registry_published_at",
        "official_registry_updated_at",
    ]
}

extension Statement<RegistryCounts> {
    /// Inserts or updates a batch by the registry's identifiers, in one statement.
    ///
    /// One synchronisation at a time takes free slugs (``AdvisoryLock/registrySync``). Rows are written in the order of their identifiers. An entry that is as
    /// in the registry already is not written. A new entry gets the slug of its name unless that is taken; slugs never change afterwards.
    static func upsertRegistryServers(_ entries: [RegistryEntry], ids: [McpServerID], at now: Timestamp) -> Self {
        Self(
            """
            WITH "input" AS (
                    SELECT \(RegistryUpsert.input)
                    FROM unnest(\(ids), \(entries.map(\.slug)), \(entries.map(\.otherSlug)), \(entries.map(\.server.registryID)),
                        \(entries.map(\.server.versionID)), \(entries.map(\.server.officialName)), \(entries.map(\.name)),
                        \(entries.map(\.server.description)), \(entries.map(\.server.version)), \(entries.map(\.server.repositoryURL)),
                        \(entries.map(\.repository?.source)), \(entries.map(\.repository?.id)), \(entries.map(\.server.websiteURL)),
                        \(entries.map(\.server.iconURL)), \(entries.map(\.server.transport.rawValue)), \(entries.map(\.server.packages)),
                        \(entries.map(\.server.remotes)), \(entries.map(\.server.publishedAt)), \(entries.map(\.server.updatedAt)),
                        \(entries.map { $0.server.readme.map { StoredReadme(of: $0).base64 } }))
                        AS i (\(RegistryUpsert.input))),
                "named" AS (
                    SELECT \(RegistryUpsert.input),
                        row_number() OVER (PARTITION BY "slug" ORDER BY "registry_id" COLLATE "C") = 1
                            AND "slug" NOT IN (SELECT t."slug" FROM "mcpServerTemplates" AS t WHERE t."slug" = ANY (\(entries.map(\.slug))))
                            AS "is_free"
                    FROM "input"),
                "written" AS (
                    INSERT INTO "mcpServerTemplates" AS t ("id", "slug", \(RegistryUpsert.columns), "visibility", "source",
                        "synced_from_official_registry", "last_sync_at", "created_at", "updated_at", "github_readme_base64")
                    SELECT "id", CASE WHEN "is_free" THEN "slug" ELSE "other_slug" END, "registry_id", "version_id", "official_name", "name",
                        "description", "version", "repository_url", "repository_source", "repository_id", "website_url", "icon_url",
                        "transport"::"mcpTransport", "packages", "remotes", "published_at", "changed_at", 'global', 'official_registry', true, \(now),
                        \(now), \(now), "readme"
                    FROM "named"
                    ORDER BY "registry_id" COLLATE "C"
                    ON CONFLICT ("official_registry_server_id") DO UPDATE
                    SET \(RegistryUpsert.columns.excludedAssignments),
                        "git_branch" = CASE WHEN excluded."repository_url" IS NOT NULL THEN t."git_branch" END, "last_sync_at" = excluded."last_sync_at",
                        "updated_at" = excluded."updated_at",
                        "github_readme_base64" = coalesce(excluded."github_readme_base64", t."github_readme_base64")
                    WHERE (\(RegistryUpsert.columns["t"])) IS DISTINCT FROM (\(RegistryUpsert.columns["excluded"]))
                        OR (excluded."github_readme_base64" IS NOT NULL
                            AND excluded."github_readme_base64" IS DISTINCT FROM t."github_readme_base64")
                    RETURNING t."xmax" = 0 AS "inserted")
            SELECT count(*) FILTER (WHERE "inserted") AS "inserted", count(*) FILTER (WHERE NOT "inserted") AS "updated"
            FROM "written"
            """
        ) { row throws(PostgresError) in
            RegistryCounts(inserted: try row.read(), updated: try row.read())
        }
    }
}
