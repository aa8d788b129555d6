import DeployStackDataTesting
import PostgresDriver
import Testing
import TextSearch

/// Single questions to the server and to our own text search; ``SearchDifferentialTests`` asks many.
@Suite("Text search in memory and on the server", .requiresServer)
struct TextSearchDifferentialTests {
    @Test func theStopWordsAreThoseOfTheServer() async throws {
        let words = EnglishStopWords.all

        let passedOver = try await withClient { client in
            try await client.run(
                Statement<String>("SELECT w FROM unnest(\(words)) WITH ORDINALITY AS i(w, n) WHERE ts_lexize('english_stem', w) = '{}' ORDER BY n") {
                    row in
                    try row.read()
                }
            ).rows
        }

        #expect(passedOver == words)
    }

    @Test func noNormalisedSearchIsRefusedByTheServer() async throws {
        let pieces = [
            "-", "- ", "(", "!", "\"", "x", "the ", " ", " or ", "|", ":", "foo-bar", ".", "Ⱥ", String(repeating: "Ⱥ", count: 700), "'", "\\", "&",
        ]
        let raw = (0..<600).map { index in
            let first = pieces[index % pieces.count]
            let second = pieces[(index / pieces.count) % pieces.count]
            return String(repeating: first + second, count: 1 + index % 400) + "x"
        }
        let searches = raw.compactMap { try? SearchText.normalise($0) }

        let queries = try await withClient { client in
            try await client.run(
                Statement<String>(
                    """
                    SELECT websearch_to_tsquery('english', s)::text FROM unnest(\(searches.map(\.text))) WITH ORDINALITY AS i(s, n) ORDER BY n
                    """
                ) { row in try row.read() }
            ).rows
        }

        #expect(searches.count > 300)
        #expect(queries == searches.map(\.query.description))
    }
}
