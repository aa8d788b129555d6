import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TagTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        for (name, tags) in [
            ("java", ["java", "db"]), ("script", ["javascript"]), ("caf1", ["caf\u{e9}"]), ("caf2", ["cafe\u{301}"]), ("case", ["Java"]),
            ("bare", []),
            ("odd", ["a,b", "{x}", "\"q\"", "\\", "'", "null", "1"]),
        ] {
            try await store.catalog.create(.fixture(name: name, tags: tags), by: .system)
        }
        return store
    }

    private static let allExamples: [(tags: [String], names: [String])] = [
        (["java"], ["java"]), (["Java"], ["case"]), (["java", "db"], ["java"]), (["db", "java", "db"], ["java"]), (["java", "javascript"], []),
        (["jav"], []), (["caf\u{e9}"], ["caf1"]), (["cafe\u{301}"], ["caf2"]), ([" java "], []),
        (["a,b"], ["odd"]), (["{x}"], ["odd"]), (["\"q\"", "\\", "'"], ["odd"]), (["null", "1"], ["odd"]), (["a"], []),
    ]

    @Test(arguments: Backend.all)
    func allTagsAreMatchedExactlyByBytes(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (tags, names) in Self.allExamples {
            #expect(try await store.catalog.servers(withAllTags: tags).map(\.name) == names, "\(tags)")
        }
    }

    private static let anyExamples: [(tags: [String], names: [String])] = [
        (["java", "nothing"], ["java"]), (["java", "Java"], ["case", "java"]), (["db", "javascript"], ["java", "script"]), (["nothing"], []),
        (["caf\u{e9}", "cafe\u{301}"], ["caf1", "caf2"]), (["\\"], ["odd"]), (["q"], []),
    ]

    @Test(arguments: Backend.all)
    func anyTagIsMatchedExactlyByBytes(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (tags, names) in Self.anyExamples {
            #expect(try await store.catalog.servers(withAnyTag: tags).map(\.name) == names, "\(tags)")
        }
    }

    @Test(arguments: Backend.all)
    func withoutTagsAllOfNoneAreAllAndAnyOfNoneIsNone(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        #expect(try await store.catalog.servers(withAllTags: []).count == 7)
        #expect(try await store.catalog.servers(withAnyTag: []).isEmpty)
    }

    @Test(arguments: Backend.all)
    func taggedServersAreByFeatureAndNameAndByPage(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for name in ["b", "a", "c"] { try await store.catalog.create(.fixture(name: name, tags: ["t"], isFeatured: name == "c"), by: .system) }

        #expect(try await store.catalog.servers(withAllTags: ["t"]).map(\.name) == ["c", "a", "b"])
        #expect(try await store.catalog.servers(withAllTags: ["t"], page: Page(limit: 1, offset: 1)).map(\.name) == ["a"])
        #expect(try await store.catalog.servers(withAnyTag: ["t"]).map(\.name) == ["c", "a", "b"])
        #expect(try await store.catalog.servers(withAnyTag: ["t"], page: Page(limit: 2, offset: 2)).map(\.name) == ["b"])
    }

    @Test(arguments: Backend.all)
    func taggedServersOfOneNameAreOrderedByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for _ in 1...8 { try await store.catalog.create(.fixture(name: "Same", tags: ["t"]), by: .system) }

        let all = try await store.catalog.servers(withAllTags: ["t"]).map(\.id)

        #expect(all.count == 8 && all == all.sorted())
        #expect(try await store.catalog.servers(withAnyTag: ["t"]).map(\.id) == all)
    }

    @Test(arguments: Backend.all)
    func aViewerFindsOnlyWhatHeSees(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: "global", tags: ["t"]))
        _ = try await scene.addServer(.fixture(name: "own", tags: ["t", "u"], ownerTeam: scene.team.id))
        let catalog = scene.store.catalog

        #expect(try await catalog.servers(withAllTags: ["t"], viewer: .member(of: []), page: .first).map(\.name) == ["global"])
        #expect(try await catalog.servers(withAnyTag: ["t"], viewer: .member(of: []), page: .first).map(\.name) == ["global"])
        #expect(try await catalog.servers(withAnyTag: ["t"], viewer: .member(of: [scene.team.id]), page: .first).map(\.name) == ["global", "own"])
        #expect(try await catalog.tagCounts(viewer: .member(of: []), limit: 10) == [TagCount(tag: "t", count: 1)])
        #expect(try await catalog.tagCounts(viewer: .administrator, limit: 10) == [TagCount(tag: "t", count: 2), TagCount(tag: "u", count: 1)])
    }

    @Test(arguments: Backend.all)
    func tagsAreCountedTheMostFrequentFirstThenByBytes(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for tags in [["b", "a", "é"], ["b", "B"], ["b", "é", "cafe\u{301}"], ["caf\u{e9}"]] {
            try await store.catalog.create(.fixture(tags: tags), by: .system)
        }

        let counts = try await store.catalog.tagCounts(viewer: .administrator, limit: 1_000)

        #expect(counts.map { bytes($0.tag) } == ["b", "é", "B", "a", "cafe\u{301}", "caf\u{e9}"].map { bytes($0) })
        #expect(counts.map(\.count) == [3, 2, 1, 1, 1, 1])
        #expect(try await store.catalog.tagCounts(viewer: .administrator, limit: 2).map(\.tag) == ["b", "é"])
    }

    @Test(arguments: Backend.all)
    func theLimitOfTagCountsHasARange(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for limit in [0, -1, 1_001] {
            await expectError(.validation("limit", "it must be 1 to 1000")) {
                _ = try await store.catalog.tagCounts(viewer: .administrator, limit: limit)
            }
        }
    }

    @Test(arguments: Backend.all)
    func tagsAreStoredTrimmedWithoutBlanksAndOnceInTheirOrder(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let server = try await store.catalog.create(
            .fixture(tags: ["z", " a", "", "\u{3000}", "a", "caf\u{e9}", "cafe\u{301}", "z "]), by: .system)

        #expect(server.tags.map { bytes($0) } == ["z", "a", "caf\u{e9}", "cafe\u{301}"].map { bytes($0) })
    }
}
