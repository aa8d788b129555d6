import DeployStackModels
import PostgresDriver

/// What an import did with one entry, by its slug.
struct ImportedEntry: Sendable {
    var slug: String
    /// Whether the entry is new; `nil` when nothing was written.
    var wasInserted: Bool?
    /// Whether the slug belongs to a team's own server.
    var isTaken: Bool
    /// The entry that had the slug before.
    var existingID: McpServerID?
}

extension Statement<ImportedEntry> {
    /// Inserts or updates a batch of entries by their slugs, in one statement.
    ///
    /// Rows are taken in the order of their slugs, so that two imports of the same entries wait for each other and do not lock each other out. An entry
    /// that is as in the file already is not written: `IS DISTINCT FROM` compares the stored values with the new ones. A slug that a team's
    /// own server has is left alone.
    static func importServers(_ entries: [CatalogFileEntry], ids: [McpServerID], categories: [CategoryID?], by user: UserID?, at now: Timestamp)
        -> Self
    {
        Self(
            """
            WITH "input" AS (
                    SELECT \(CatalogImport.input)
                    FROM unnest(\(ids), \(entries.map(\.server.name)), \(entries.map(\.slug)), \(entries.map(\.server.description)),
                        \(entries.map(\.server.iconURL)), \(entries.map(\.server.repositoryURL)), \(entries.map(\.repositorySource)),
                        \(entries.map(\.repositoryID)), \(entries.map(\.server.gitCommitSHA)), \(entries.map { $0.server.runtime ?? "unknown" }),
                        \(entries.map(\.server.transport.rawValue)), \(categories), \(entries.map(\.tags)), \(entries.map(\.server.metadata)),
                        \(entries.map(\.server.requiresOAuth)), \(entries.map(\.server.packages)), \(entries.map(\.server.remotes)),
                        \(entries.map(\.server.configuration.user.env)))
                        AS i (\(CatalogImport.input))),
                "written" AS (
                    INSERT INTO "mcpServerTemplates" AS t ("id", \(CatalogImport.columns), "visibility", "created_by", "created_at", "updated_at")
                    SELECT "id", "name", "slug", "description", "icon_url", "repository_url", "repository_source", "repository_id",
                        "git_commit_sha", "runtime", "transport_type"::"mcpTransport", "category_id", "tags", "metadata", "requires_oauth",
                        "packages", "remotes", "user_env_schema", 'global', \(user), \(now), \(now)
                    FROM "input"
                    ORDER BY "slug" COLLATE "C"
                    ON CONFLICT ("slug") DO UPDATE
                    SET \(CatalogImport.columns.excludedAssignments), "updated_at" = excluded."updated_at"
                    WHERE t."visibility" = 'global'
                        AND (\(CatalogImport.columns["t"])) IS DISTINCT FROM (\(CatalogImport.columns["excluded"]))
                    RETURNING t."slug", t."xmax" = 0 AS "inserted")
            SELECT i."slug", w."inserted", coalesce(s."visibility" = 'team', false) AS "is_taken", s."id"
            FROM "input" AS i
            LEFT JOIN "written" AS w ON w."slug" = i."slug"
            LEFT JOIN "mcpServerTemplates" AS s ON s."slug" = i."slug"
            ORDER BY i."slug" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            ImportedEntry(slug: try row.read(), wasInserted: try row.read(), isTaken: try row.read(), existingID: try row.read())
        }
    }
}

enum CatalogImport {
    /// The columns of the entries that are handed in, in the order of their arrays.
    static let input: ColumnList = [
        "id", "name", "slug", "description", "icon_url", "repository_url", "repository_source", "repository_id", "git_commit_sha", "runtime",
        "transport_type", "category_id", "tags", "metadata", "requires_oauth", "packages", "remotes", "user_env_schema",
    ]

    /// The columns that an import brings to the file's state.
    static let columns: ColumnList = [
        "name", "slug", "description", "icon_url", "repository_url", "repository_source", "repository_id", "git_commit_sha", "runtime",
        "transport_type", "category_id", "tags", "metadata", "requires_oauth", "packages", "remotes", "user_env_schema",
    ]
}

extension CatalogFileEntry {
    /// What is secret in the entry. An import brings only this schema to the file's state.
    var secrets: NewSecrets? {
        NewSecrets(from: McpConfigurationSchemas(), to: McpConfigurationSchemas(user: .init(env: server.configuration.user.env)))
    }

    fileprivate var repositorySource: String? { RepositoryLocation(url: server.repositoryURL)?.source }
    fileprivate var repositoryID: String? { RepositoryLocation(url: server.repositoryURL)?.id }
    fileprivate var tags: PostgresStringArrayJSON { PostgresStringArrayJSON(server.tags) }
}

/// A category's identifier and name.
struct CategoryKey: RowDecodable {
    static let columns: ColumnList = ["id", "name"]

    var id: CategoryID
    var name: String

    init(row: inout RowReader) throws(PostgresError) {
        id = try row.read()
        name = try row.read()
    }
}

extension Statement<CategoryKey> {
    static func categories(named names: [String]) -> Self {
        """
        SELECT \(CategoryKey.columns)
        FROM "mcpCategories"
        WHERE "name" = ANY (\(names))
        ORDER BY "name" COLLATE "C"
        """
    }
}

extension Statement<Void> {
    /// Adds the categories that do not exist yet.
    static func addCategories(ids: [CategoryID], names: [String], at now: Timestamp) -> Self {
        Self(
            """
            INSERT INTO "mcpCategories" ("id", "name", "created_at")
            SELECT i."id", i."name", \(now)
            FROM unnest(\(ids), \(names)) AS i ("id", "name")
            ORDER BY i."name" COLLATE "C"
            ON CONFLICT ("name") DO NOTHING
            """)
    }
}
