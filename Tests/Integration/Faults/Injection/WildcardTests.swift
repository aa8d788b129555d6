import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// The characters that are wildcards in LIKE stand for themselves everywhere, because nothing is compared with LIKE.
@Suite(.faults, .requiresServer, .database)
struct WildcardTests {
    @Test
    func percentUnderscoreAndBackslashStandForThemselves() async throws {
        // A pattern that stands in the statement itself is no text from outside.
        let patterns = StatementCatalogue.all.filter {
            $0.shape.sql.replacing(/~ '[^']*'/, with: "").contains(/(?i)\b(I?LIKE|SIMILAR\s+TO|starts_with|regexp_\w+)\b|~/)
        }
        #expect(patterns.map(\.name) == [])

        let lanes = 3
        let needed = FaultSize.of(ci: 900, long: 100_000)
        let result = try await withThrowingTaskGroup(of: (comparisons: Int, differences: [String]).self) { group in
            for lane in 0..<lanes {
                group.addTask { try await Self.compare(needed / lanes, random: FaultSeed.run.generator("Q2 \(lane)")) }
            }
            return try await group.reduce(into: (comparisons: 0, differences: [String]())) {
                $0 = ($0.comparisons + $1.comparisons, $0.differences + $1.differences)
            }
        }

        #expect(result.differences == [], "\(FaultSeed.run)")
        FaultReport.row(
            "Q2",
            "no LIKE, ILIKE or other pattern in any of \(StatementCatalogue.all.count) statements (\(patterns.count) found); %, _ and \\ in tags, slugs, "
                + "languages, addresses and searches, \(result.comparisons) look-ups compared with a bytewise comparison and the in-memory store: "
                + "differences \(result.differences.count)")
    }

    /// Texts of few characters, most of them wildcards, so that a pattern would match many others.
    private static func compare(_ count: Int, random: FaultRandom) async throws -> (comparisons: Int, differences: [String]) {
        var random = random
        let clock = ManualTimeSource()
        let stores = [
            try await Backend.inMemory.makeStore(options: StoreWorld.options(clock: clock)),
            try await Backend.postgres.makeStore(options: StoreWorld.options(clock: clock)),
        ]
        let alphabet = ["%", "_", "\\", "a", "A", "ab", "%%", "\\%", "\\_", "\\\\", "\u{E9}", "*", "?", "."]
        var seen: Set<[UInt8]> = []
        var texts: [String] = []
        while texts.count < 60 {
            let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
            if seen.insert(Array(text.utf8)).inserted { texts.append(text) }
        }
        for store in stores {
            for (number, text) in texts.enumerated() {
                try await store.catalog.create(
                    NewServer(name: "\(text) x", description: "word\(number)", language: text, runtime: text, tags: [text, "all"]), by: .system)
                // Some addresses differ in the case of ASCII letters alone, and are taken.
                _ = try? await store.users.createUser(NewUser(username: "user \(number)", email: "\(text)@example.org"), withDefaultTeam: false)
            }
        }
        var (comparisons, differences) = (0, [String]())
        func check(_ what: String, _ wanted: [String], _ answer: (DataStore) async throws -> [String]) async throws {
            comparisons += 1
            for (number, store) in stores.enumerated() {
                let found = try await answer(store).map { Array($0.utf8) }
                if Set(found) != Set(wanted.map { Array($0.utf8) }) { differences.append("\(number) \(what)") }
            }
        }
        for _ in 0..<count / 5 {
            // Half of the time one that exists.
            let made = (0..<Int.random(in: 1...4, using: &random)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
            let text = Bool.random(using: &random) ? texts[Int.random(in: 0..<texts.count, using: &random)] : made
            let equal = texts.filter { Array($0.utf8) == Array(text.utf8) }
            let others = texts.filter { Array($0.utf8) != Array(text.utf8) }
            try await check("tag \(text)", equal) { store in
                try await store.catalog.servers(withAllTags: [text], viewer: .administrator, page: Page(limit: 100)).map(\.language)
            }
            try await check("no tag \(text)", others) { store in
                try await store.catalog.list(viewer: .administrator, filter: CatalogFilter(noTags: [text]), sort: .name, page: Page(limit: 100)).items
                    .map(\.language)
            }
            try await check("language \(text)", equal) { store in
                try await store.catalog.list(viewer: .administrator, filter: CatalogFilter(language: text, runtime: text)).items.map(\.language)
            }
            // Case is folded for ASCII letters in addresses, and for nothing else.
            let folded = texts.filter { Self.folded($0) == Self.folded(text) }.map { "\(Self.folded($0))@example.org" }.prefix(1)
            try await check("address \(text)", Array(folded)) { store in
                try await store.users.user(email: "\(text)@example.org").map { [$0.email] } ?? []
            }
            // A search is for words: a wildcard in it neither widens nor narrows it.
            let number = Int.random(in: 0..<texts.count, using: &random)
            try await check("search \(text)", [texts[number]]) { store in
                try await store.catalog.search("%\"word\(number)\"_\\", viewer: .administrator).items.map(\.server.language)
            }
        }
        return (comparisons, differences)
    }

    private static func folded(_ text: String) -> String {
        String(decoding: text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
