import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RejectedEntriesTests {
    @Test(arguments: ["", "{", "[1,]", "nul", "[{\"name\": \"a\"}] x", "[{\"name\": \"a\\u0000b\"}]", "\u{feff}[]"])
    func aFileThatIsNotJSONIsRefused(_ text: String) async {
        await expectInvalid("catalog") { _ = try CatalogFile(text: text) }
    }

    @Test(arguments: ["{}", "null", "1", "\"[]\"", "{\"servers\": []}"])
    func aFileThatIsNotAnArrayIsRefused(_ text: String) async {
        await expectError(.validation("catalog", "it must be a JSON array of entries")) { _ = try CatalogFile(text: text) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() async {
        await expectInvalid("catalog") { _ = try CatalogFile(json: Array("[\"".utf8) + [0xff] + Array("\"]".utf8)) }
    }

    @Test(arguments: Backend.all)
    func anEmptyFileImportsNothing(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.catalog.importServers(try CatalogFile(text: "[]")) == CatalogImportReport())
    }

    @Test(
        arguments: [
            ("1", "entry", nil), ("null", "entry", nil), ("[]", "entry", nil), ("{}", "name", nil), (#"{"name": null}"#, "name", nil),
            (#"{"name": 7}"#, "name", nil), (#"{"name": ""}"#, "name", ""), (#"{"name": "  "}"#, "name", "  "),
            (#"{"name": "a", "title": 1}"#, "title", "a"), (#"{"name": "a", "title": ""}"#, "name", "a"),
            (#"{"name": "a", "description": []}"#, "description", "a"), (#"{"name": "a", "tags": "x"}"#, "tags", "a"),
            (#"{"name": "a", "tags": ["x", 1]}"#, "tags", "a"), (#"{"name": "a", "category": {}}"#, "category", "a"),
            (#"{"name": "a", "category": " "}"#, "category", "a"), (#"{"name": "a", "repository": false}"#, "repository", "a"),
            (#"{"name": "a", "remote": "https://example.org"}"#, "remote", "a"),
            (#"{"name": "a", "remote": {"transport_type": "pigeon"}}"#, "remote.transport_type", "a"),
            (#"{"name": "a", "remote": {"transport_type": 1}}"#, "remote.transport_type", "a"), (#"{"name": "a", "oauth": {}}"#, "oauth", "a"),
            (#"{"name": "a", "env": [1]}"#, "env", "a"), (#"{"name": "a", "env": [{}]}"#, "env.name", "a"),
            (#"{"name": "a", "secrets": [{"name": "x"}]}"#, "secrets.env", "a"), (#"{"name": "a", "image": 1}"#, "image", "a"),
            (#"{"name": "a", "icon": ""}"#, "iconURL", "a"), (#"{"name": "a", "type": 1}"#, "type", "a"),
            (#"{"name": "a", "commit": 1}"#, "commit", "a"),
        ] as [(String, String, String?)])
    func anEntryOfTheWrongShapeIsRejectedWithItsField(_ example: (entry: String, field: String, name: String?)) async throws {
        let store = DataStore.inMemory()

        let report = try await store.catalog.importServers(try CatalogFile(text: "[\(example.entry)]"))

        let rejection = try #require(report.rejected.first)
        #expect(report.total == 1)
        #expect(rejection.index == 0)
        #expect(rejection.name == example.name)
        #expect(rejection.error.kind == .validation)
        #expect(rejection.error.field == example.field)
    }

    @Test(arguments: Backend.all)
    func oneBadEntryNeverStopsTheRest(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let report = try await store.catalog.importServers(
            try CatalogFile(text: #"[{"name": "a"}, 1, {"name": "b", "tags": [" ", "x"]}, {"name": "c", "tags": 5}, {"name": "A"}, {"name": "d"}]"#))

        #expect(report.inserted == 3)
        #expect(report.rejected.map(\.index) == [1, 3, 4])
        #expect(report.rejected.map(\.name) == [nil, "c", "A"])
        #expect(report.rejected.map(\.error.field) == ["entry", "tags", "name"])
        #expect(report.rejected[2].error == .validation("name", "entry 0 has the same slug, and an entry can be imported once"))
        #expect(try await store.catalog.list(viewer: .administrator).items.map(\.name) == ["a", "b", "d"])
    }

    @Test(arguments: Backend.all)
    func entriesThatAreTooLongAreRejectedAndOthersRoundTrip(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let long = String(repeating: "x", count: 201)
        let odd = #"Robert'); DROP TABLE \"teams\";-- \\ \ud83d\ude00 \u202e"#

        let report = try await store.catalog.importServers(
            try CatalogFile(
                text: """
                    [{"name": "\(long)"}, {"name": "a", "tags": ["\(long)"]}, {"name": "b", "description": "\(String(repeating: "y", count: 10_001))"},
                     {"name": "c", "title": "\(odd)", "tags": ["\(odd)"]}]
                    """))

        #expect(report.inserted == 1)
        #expect(report.rejected.map(\.error.field) == ["name", "tags", "description"])
        let server = try #require(try await store.catalog.server(slug: "c"))
        #expect(bytes(server.name) == bytes("Robert'); DROP TABLE \"teams\";-- \\ \u{1F600} \u{202e}"))
        #expect(server.tags.map { bytes($0) } == [bytes(server.name)])
    }
}
