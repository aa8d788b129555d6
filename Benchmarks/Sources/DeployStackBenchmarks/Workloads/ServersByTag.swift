import DeployStackData
import DeployStackModels

/// W2: the first fifty servers that have a tag, by name.
struct ServersByTag: Workload {
    static let code = "W2"
    static let title = "servers by one tag, 50 rows"
    static let shortTitle = "tag query, 50 rows"
    static let decoding = "50 × McpServer with 22 columns; tags as [String], metadata as unchecked text (the library checks it)"

    static func rows(_ size: DatasetSize) -> Int { rows }

    private static let rows = 50

    init(_ drawing: Drawing) {}

    func call(_ store: DataStore, _ key: UInt64) async throws {
        let servers = try await store.catalog.servers(withAllTags: [Vocabulary.tag(key)], page: Page(limit: Self.rows))
        guard !servers.isEmpty else { throw BenchmarkError("No server has the tag \(Vocabulary.tag(key)).") }
    }

    let statement = RawStatement(
        name: "w2",
        sql: """
            SELECT \(McpServer.rawColumns)
            FROM "mcpServerTemplates"
            WHERE "tags" @> $1 AND TRUE
            ORDER BY "featured" DESC, "name" COLLATE "C", "id" COLLATE "C"
            LIMIT $2 OFFSET $3
            """,
        parameterTypes: [RawStatement.jsonb, RawStatement.int8, RawStatement.int8])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        parameters.append(json: "[\"\(Vocabulary.tag(key))\"]")
        parameters.append(Int64(Self.rows))
        parameters.append(0)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        keep(try Self.servers(in: result))
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let raw = try Self.servers(in: try plainAnswer(connection, key)).map { try $0.withParsedJSON() }
        guard try await store.catalog.servers(withAllTags: [Vocabulary.tag(key)], page: Page(limit: Self.rows)) == raw else {
            throw BenchmarkError("W2: the library and the plain loop read different servers.")
        }
    }

    private static func servers(in result: borrowing RawResult) throws(BenchmarkError) -> [McpServer] {
        guard (1...rows).contains(result.rowCount) else { throw BenchmarkError("W2: \(result.rowCount) rows instead of 1 to \(rows).") }
        var servers: [McpServer] = []
        servers.reserveCapacity(rows)
        for index in 0..<result.rowCount {
            var row = result.row(index)
            servers.append(try McpServer(raw: &row))
        }
        return servers
    }
}
