import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SearchHighlightsTests {
    /// An entry, a search that finds it, and name and description with the words marked.
    struct Example: Sendable {
        var name: String
        var description: String?
        var query: SearchQuery
        var marked: [String?]

        init(_ name: String, _ description: String?, _ query: SearchQuery, _ marked: String?...) {
            (self.name, self.description, self.query, self.marked) = (name, description, query, marked)
        }
    }

    static let examples = [
        Example("Databases", "One database, and Database tools.", .web("database"), "[Databases]", "One [database], and [Database] tools."),
        Example("Runner", "It runs. Running is fun.", .web("running"), "Runner", "It [runs]. [Running] is fun."),
        Example("Web", "The web and a search of the web search.", .web("\"web search\""), "[Web]", "The [web] and a [search] of the [web] [search]."),
        Example("Cats", "Cats and dogs", .web("cats or -dogs"), "[Cats]", "[Cats] and dogs"),
        Example("Auto", "Automation for automata", .prefix("for autom"), "Auto", "[Automation] for [automata]"),
        Example("Raw", "One two three", .raw("one & thr:*"), "Raw", "[One] two [three]"),
        Example("Node", "A key-value store by node.js.", .web("value"), "Node", "A key-[value] store by node.js."),
        Example("Key", "A key-value store.", .web("key-value"), "[Key]", "A [key-value] store."),
        Example("Mail", "Write to help@example.org today", .web("help@example.org"), "Mail", "Write to [help@example.org] today"),
        Example(
            "Étude", "L'étude d'une ÉTUDE: e\u{301}tude \u{1F600} étude", .web("étude"), "[Étude]",
            "L'[étude] d'une [ÉTUDE]: e\u{301}tude \u{1F600} [étude]"),
        Example("Only name", nil, .web("name"), "Only [name]", nil),
        Example("Empty", "", .web("empty"), "[Empty]", ""),
        Example("tag <b", "c> bold", .web("bold"), "tag <b", "c> [bold]"),
    ]

    @Test(arguments: Backend.all, examples)
    func theWordsThatWereSearchedForAreMarked(_ backend: Backend, _ example: Example) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.create(.fixture(name: example.name, description: example.description), by: .system)

        let page = try await store.catalog.search(example.query, viewer: .administrator)
        let part = try await store.catalog.browseHits(example.query, viewer: .administrator)

        let hit = try #require(page.items.first)
        #expect([hit.markedName("[", "]"), hit.markedDescription("[", "]")] == example.marked)
        #expect(part.items == page.items)
    }

    @Test(arguments: Backend.all)
    func rangesAreIndexesOfTheTextAsItIs(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.create(.fixture(name: "é \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} word", description: "x word, word"), by: .system)

        let hit = try #require(try await store.catalog.search("word", viewer: .administrator).items.first)

        #expect(hit.nameHighlights.map { String(hit.server.name[$0]) } == ["word"])
        let description = try #require(hit.server.description)
        #expect(hit.descriptionHighlights.map { String(description[$0]) } == ["word", "word"])
        #expect(hit.descriptionHighlights[0].lowerBound < hit.descriptionHighlights[1].lowerBound)
    }
}
