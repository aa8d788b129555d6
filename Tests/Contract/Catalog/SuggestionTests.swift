import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SuggestionTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        for (name, description) in [
            ("postgres-mcp", "Checks the health of a PostgreSQL database and recommends indexes."),
            ("GitHub", "Works with repositories, pull requests and issue tracking on GitHub."),
            ("Playwright", "Browser automation through the accessibility tree; a browser for tests."),
            ("n8n", "Builds automation workflows from nodes like x86tools."),
        ] {
            try await store.catalog.create(.fixture(name: name, description: description), by: .system)
        }
        return store
    }

    static let typos: [(typed: String, meant: String?)] = [
        ("postgers", "postgres"), ("databse", "database"), ("gihtub", "github"), ("PLAYWRITE", "playwright"),
        ("brwoser automaton", "browser automation"),
        ("databse health", "database health"), ("\"isue traking\" -databse", "\"issue tracking\" -databse"),
        ("postgers or gihtub", "postgres or github"),
        ("reposotories", "repositories"), ("browsr-automtion", "browser-automation"), ("x86tols", "x86tools"),
        // Right as they are, in whatever form.
        ("database", nil), ("databases", nil), ("checking", nil), ("the", nil), ("", nil), ("n8n", nil),
        // Like nothing at all.
        ("zzzzz", nil), ("qqqq wwww", nil), ("日本", nil), ("-databse", nil), ("ab", nil),
    ]

    @Test(arguments: Backend.all)
    func aMistypedWordIsReplacedByTheMostSimilarOneOfTheCatalog(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (typed, meant) in Self.typos {
            #expect(try await store.catalog.suggestion(for: typed, viewer: .administrator)?.text == meant, "\(typed)")
        }
    }

    @Test(arguments: Backend.all)
    func aSuggestionSaysWhichWordsItReplacesAndHowSimilarTheyAre(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        let suggestion = try await store.catalog.suggestion(for: "Databse for databse isue", viewer: .administrator)

        let expected = SearchSuggestion(
            text: "database for database issue",
            replacements: [
                .init(word: "databse", suggestion: "database", similarity: 6 / 11), .init(word: "isue", suggestion: "issue", similarity: 4 / 7),
            ])
        #expect(suggestion == expected)
    }

    @Test(arguments: Backend.all)
    func ofEquallySimilarWordsThatOfTheMostEntriesIsSuggestedThenTheFirstByBytes(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for (name, description) in [("A", "wordk"), ("B", "wordj wordj"), ("C", "wordk"), ("D", "wordp")] {
            try await store.catalog.create(.fixture(name: name, description: description), by: .system)
        }

        #expect(try await store.catalog.suggestion(for: "wordx", viewer: .administrator)?.text == "wordk")
        try await store.catalog.create(.fixture(name: "E", description: "wordj"), by: .system)
        #expect(try await store.catalog.suggestion(for: "wordx", viewer: .administrator)?.text == "wordj")
    }

    @Test(arguments: Backend.all)
    func onlyWordsThatTheViewerSeesAreSuggestedAndCount(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: "Own", description: "confidential", ownerTeam: scene.team.id))
        let catalog = scene.store.catalog

        #expect(try await catalog.suggestion(for: "confidental", viewer: .member(of: []))?.text == nil)
        #expect(try await catalog.suggestion(for: "confidental", viewer: .member(of: [scene.team.id]))?.text == "confidential")
        _ = try await scene.addServer(.fixture(name: "Global", description: "confidentials"))
        #expect(try await catalog.suggestion(for: "confidently", viewer: .member(of: []))?.text == "confidentials")
    }

    @Test(arguments: Backend.all)
    func whetherThereCanBeSuggestionsIsToBeAsked(_ backend: Backend) async throws {
        #expect(try await backend.makeStore().catalog.canSuggest())
    }

    @Test(arguments: Backend.all)
    func aTextThatCannotBeSearchedForIsAnError(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for text in ["\0", String(repeating: "a", count: 4_097), String(repeating: "a ", count: 501)] {
            await expectInvalid("text") { _ = try await store.catalog.suggestion(for: text, viewer: .administrator) }
        }
    }
}
