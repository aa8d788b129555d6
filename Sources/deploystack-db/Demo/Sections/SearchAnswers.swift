import DeployStackData
import DeployStackModels

/// Searches as people type them, with the words marked where they stand; the tags of a list; what a mistyped search may have meant; and a search that is
/// read bit by bit.
struct SearchAnswers: Codable, Equatable {
    struct Hit: Codable, Equatable {
        var rank: Float
        var server: McpServer
        var markedName: String
        var markedDescription: String
    }

    struct Search: Codable, Equatable {
        var text: String
        /// Whether the last word is still being typed.
        var isPrefix: Bool
        var total: Int
        var hits: [Hit]
    }

    /// The parts of a search that were read one after the other, by the names of their servers.
    struct Parts: Codable, Equatable {
        var text: String
        var first: [String]
        var next: [String]
        var previous: [String]
    }

    static let queries: [SearchQuery] = [
        .web("managing databases"), .web("\"web search\" or scraping"), .web("browser or automation -cloud"), .prefix("browser autom"),
    ]
    static let facetTag = "search"
    static let typo = "brwoser automaton"
    static let bitByBit = "search"
    static let partSize = 3

    var searches: [Search]
    var facetTotal: Int
    var facets: [TagAnswers.Count]
    var suggestion: SearchSuggestion?
    var parts: Parts

    init(asking stage: DemoStage) async throws {
        searches = []
        for query in Self.queries {
            let page = try await stage.ask { store in
                try await store.catalog.search(query, viewer: .administrator, filter: .none, page: Page(limit: 20))
            }
            searches.append(Search(text: query.text, isPrefix: query.mode == .prefix, total: page.total, hits: page.items.map { Hit($0) }))
        }
        let listing = try await stage.ask { store in
            try await store.catalog.listWithTagCounts(
                viewer: .administrator, filter: CatalogFilter(allTags: [Self.facetTag]), sort: .name, page: Page(limit: 1), tagLimit: 6)
        }
        facetTotal = listing.servers.total
        facets = listing.tagCounts.map { TagAnswers.Count(tag: $0.tag, count: $0.count) }
        suggestion = try await stage.ask { try await $0.catalog.suggestion(for: Self.typo, viewer: .administrator) }
        parts = try await Parts(asking: stage)
    }
}

extension SearchAnswers.Hit {
    fileprivate init(_ hit: CatalogSearchHit) {
        self.init(
            rank: hit.rank, server: hit.server, markedName: hit.markedName("«", "»"), markedDescription: hit.markedDescription("«", "»") ?? "")
    }
}

extension SearchAnswers.Parts {
    fileprivate init(asking stage: DemoStage) async throws {
        let text = SearchAnswers.bitByBit
        let read: @Sendable (DataStore, ListCursor?) async throws -> CursorPage<CatalogSearchHit> = { store, cursor in
            try await store.catalog.browseHits(text, viewer: .administrator, from: cursor, limit: SearchAnswers.partSize)
        }
        let first = try await stage.ask { try await read($0, nil) }
        let next = try await stage.ask { store in first.next == nil ? nil : try await read(store, first.next) }
        let previous = try await stage.ask { store in next?.previous == nil ? nil : try await read(store, next?.previous) }
        self.init(
            text: text, first: first.items.map(\.server.name), next: next?.items.map(\.server.name) ?? [],
            previous: previous?.items.map(\.server.name) ?? [])
    }
}
