import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SearchModesTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        for (name, description, tags) in [
            ("Postgres", "Queries relational databases, safely and fast.", ["sql", "Relational"]),
            ("Database Explorer", "Explore a database; every database has a schema.", ["sql"]),
            ("Redis", "A fast key-value store. Not a relational database.", ["cache", "key-value"]),
            ("Connector", "Running connections between services.", []),
            ("Browser", "Runs and controls a web browser to test pages.", ["web"]),
        ] {
            try await store.catalog.create(.fixture(name: name, description: description, tags: tags), by: .system)
        }
        return store
    }

    private func names(_ store: DataStore, _ query: SearchQuery) async throws -> Set<String> {
        let hits = try await store.catalog.search(query, viewer: .administrator)
        #expect(hits.total == hits.items.count, "\(query)")
        return Set(hits.items.map(\.server.name))
    }

    private static let typed: [(text: String, names: Set<String>)] = [
        ("d", ["Database Explorer", "Postgres", "Redis"]),
        ("datab", ["Database Explorer", "Postgres", "Redis"]),
        ("database", ["Database Explorer", "Postgres", "Redis"]),
        ("database ", ["Database Explorer", "Postgres", "Redis"]),
        ("datab ", []),
        ("relational da", ["Postgres", "Redis"]),
        ("da relational", []),
        ("databases exp", ["Database Explorer"]),
        ("DATAB", ["Database Explorer", "Postgres", "Redis"]),
        ("redis or bro", ["Browser", "Redis"]),
        ("redis or fast que", ["Postgres", "Redis"]),
        ("database -fast", ["Database Explorer"]),
        ("database -fas", ["Database Explorer", "Postgres", "Redis"]),
        ("\"relational dat", ["Postgres", "Redis"]),
        ("\"dat relational", []),
        ("\"relational database\"", ["Postgres", "Redis"]),
        ("\"relational dat\"", []),
        ("key-val", ["Redis"]),
        // Indexed without their endings, and found while the ending is typed.
        ("runn", ["Browser", "Connector"]), ("runni", ["Browser", "Connector"]), ("runnin", ["Browser", "Connector"]),
        ("running", ["Browser", "Connector"]),
        ("connecti", ["Connector"]), ("connectio", ["Connector"]), ("connection", ["Connector"]), ("connections", ["Connector"]),
        ("the", []), ("the ", []), ("", []), ("   ", []), ("fast the", ["Postgres", "Redis"]), ("x", []), ("\"", []), ("'", []), (":*", []),
    ]

    @Test(arguments: Backend.all)
    func theLastWordIsCompletedWhileItIsTyped(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (text, expected) in Self.typed {
            #expect(try await names(store, .prefix(text)) == expected, "\(text)")
        }
    }

    private static let raw: [(text: String, names: Set<String>)] = [
        ("database & fast", ["Postgres", "Redis"]),
        ("fast & !redis", ["Postgres"]),
        ("redis | browser", ["Browser", "Redis"]),
        ("dat:*", ["Database Explorer", "Postgres", "Redis"]),
        ("relational <-> database", ["Postgres", "Redis"]),
        ("database <-> relational", []),
        ("explore <2> database", ["Database Explorer"]),
        ("explore <-> a <-> database", ["Database Explorer"]),
        ("'relational database'", ["Postgres", "Redis"]),
        ("(redis | browser) & web", ["Browser"]),
        ("!(database | web)", ["Connector"]),
        ("database:D & fast", ["Postgres", "Redis"]),
        ("database:A", []),
        ("the & database", ["Database Explorer", "Postgres", "Redis"]),
        ("the", []), ("", []), ("  ", []), ("'don''t' | redis", ["Redis"]),
    ]

    @Test(arguments: Backend.all)
    func aRawQueryIsReadAsByTheServer(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (text, expected) in Self.raw {
            #expect(try await names(store, .raw(text)) == expected, "\(text)")
        }
    }

    @Test(
        arguments: Backend.all,
        [
            "database server", "c++ & (foo", "&", "a &", "| a", "!", "(", ")", "a)", "()", "'a", "''", "a <-> ", "a <x> b", "a < b", "a <16385> b",
            ":a", "a:x",
            "a\\", "a b", "a !b", "\0", String(repeating: "(", count: 25) + "a" + String(repeating: ")", count: 25),
            String(repeating: "!", count: 40) + "a",
            String(repeating: "a & ", count: 500) + "a", String(repeating: "a", count: 4_097),
        ])
    func aMalformedRawQueryIsAnErrorOfValidation(_ backend: Backend, _ text: String) async throws {
        let store = try await backend.makeStore()

        await expectInvalid("text") { _ = try await store.catalog.search(.raw(text), viewer: .administrator) }
        await expectInvalid("text") { _ = try await store.catalog.browseHits(.raw(text), viewer: .administrator) }
    }

    @Test(arguments: Backend.all)
    func tagsAreSearchedWhenTheyAreAskedFor(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        #expect(try await names(store, .web("sql")) == [])
        #expect(try await names(store, .web("sql", includesTags: true)) == ["Postgres", "Database Explorer"])
        #expect(try await names(store, .web("SQL", includesTags: true)) == ["Postgres", "Database Explorer"])
        #expect(try await names(store, .web("redis or sql", includesTags: true)) == ["Postgres", "Database Explorer", "Redis"])
        #expect(try await names(store, .web("\"key value\"", includesTags: true)) == ["Redis"])
        #expect(try await names(store, .web("\"Key  Value\" nowhere", includesTags: true)) == ["Redis"])
        #expect(try await names(store, .web("nowhere -sql", includesTags: true)) == [])
        #expect(try await names(store, .prefix("nowhere cache", includesTags: true)) == ["Redis"])
        #expect(try await names(store, .raw("nowhere & cache", includesTags: true)) == ["Redis"])
        #expect(try await names(store, .raw("nowhere & !cache", includesTags: true)) == [])
    }

    @Test(arguments: Backend.all)
    func whatOnlyATagIsFoundInComesLast(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        try await store.catalog.create(.fixture(name: "About SQL", description: nil), by: .system)

        let hits = try await store.catalog.search(.web("sql", includesTags: true), viewer: .administrator).items

        #expect(hits.map(\.server.name) == ["About SQL", "Database Explorer", "Postgres"])
        #expect(hits.map(\.matchedTags) == [[], ["sql"], ["sql"]])
        #expect(hits.map { $0.rank > 0 } == [true, false, false])
    }

    @Test(arguments: Backend.all)
    func aCursorHoldsForOneWayOfReadingOnly(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        let page = try await store.catalog.browseHits(.prefix("fast"), viewer: .administrator, filter: .none, from: nil, limit: 1)
        let cursor = try #require(page.next)

        let rest = try await store.catalog.browseHits(.prefix("fast"), viewer: .administrator, from: cursor)

        #expect((page.items + rest.items).map(\.server.name).sorted() == ["Postgres", "Redis"])
        #expect(rest.items.allSatisfy { !$0.descriptionHighlights.isEmpty })
        for other in [SearchQuery.web("fast"), .raw("fast"), .prefix("fast", includesTags: true), .prefix("fas")] {
            await expectInvalid("cursor") { _ = try await store.catalog.browseHits(other, viewer: .administrator, from: cursor) }
        }
    }

    private static let odd = [
        "'", "\"", "\"\"", "\"unclosed", "a & | ! ( ) <-> :*", "-", "--", "or", "or or or", "OR -", "\\", "a\\", "a\\b", "a'b", "%_", ":", "a:*",
        "<->", "or'",
        "'; DROP TABLE \"teams\"; --", String(repeating: "-", count: 33) + "word", String(repeating: "\"", count: 99), "\u{1F600}", "e\u{301}",
        "\u{feff}word",
        "\u{202e}", "word-", "-word-", "\"a\" -\"b\" or", "http://", "@", "a@", "/", "..", "1e9", "x or \"y", "x or y\"", "foo-bar-",
        "http://x.org/a?b",
        String(repeating: "Ⱥ", count: 700), "été", "日本", "a or b or", "<a", "<b>x", "&amp", "runnin'", "\"foo\"bar",
    ]

    @Test(arguments: Backend.all)
    func nothingThatCanBeTypedIsAnError(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for text in Self.odd {
            for mode in [SearchQuery.Mode.web, .prefix] {
                for includesTags in [false, true] {
                    _ = try await names(store, SearchQuery(text, mode: mode, includesTags: includesTags))
                }
            }
            _ = try await store.catalog.suggestion(for: text, viewer: .administrator)
        }
    }
}
