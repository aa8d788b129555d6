import DeployStackData
import DeployStackModels
import PostgresDriver

/// The line of a server's plan that shows which index serves a call.
struct DemoPlan: Codable, Equatable {
    /// The call.
    var call: String
    /// The index that is meant for the call.
    var index: String
    /// Whether the server uses it.
    var isUsed: Bool
    /// The plan's line that names the index, or else its deepest one.
    var line: String
}

extension DemoPlan {
    /// How many servers the catalog gets before plans are looked at. A server reads a table of a few pages faster than an index, and is right.
    static let generatedServers = 8_000

    /// Fills the catalog up, has the server count, and asks how it runs some of the library's own statements.
    ///
    /// - Parameters:
    ///   - store: The store in which the demo was played.
    ///   - configuration: Its database.
    ///   - transcript: What the store answered.
    ///   - note: Told what is being done.
    static func plans(
        from store: DataStore, on configuration: PostgresConfiguration, after transcript: DemoTranscript,
        note: @escaping @Sendable (String) -> Void
    ) async throws -> [DemoPlan] {
        let file = try generatedCatalog()
        _ = try await store.catalog.importServers(file, by: .system) { note("import \($0) of \(file.count) generated servers") }
        note("look at plans")
        try await vacuum(configuration)
        let (team, grace) = (transcript.people.team.id, transcript.people.grace.id)
        let search = SearchAnswers.queries[0].text
        return [
            try await plan("catalog.servers(withAllTags: [\"generated-7\"])", .serversWithAllTags(["generated-7"]), store),
            try await plan("catalog.search(\"\(search)\", …)", .search(.web(search)), store),
            try await plan("installations.installationViews(team: …)", .installationViews(team), store),
            try await plan("tokens.verify(…)", .verify(token: "any token"), store),
            try await plan("notifications.unreadCount(user: …)", .unreadCount(grace), store),
        ].compactMap(\.self)
    }

    private static func plan(_ call: String, _ query: PlannedQuery, _ store: DataStore) async throws -> DemoPlan? {
        guard let plan = try await store.plan(of: query) else { return nil }
        let lines = plan.summary.split(separator: "\n").map { $0.drop { $0 == " " } }
        let line = lines.first { $0.contains("\"\(query.index)\"") }.map(String.init)
        return DemoPlan(call: call, index: query.index, isUsed: line != nil, line: line ?? lines.last.map(String.init) ?? "")
    }

    /// Entries that differ as those of a large catalog do: a thousand tags, and words of which the demo searches one in two hundred.
    private static func generatedCatalog() throws(DataError) -> CatalogFile {
        let entries = (0..<generatedServers).map { number -> JSONValue in
            let what = number % 200 == 0 ? "Manages a database" : "Answers questions"
            return [
                "name": .string("generated-\(number)"), "title": .string("Generated server \(number)"),
                "description": .string("\(what) about subject \(number % 977)."),
                "tags": [.string("generated-\(number % 1_000)"), "generated"],
            ]
        }
        return try CatalogFile(json: Array("\(JSONValue.array(entries))".utf8))
    }

    /// Has the server tidy up and count the catalog, as it does by itself on a database that lives longer than a demo.
    private static func vacuum(_ configuration: PostgresConfiguration) async throws {
        do {
            let client = try PostgresClient(connection: configuration.connection, pool: PoolConfiguration(maxConnections: 1))
            do {
                _ = try await client.withConnection { try await $0.runScript("VACUUM ANALYZE \"mcpServerTemplates\"") }
                await client.close()
            } catch {
                await client.close()
                throw error
            }
        } catch let error as PostgresError {
            throw DataError(.internal, reason: error.message)
        }
    }
}
