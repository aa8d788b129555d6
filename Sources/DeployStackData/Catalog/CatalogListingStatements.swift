import DeployStackModels
import PostgresDriver

/// One row of a page, with the size of the whole list and the tags of its entries.
struct ListingRow: Sendable {
    var total: Int
    var tagCounts: [TagCount]
    var server: McpServer?
}

extension Statement<ListingRow> {
    /// A page, the size of the list and the tags of its entries, from one snapshot. The page is read in the order of an index; what has to
    /// look at the whole list finds it once.
    static func listing(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int) -> Self {
        let order = CatalogConditions.order(.sort(sort), .forwards)
        let condition: StatementFragment = "\(CatalogConditions.visible(to: viewer))\(CatalogConditions.matching(filter))"
        return Self(
            """
            WITH "matches" AS MATERIALIZED (
                    SELECT "tags"
                    FROM "mcpServerTemplates"
                    WHERE \(condition)),
                "page" AS (
                    SELECT \(McpServer.columns)
                    FROM "mcpServerTemplates"
                    WHERE \(condition)
                    ORDER BY \(order)
                    LIMIT \(page.limit) OFFSET \(page.offset)),
                "tags_of_all" AS (
                    SELECT t."tag", count(*) AS "count"
                    FROM "matches"
                    CROSS JOIN LATERAL jsonb_array_elements_text("tags") AS t ("tag")
                    GROUP BY t."tag"
                    ORDER BY count(*) DESC, t."tag" COLLATE "C"
                    LIMIT \(tagLimit))
            SELECT (SELECT count(*) FROM "matches") AS "total",
                (SELECT coalesce(array_agg("tag" ORDER BY "count" DESC, "tag" COLLATE "C"), '{}') FROM "tags_of_all") AS "tag_names",
                (SELECT coalesce(array_agg("count" ORDER BY "count" DESC, "tag" COLLATE "C"), '{}') FROM "tags_of_all") AS "tag_counts",
                \(McpServer.columns)
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" ON true
            ORDER BY \(order)
            """
        ) { row throws(PostgresError) in
            let total: Int = try row.read()
            let (names, counts): ([String], [Int]) = (try row.read(), try row.read())
            let tagCounts = zip(names, counts).map { TagCount(tag: $0, count: $1) }
            return ListingRow(total: total, tagCounts: tagCounts, server: try row.readIfPresent())
        }
    }
}
