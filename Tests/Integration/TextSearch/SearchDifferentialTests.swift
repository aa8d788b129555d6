import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing
import TextSearch

/// Asks the server and our own text search the same questions, many in each statement.
///
/// `DEPLOYSTACK_SEARCH_COMPARISONS` says how many comparisons of what is found and of ranks to make at least, 120 000 if it does not; `DEPLOYSTACK_SEED` repeats a run with another seed
/// than 1. What may differ is listed in `KnownDifferences`; everything else that differs fails the test.
@Suite("Text search in memory and on the server, at length", .requiresServer)
struct SearchDifferentialTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let wanted = environment["DEPLOYSTACK_SEARCH_COMPARISONS"].flatMap { Int($0) } ?? 120_000
    private static let seed = environment["DEPLOYSTACK_SEED"].flatMap { UInt64($0) } ?? 1

    @Test func everythingThatIsComparedIsEqual() async throws {
        let start = ContinuousClock.now
        let texts = try CatalogTexts.texts()
        let (words, origin) = SearchVocabulary.words(of: texts)
        let result = try await withClient(limits: ClientLimits(callTimeout: .seconds(120))) { client in
            try await client.withConnection { session in
                var differential = try await SearchDifferential(session: session)
                let few = words.prefix(max(20_000, Self.wanted / 10))
                for start in stride(from: 0, to: few.count, by: 2_000) where differential.result.differences.isEmpty {
                    try await differential.compareStems(of: Array(few[start..<min(start + 2_000, few.count)]))
                }
                try await Self.compareReadings(&differential)
                try await Self.compareCatalog(texts, words, &differential)
                try await Self.compareGenerated(words, &differential)
                return differential.result
            }
        }

        let counts = result.counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
        print(
            "Text search: \(result.total) comparisons (\(counts)) in \(ContinuousClock.now - start), seed \(Self.seed), "
                + "\(words.count) words from \(origin), \(result.differences.count) differences, \(result.uncertainRanks) ranks left out as known")
        #expect(result.differences == [])
        #expect(result.ofHits >= Self.wanted)
    }

    /// Searches that are made to be refused.
    private static func compareReadings(_ differential: inout SearchDifferential) async throws {
        var random = RandomText(seed: seed)
        try await differential.compareReadings(
            of: ["doi", "bei", "havi", "cat doi", "runni", "connecti", "\"web connecti"], "words in the middle of an ending")
        for start in stride(from: 0, to: wanted < 1_000_000 ? 6_000 : wanted / 2, by: 500) where differential.result.differences.isEmpty {
            try await differential.compareReadings(of: (0..<500).map { _ in random.hostileSearch() }, "hostile searches \(start)…, seed \(seed)")
        }
    }

    /// Searches of entries as they are.
    private static func compareCatalog(_ texts: [String], _ words: [String], _ differential: inout SearchDifferential) async throws {
        let some = Array(texts.prefix(max(60, wanted / 1_000)))
        var random = RandomText(seed: seed, words: some.flatMap { $0.split(separator: " ").map { String($0) } })
        for start in stride(from: 0, to: some.count, by: 30) where differential.result.differences.isEmpty {
            let part = Array(some[start..<min(start + 30, some.count)])
            try await differential.compare(part, questions(in: part, &random), "entries \(start)… of the catalog, seed \(seed)")
        }
    }

    /// Searches of texts that are made to find differences, until enough was compared.
    private static func compareGenerated(_ words: [String], _ differential: inout SearchDifferential) async throws {
        var number = seed
        while differential.result.ofHits < wanted, differential.result.differences.isEmpty {
            var random = RandomText(seed: number &* 1_000_003, words: Array(words.prefix(200)))
            let texts = (0..<30).map { _ in random.text() }
            var questions = questions(in: texts, &random)
            questions += try await differential.compareRefusals(of: texts.map { random.rawQuery(in: $0) }, "batch \(number), seed \(seed)")
            try await differential.compare(texts, questions, "batch \(number), seed \(seed)")
            number += 1
        }
    }

    private static func questions(in texts: [String], _ random: inout RandomText) -> [SearchQuestion] {
        texts.flatMap { text in [SearchQuestion(.web, random.search(in: text)), SearchQuestion(.prefix, random.typed(in: text))].compactMap { $0 } }
    }
}

/// The names and descriptions of a catalog.
enum CatalogTexts {
    private struct Entry: Decodable {
        var name: String
        var description: String?
    }

    private static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized

    /// The file that `DEPLOYSTACK_CATALOG` names, or the one beside the project, or the sample that the demo imports.
    static var location: URL {
        if let path = ProcessInfo.processInfo.environment["DEPLOYSTACK_CATALOG"], !path.isEmpty {
            return URL(filePath: path)
        }
        let beside = project.deletingLastPathComponent().appending(path: "shared/data/mcp-catalog.json")
        return FileManager.default.fileExists(atPath: beside.path)
            ? beside : project.appending(path: "Sources/deploystack-db/Demo/SampleCatalog.json")
    }

    /// What is searched of each entry.
    static func texts() throws -> [String] {
        try JSONDecoder().decode([Entry].self, from: Data(contentsOf: location)).map { $0.name + " " + ($0.description ?? "") }
    }
}
