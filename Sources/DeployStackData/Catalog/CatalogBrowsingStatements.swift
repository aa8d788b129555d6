import DeployStackModels
import PostgresDriver

extension Statement<McpServer> {
    /// The entries behind or before a place, in the direction of reading.
    static func browse(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: CatalogCursor?, limit: Int) -> Self {
        """
        SELECT \(McpServer.columns)
        FROM "mcpServerTemplates"
        WHERE \(CatalogConditions.visible(to: viewer))\(CatalogConditions.matching(filter))\(CatalogConditions.beyond(cursor, .sort(sort)))
        ORDER BY \(CatalogConditions.order(.sort(sort), cursor?.direction ?? .forwards))
        LIMIT \(limit)
        """
    }
}

extension Statement<CatalogSearchHit> {
    /// The hits behind or before a place, in the direction of reading. Served by `idx_mcpServers_search`; the wide columns are read only for the page.
    static func browseHits(
        _ search: CatalogSearch, viewer: CatalogViewer, filter: CatalogFilter, from cursor: CatalogCursor?, limit: Int
    ) -> Self {
        Self(
            """
            WITH "matches" AS MATERIALIZED (\(CatalogConditions.matches(of: search, viewer: viewer, filter: filter))),
                "page" AS (
                    SELECT "id", "rank", row_number() OVER (ORDER BY \(CatalogConditions.order(.rank, cursor?.direction ?? .forwards))) AS "number"
                    FROM "matches"
                    WHERE TRUE\(CatalogConditions.beyond(cursor, .rank))
                    ORDER BY "number"
                    LIMIT \(limit))
            SELECT p."rank", \(McpServer.columns["s"])
            FROM "page" AS p
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = p."id"
            ORDER BY p."number"
            """
        ) { row throws(PostgresError) in
            let rank: Double = try row.read()
            return CatalogSearchHit(server: try row.read(), rank: Float(rank))
        }
    }
}
