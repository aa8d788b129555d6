import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SearchTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        for (name, description) in [
            ("Postgres", "Queries relational databases, safely and fast."),
            ("Database Explorer", "Explore a database; every database has a schema."),
            ("Redis", "A fast key-value store. Not a relational database."),
            ("Browser", "Runs and controls a web browser to test pages."),
            ("Test Runner", "Run tests."),
            ("The And", nil),
            ("node.js toolkit", "See https://example.org/docs or mail help@example.org about version 1.2.3."),
        ] as [(String, String?)] {
            try await store.catalog.create(.fixture(name: name, description: description), by: .system)
        }
        return store
    }

    /// What somebody types, and the names of what it must find.
    static let examples: [(text: String, names: [String])] = [
        ("postgres", ["Postgres"]),
        ("POSTGRES", ["Postgres"]),
        ("database", ["Database Explorer", "Postgres", "Redis"]),
        ("databases", ["Database Explorer", "Postgres", "Redis"]),
        ("relational databases", ["Postgres", "Redis"]),
        ("\"relational database\"", ["Postgres", "Redis"]),
        ("\"database relational\"", []),
        ("\"fast key\"", []),
        ("\"key value\"", ["Redis"]),
        ("database -relational", ["Database Explorer"]),
        ("database -fast -schema", []),
        ("redis or postgres", ["Postgres", "Redis"]),
        ("redis OR browser", ["Browser", "Redis"]),
        ("running tests", ["Test Runner", "Browser"]),
        ("exploring", ["Database Explorer"]),
        ("the", []),
        ("the and", []),
        ("the browser", ["Browser"]),
        ("", []),
        ("   ", []),
        ("!!!", []),
        ("nothing", []),
        ("postgres nothing", []),
        ("help@example.org", ["node.js toolkit"]),
        ("node.js", ["node.js toolkit"]),
        ("1.2.3", ["node.js toolkit"]),
    ]

    @Test(arguments: Backend.all)
    func whatPeopleTypeFindsWhatTheyMean(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (text, names) in Self.examples {
            let hits = try await store.catalog.search(text, viewer: .administrator)

            #expect(Set(hits.items.map(\.server.name)) == Set(names), "\(text)")
            #expect(hits.total == names.count, "\(text)")
            #expect(hits.items.map(\.rank) == hits.items.map(\.rank).sorted(by: >), "\(text)")
        }
    }

    @Test(arguments: Backend.all)
    func hitsAreByRankThenFeatureThenNameThenIdentifier(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for (name, description, isFeatured) in [
            ("b", "word", false), ("a", "word", false), ("c", "word", true), ("d", "word word word", false), ("e", "filler and a word", false),
        ] {
            try await store.catalog.create(.fixture(name: name, description: description, isFeatured: isFeatured), by: .system)
        }

        let hits = try await store.catalog.search("word", viewer: .administrator).items

        #expect(hits.map(\.server.name) == ["d", "c", "a", "b", "e"])
        #expect(hits[1].rank == hits[2].rank)
        #expect(hits[0].rank > hits[1].rank)
    }

    @Test(arguments: Backend.all)
    func hitsOfOneNameAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for _ in 1...8 { try await store.catalog.create(.fixture(name: "Same", description: "word"), by: .system) }

        let all = try await store.catalog.search("word", viewer: .administrator).items.map(\.server.id)
        let part = try await store.catalog.search("word", viewer: .administrator, filter: .none, page: Page(limit: 3, offset: 2)).items

        #expect(all.count == 8 && all == all.sorted())
        #expect(part.map(\.server.id) == Array(all[2...4]))
    }

    @Test(arguments: Backend.all)
    func hitsAreReturnedByPageWithTheirTotal(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for name in ["a", "b", "c", "d"] { try await store.catalog.create(.fixture(name: name, description: "word"), by: .system) }

        let page = try await store.catalog.search("word", viewer: .administrator, filter: .none, page: Page(limit: 2, offset: 1))
        let beyond = try await store.catalog.search("word", viewer: .administrator, filter: .none, page: Page(limit: 2, offset: 4))

        #expect(page.items.map(\.server.name) == ["b", "c"])
        #expect(page.total == 4)
        #expect(beyond.items.isEmpty)
        #expect(beyond.total == 4)
    }

    @Test(arguments: Backend.all)
    func onlyWhatTheViewerSeesAndTheFilterLetsThroughIsFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: "global", description: "word", tags: ["t"]))
        _ = try await scene.addServer(.fixture(name: "own", description: "word", ownerTeam: scene.team.id))
        let catalog = scene.store.catalog

        #expect(try await catalog.search("word", viewer: .member(of: [])).items.map(\.server.name) == ["global"])
        #expect(try await catalog.search("word", viewer: .member(of: [scene.team.id])).total == 2)
        #expect(
            try await catalog.search("word", viewer: .administrator, filter: CatalogFilter(visibility: .team)).items.map(\.server.name) == ["own"])
        #expect(try await catalog.search("word", viewer: .administrator, filter: CatalogFilter(anyTag: ["t"])).total == 1)
    }

    @Test(arguments: Backend.all)
    func onlyNameAndDescriptionAreSearched(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        var new = NewServer.fixture(name: "Name", description: nil, tags: ["zebra"], metadata: ["animal": "zebra"])
        new.longDescription = "zebra"
        try await store.catalog.create(new, by: .system)

        #expect(try await store.catalog.search("zebra", viewer: .administrator).total == 0)
        #expect(try await store.catalog.search("name", viewer: .administrator).total == 1)
    }

    private static let odd = [
        "'", "\"", "\"\"", "\"unclosed", "a & | ! ( ) <-> :*", "-", "--", "- -", "-\"", "or", "or or or", "OR -", "\\", "a\\b", "%_", ":", "a:*",
        "<->",
        "'; DROP TABLE \"teams\"; --", String(repeating: "-", count: 33) + "word", String(repeating: "\"", count: 99), "\u{1F600}", "e\u{301}",
        "\u{feff}word", "a\u{a0}b", "\u{202e}", "-word -word -word", "word-", "-word-", "\"a\" -\"b\" or", "http://", "@", "a@", "/", "..", "1e9",
    ]

    @Test(arguments: Backend.all)
    func nothingThatCanBeTypedIsAnError(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.create(.fixture(name: "Unrelated", description: "Entirely."), by: .system)

        for text in Self.odd {
            let hits = try await store.catalog.search(text, viewer: .administrator)

            #expect(hits.total == hits.items.count, "\(text)")
        }
    }
}
