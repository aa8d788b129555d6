import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import PostgresDriver
import Testing
import TextSearch

/// Suggestions in memory and on the server: the similarity of words, and what is suggested for words with typing errors.
@Suite(.database)
struct SuggestionDifferentialTests {
    @Test(.requiresServer) func wordsAreAsSimilarAsForTheServer() async throws {
        let words = SearchVocabulary.words(of: try CatalogTexts.texts()).words
        var random = RandomText(seed: 3)
        let pairs = (words.prefix(20_000).map { ($0, random.mistyped($0)) } + zip(words, words.reversed()).prefix(5_000))
            // Which other characters are letters is the locale's affair.
            .filter { ($0.0 + $0.1).utf8.allSatisfy { $0 < 0x80 } }
        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)

        let theirs: [Float]? = try await client.withConnection { session in
            guard
                try await session.run(Statement<Bool>("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')") { try $0.read() }).rows
                    == [true]
            else { return nil }
            return try await session.run(
                Statement<Double>(
                    """
                    SELECT similarity(a, b)::double precision
                    FROM unnest(\(pairs.map(\.0)), \(pairs.map(\.1))) WITH ORDINALITY AS i(a, b, n) ORDER BY n
                    """
                ) { row in try row.read() }
            ).rows.map { Float($0) }
        }

        await client.close()
        guard let theirs else { return }
        #expect(theirs.count == pairs.count)
        for (pair, theirs) in zip(pairs, theirs) {
            #expect(Trigrams(pair.0).similarity(to: Trigrams(pair.1)) == theirs, "\(pair)")
        }
    }

    @Test(.requiresServer) func theSameIsSuggestedForMistypedSearches() async throws {
        let json = Array(try Data(contentsOf: CatalogTexts.location))
        // Of several entries the first by identifier count, so the identifiers must be the same on both sides.
        let clock = ManualTimeSource()
        let memory = try await Backend.inMemory.makeStore(options: .reproducible(clock: clock))
        let postgres = try await Backend.postgres.makeStore(options: .reproducible(clock: clock))
        for store in [memory, postgres] { try await store.catalog.importServers(CatalogFile(json: json)) }
        var random = RandomText(seed: 5)
        let words = try CatalogTexts.texts().flatMap { $0.split(separator: " ").map { String($0) } }
        let searches = (0..<150).map { index in
            [words[(index * 7) % words.count], words[(index * 13) % words.count]].map { random.mistyped($0) }.joined(
                separator: index % 3 == 0 ? " or " : " ")
        }

        var suggested = 0
        for search in searches {
            let ours = try await memory.catalog.suggestion(for: search, viewer: .administrator)
            let theirs = try await postgres.catalog.suggestion(for: search, viewer: .administrator)

            #expect(ours == theirs, "\(String(reflecting: search))")
            suggested += ours == nil ? 0 : 1
        }
        #expect(suggested > 60)
    }

    @Test(.requiresServer) func withoutTheExtensionThereAreNoSuggestionsAndNoErrors() async throws {
        let database = try await TestDatabase.lent()
        try await database.run("DROP EXTENSION IF EXISTS pg_trgm")
        let store = try await DataStore.postgres(database.configuration)
        try await store.catalog.create(.fixture(name: "Database", description: nil), by: .system)

        #expect(try await store.catalog.suggestion(for: "databse", viewer: .administrator) == nil)
        #expect(try await store.catalog.search("database", viewer: .administrator).total == 1)
        await store.close()
    }
}
