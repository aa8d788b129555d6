import DeployStackModels
import PostgresDriver

/// A hit as a row: its rank, then the server.
struct SearchHitRow: Sendable {
    var total: Int
    var hit: CatalogSearchHit?
}

extension Statement<SearchHitRow> {
    /// Served by `idx_mcpServers_search`. The rank is computed once for each match, the wide columns are read only for the page.
    static func searchServers(_ search: CatalogSearch, viewer: CatalogViewer, filter: CatalogFilter, page: Page) -> Self {
        Self(
            """
            WITH "matches" AS MATERIALIZED (\(CatalogConditions.matches(of: search, viewer: viewer, filter: filter))),
                "page" AS (
                    SELECT "id", "rank"
                    FROM "matches"
                    ORDER BY "rank" DESC, "featured" DESC, "name" COLLATE "C", "id" COLLATE "C"
                    LIMIT \(page.limit) OFFSET \(page.offset))
            SELECT (SELECT count(*) FROM "matches") AS "total", p."rank", \(McpServer.columns["s"])
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" AS p ON true
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = p."id"
            ORDER BY p."rank" DESC, s."featured" DESC, s."name" COLLATE "C", s."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            let (total, rank): (Int, Double?) = (try row.read(), try row.read())
            let server: McpServer? = try row.readIfPresent()
            return SearchHitRow(total: total, hit: server.map { CatalogSearchHit(server: $0, rank: Float(rank ?? 0)) })
        }
    }
}
