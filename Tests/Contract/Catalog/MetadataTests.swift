import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct MetadataTests {
    private func scene(_ backend: Backend) async throws -> TeamScene {
        let scene = try await TeamScene.make(on: backend)
        let documents: [(String, JSONValue)] = [
            ("a", ["plan": "team", "limits": ["seats": 5, "regions": ["eu", "us"]]]), ("b", ["plan": "team", "limits": ["seats": 5.0]]),
            ("c", ["plan": ["name": "team"]]), ("d", ["limits": ["regions": ["eu", "us"], "seats": 5]]), ("e", [:]), ("f", ["plan": .null]),
        ]
        for (name, metadata) in documents { try await scene.addServerNamed(name, metadata: metadata) }
        return scene
    }

    @Test(arguments: Backend.all)
    func anEntryIsFoundByWhatItsMetadataContains(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let expected: [(JSONValue, [String])] = [
            (["plan": "team"], ["a", "b"]), (["limits": ["seats": 5]], ["a", "b", "d"]), (["limits": ["regions": ["us"]]], ["a", "d"]),
            (["plan": ["name": "team"]], ["c"]), (["plan": .null], ["f"]), ([:], ["a", "b", "c", "d", "e", "f"]), (["nothing": 1], []),
            (["plan": "Team"], []),
        ]

        for (object, names) in expected {
            #expect(try await scene.store.catalog.servers(metadataContains: object).map(\.name) == names, "\(object.text)")
        }
    }

    @Test(arguments: Backend.all)
    func anEntryIsFoundByWhatStandsAtAPlaceOfItsMetadata(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let expected: [([String], JSONValue, [String])] = [
            (["plan"], "team", ["a", "b"]), (["limits", "seats"], 5, ["a", "b", "d"]),
            (["limits"], ["seats": 5, "regions": ["eu", "us"]], ["a", "d"]),
            (["limits", "regions", "0"], "eu", ["a", "d"]), (["limits", "regions", "-1"], "us", ["a", "d"]),
            (["limits", "regions", " +1"], "us", ["a", "d"]), (["limits", "regions", "2"], "us", []), (["limits", "regions", "x"], "us", []),
            (["limits", "regions", "99999999999"], "us", []), (["limits", "regions", "1 "], "us", []), (["limits", "regions"], ["us", "eu"], []),
            (["plan"], .null, ["f"]), (["plan", "name"], "team", ["c"]), (["nothing"], "team", []), (["plan", "x"], "team", []),
        ]

        for (path, value, names) in expected {
            #expect(try await scene.store.catalog.servers(metadataAt: path, equals: value).map(\.name) == names, "\(path) \(value.text)")
        }
    }

    @Test(arguments: Backend.all)
    func metadataIsOneConditionOfAFilterAmongOthers(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let match = MetadataMatch(at: ["limits", "seats"], equals: 5)

        let list = try await scene.store.catalog.list(
            viewer: .member(of: []), filter: CatalogFilter(metadataContains: ["plan": "team"], metadataMatch: match))
        let hits = try await scene.store.catalog.search("a or d", viewer: .administrator, filter: CatalogFilter(metadataMatch: match))

        #expect(list.items.map(\.name) == ["a", "b"] && list.total == 2)
        #expect(hits.items.map(\.server.name) == ["d"], "“a” is a word that does not count")
    }

    @Test(arguments: Backend.all)
    func metadataThatCannotBeLookedForIsRefused(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog

        for value: JSONValue in [[], "a", .null, ["a": "\0"]] {
            await expectInvalid("filter.metadataContains") { _ = try await catalog.servers(metadataContains: value) }
        }
        for path in [[], ["a\0"], Array(repeating: "a", count: 21), [String(repeating: "x", count: 201)]] {
            await expectInvalid("filter.metadataMatch.path") { _ = try await catalog.servers(metadataAt: path, equals: 1) }
        }
        await expectInvalid("filter.metadataMatch.value") { _ = try await catalog.servers(metadataAt: ["a"], equals: "\0") }
    }

    @Test(arguments: Backend.all)
    func entriesWithoutTagsAreFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for (name, tags) in [("a", ["x", "y"]), ("b", ["y"]), ("c", []), ("d", ["X"])] {
            _ = try await scene.addServer(.fixture(name: name, tags: tags))
        }

        #expect(try await scene.store.catalog.servers(withoutTags: ["x"]).map(\.name) == ["b", "c", "d"])
        #expect(try await scene.store.catalog.servers(withoutTags: ["x", "y"]).map(\.name) == ["c", "d"])
        #expect(try await scene.store.catalog.servers(withoutTags: []).map(\.name) == ["a", "b", "c", "d"])
        #expect(try await scene.store.catalog.servers(withoutTags: ["q"], page: Page(limit: 2, offset: 1)).map(\.name) == ["b", "c"])
        await expectInvalid("filter.noTags") { _ = try await scene.store.catalog.servers(withoutTags: [" "]) }
    }
}

extension TeamScene {
    fileprivate func addServerNamed(_ name: String, metadata: JSONValue) async throws {
        _ = try await addServer(.fixture(name: name, metadata: metadata))
    }
}
