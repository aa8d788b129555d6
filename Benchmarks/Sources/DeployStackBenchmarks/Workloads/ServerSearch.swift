import DeployStackData
import DeployStackModels

/// W4: the best twenty servers for two words, with their ranks and the number of all hits.
struct ServerSearch: Workload {
    static let code = "W4"
    static let title = "full-text search for two words, ranked, 20 rows"
    static let shortTitle = "text search, 20 rows"
    static let decoding = "20 × McpServer with 22 columns and a rank; tags as [String], metadata unchecked (the library checks it and marks words)"

    static func rows(_ size: DatasetSize) -> Int { rows }

    private static let rows = 20

    init(_ drawing: Drawing) {}

    func call(_ store: DataStore, _ key: UInt64) async throws {
        let page = try await store.catalog.search(Vocabulary.search(key), viewer: .administrator)
        guard page.items.count == min(page.total, Self.rows) else { throw BenchmarkError("A search gave \(page.items.count) rows of \(page.total).") }
    }

    let statement = RawStatement(
        name: "w4",
        sql: """
            WITH "matches" AS MATERIALIZED (
                    SELECT "id", "featured", "name", ts_rank("search_vector", websearch_to_tsquery('english', $1))::double precision AS "rank"
                    FROM "mcpServerTemplates"
                    WHERE "search_vector" @@ websearch_to_tsquery('english', $2) AND TRUE),
                "page" AS (
                    SELECT "id", "rank"
                    FROM "matches"
                    ORDER BY "rank" DESC, "featured" DESC, "name" COLLATE "C", "id" COLLATE "C"
                    LIMIT $3 OFFSET $4)
            SELECT (SELECT count(*) FROM "matches") AS "total", p."rank", \(McpServer.rawColumns(of: "s"))
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" AS p ON true
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = p."id"
            ORDER BY p."rank" DESC, s."featured" DESC, s."name" COLLATE "C", s."id" COLLATE "C"
            """,
        parameterTypes: [RawStatement.text, RawStatement.text, RawStatement.int8, RawStatement.int8])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        let text = Vocabulary.search(key)
        parameters.append(text)
        parameters.append(text)
        parameters.append(Int64(Self.rows))
        parameters.append(0)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        keep(try Self.hits(in: result))
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let (total, hits) = try Self.hits(in: try plainAnswer(connection, key))
        let raw = try hits.map { CatalogSearchHit(server: try $0.server.withParsedJSON(), rank: $0.rank) }
        let page = try await store.catalog.search(Vocabulary.search(key), viewer: .administrator)
        // The library also says where the words stand.
        let plain = page.items.map { CatalogSearchHit(server: $0.server, rank: $0.rank) }
        guard plain == raw, page.total == total else { throw BenchmarkError("W4: the library and the plain loop found different servers.") }
    }

    /// Without a hit there is one row with the number 0 and nothing else.
    private static func hits(in result: borrowing RawResult) throws(BenchmarkError) -> (total: Int, hits: [CatalogSearchHit]) {
        guard (1...rows).contains(result.rowCount) else { throw BenchmarkError("W4: \(result.rowCount) rows instead of 1 to \(rows).") }
        var total = 0
        var hits: [CatalogSearchHit] = []
        hits.reserveCapacity(rows)
        for index in 0..<result.rowCount {
            var row = result.row(index)
            total = Int(row.int8())
            if row.isNull { continue }
            let rank = Float(row.float8())
            hits.append(CatalogSearchHit(server: try McpServer(raw: &row), rank: rank))
        }
        return (total, hits)
    }
}
