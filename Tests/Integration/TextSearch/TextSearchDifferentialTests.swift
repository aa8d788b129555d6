import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing
import TextSearch

/// Asks the server and our own text search the same questions. `DEPLOYSTACK_SEED` repeats a run with another seed than the usual ones.
@Suite("Text search in memory and on the server", .requiresServer)
struct TextSearchDifferentialTests {
    /// What is known of a text and a search.
    private struct Answer: Sendable, Equatable {
        var tokens: String
        var vector: String
        var query: String
        var isFound: Bool
        var rank: String
    }

    private struct Question: Sendable {
        var text: String
        var search: String
    }

    static let seeds: [UInt64] = ProcessInfo.processInfo.environment["DEPLOYSTACK_SEED"].flatMap { UInt64($0) }.map { [$0] } ?? [1, 2, 3, 4]

    @Test(arguments: seeds)
    func generatedTextsHaveTheSameAnswers(_ seed: UInt64) async throws {
        var random = RandomText(seed: seed)
        let questions = (0..<1000).map { _ in
            let text = random.text()
            return Question(text: text, search: random.search(in: text))
        }

        try await expectEqualAnswers(questions, "seed \(seed)")
    }

    @Test(arguments: seeds)
    func generatedWordsHaveTheSameStems(_ seed: UInt64) async throws {
        var random = RandomText(seed: seed)
        let words = (0..<5000).map { _ in random.inflectedWord() }.filter { !EnglishStopWords.all.contains($0) }

        let stems = try await withClient { client in
            try await client.run(
                Statement<String?>("SELECT (ts_lexize('english_stem', w))[1] FROM unnest(\(words)) WITH ORDINALITY AS i(w, n) ORDER BY n") { row in
                    try row.read()
                }
            ).rows
        }

        for (word, stem) in zip(words, stems) {
            #expect(EnglishStemmer.stem(word) == stem, "\(word), seed \(seed)")
        }
        #expect(stems.count == words.count)
    }

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

    @Test(.enabled("There is no catalog; set DEPLOYSTACK_CATALOG to a JSON file.") { CatalogFile.location != nil })
    func realEntriesHaveTheSameAnswers() async throws {
        let texts = try CatalogFile.texts()
        var random = RandomText(seed: 7, words: texts.flatMap { $0.split(separator: " ").map { String($0) } })

        let questions = texts.flatMap { text in
            [Question(text: text, search: "database or server"), Question(text: text, search: random.search(in: text))]
        }

        try await expectEqualAnswers(questions, "catalog")
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

    // MARK: Asking both sides

    private func expectEqualAnswers(_ questions: [Question], _ origin: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answers = try await withClient { client in
            try await client.run(Self.ask(questions)).rows
        }

        #expect(answers.count == questions.count, sourceLocation: sourceLocation)
        for (question, answer) in zip(questions, answers) {
            let own = try Self.answer(question)
            #expect(own == answer, "\(origin): \(String(reflecting: question))", sourceLocation: sourceLocation)
        }
    }

    private static func ask(_ questions: [Question]) -> Statement<Answer> {
        Statement(
            """
            SELECT
                coalesce((
                    SELECT string_agg(t.tokid || ':' || t.token, '|' ORDER BY t.n)
                    FROM ROWS FROM (ts_parse('default', i.text)) WITH ORDINALITY AS t(tokid, token, n)
                ), ''),
                v.vector::text,
                v.query::text,
                v.vector @@ v.query,
                encode(float4send(ts_rank(v.vector, v.query)), 'hex')
            FROM unnest(\(questions.map(\.text)), \(questions.map(\.search))) WITH ORDINALITY AS i(text, search, n)
            CROSS JOIN LATERAL (SELECT to_tsvector('english', i.text) AS vector, websearch_to_tsquery('english', i.search) AS query) AS v
            ORDER BY i.n
            """
        ) { row in
            Answer(tokens: try row.read(), vector: try row.read(), query: try row.read(), isFound: try row.read(), rank: try row.read())
        }
    }

    private static func answer(_ question: Question) throws -> Answer {
        let vector = try TextVector(english: question.text)
        let query = TextQuery(websearch: question.search)
        let bits = String(TextRank.rank(vector, of: query).bitPattern, radix: 16)
        return Answer(
            tokens: TextParser.tokens(of: question.text).map { "\($0.kind.rawValue):\($0.text)" }.joined(separator: "|"), vector: vector.description,
            query: query.description, isFound: query.matches(vector), rank: String(repeating: "0", count: 8 - bits.count) + bits)
    }
}

/// A catalog of real entries, if there is one.
private enum CatalogFile {
    private struct Entry: Decodable {
        var name: String
        var description: String?
    }

    /// The file that `DEPLOYSTACK_CATALOG` names, or the one beside the project.
    static var location: URL? {
        if let path = ProcessInfo.processInfo.environment["DEPLOYSTACK_CATALOG"], !path.isEmpty {
            return URL(filePath: path)
        }
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let beside = project.deletingLastPathComponent().appending(path: "shared/data/mcp-catalog.json")
        return FileManager.default.fileExists(atPath: beside.path) ? beside : nil
    }

    /// What is searched of each entry.
    static func texts() throws -> [String] {
        guard let location else { return [] }
        return try JSONDecoder().decode([Entry].self, from: Data(contentsOf: location)).map { $0.name + " " + ($0.description ?? "") }
    }
}
