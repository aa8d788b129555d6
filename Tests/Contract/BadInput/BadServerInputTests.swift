import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadServerInputTests {
    /// Servers that are not acceptable, each with the field that is not.
    static let examples: [(server: NewServer, field: String)] = [
        (NewServer(name: ""), "name"), (NewServer(name: " \u{3000}"), "name"), (NewServer(name: "a\0b"), "name"),
        (NewServer(name: BadText.filled(201)), "name"), (NewServer(name: String(repeating: "x", count: 1_000_000)), "name"),
        (NewServer(name: "a", description: BadText.filled(10_001)), "description"), (NewServer(name: "a", description: "\0"), "description"),
        (NewServer(name: "a", longDescription: String(repeating: "x", count: 100_001)), "longDescription"),
        (NewServer(name: "a", version: ""), "version"), (NewServer(name: "a", version: "1\0"), "version"),
        (NewServer(name: "a", iconURL: String(repeating: "x", count: 2_049)), "iconURL"), (NewServer(name: "a", websiteURL: ""), "websiteURL"),
        (NewServer(name: "a", repositoryURL: "https://github.com/a\0/b"), "repositoryURL"), (NewServer(name: "a", gitCommitSHA: ""), "gitCommitSHA"),
        (NewServer(name: "a", language: ""), "language"), (NewServer(name: "a", runtime: BadText.filled(201)), "runtime"),
        (NewServer(name: "a", transport: .unknown("pigeon")), "transport"), (NewServer(name: "a", status: .unknown("gone")), "status"),
        (NewServer(name: "a", source: .unknown("elsewhere")), "source"), (NewServer(name: "a", gitHubStars: -1), "gitHubStars"),
        (NewServer(name: "a", gitHubStars: .max), "gitHubStars"),
        (NewServer(name: "a", tags: [BadText.filled(101)]), "tags"), (NewServer(name: "a", tags: [String(repeating: "x", count: 10_000)]), "tags"),
        (NewServer(name: "a", tags: ["a\0"]), "tags"), (NewServer(name: "a", tags: (0...100).map(String.init)), "tags"),
        (NewServer(name: "a", metadata: []), "metadata"), (NewServer(name: "a", metadata: .null), "metadata"),
        (NewServer(name: "a", metadata: ["k": "a\0"]), "metadata"), (NewServer(name: "a", metadata: ["a\0": 1]), "metadata"),
        (NewServer(name: "a", metadata: ["k": .string(String(repeating: "x", count: 1_048_577))]), "metadata"),
        (NewServer(name: "a", metadata: nested(70)), "metadata"),
        (NewServer(name: "a", packages: [:]), "packages"), (NewServer(name: "a", remotes: "x"), "remotes"),
        (NewServer(name: "a", configuration: .init(template: .init(args: [:]))), "configuration.template.args"),
        (NewServer(name: "a", configuration: .init(team: .init(env: .null))), "configuration.team.env"),
        (NewServer(name: "a", configuration: .init(user: .init(headers: 1))), "configuration.user.headers"),
        (NewServer(name: "a", configuration: .init(user: .init(queryParams: [["name": "a\0"]]))), "configuration.user.queryParams"),
    ]

    private static func nested(_ depth: Int) -> JSONValue {
        (0..<depth).reduce([:] as JSONValue) { value, _ in ["k": value] }
    }

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsRefusedWithItsFieldAndNothingIsStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for example in Self.examples {
            await expectInvalid(example.field) { try await store.catalog.create(example.server, by: .system) }
        }

        #expect(try await store.catalog.list(viewer: .administrator).total == 0)
    }

    @Test(arguments: Backend.all)
    func theLargestThatAreAllowedAreStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let tags = (0..<100).map { String(repeating: "\u{1F600}", count: 97) + "\(100 + $0)" }
        let new = NewServer(
            name: BadText.filled(200), description: BadText.filled(10_000), longDescription: String(repeating: "x", count: 100_000),
            iconURL: String(repeating: "x", count: 2_048), language: BadText.filled(200), tags: tags,
            metadata: ["k": .string(String(repeating: "x", count: 1_040_000)), "n": Self.nested(60)], gitHubStars: Int(Int32.max))

        let server = try await store.catalog.create(new, by: .system)

        #expect(try await store.catalog.server(server.id) == server)
        #expect(server.name == BadText.filled(200))
        #expect(server.tags == tags)
        #expect(server.gitHubStars == Int(Int32.max))
    }

    @Test(
        arguments: Backend.all, [[""], [" "], ["a", "\u{3000}"], ["a\0"], [String(repeating: "x", count: 10_000)], (0...100).map(String.init)])
    func badTagsAreRefusedByEveryQuery(_ backend: Backend, _ tags: [String]) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectInvalid("tags") { _ = try await scene.store.catalog.servers(withAllTags: tags) }
        await expectInvalid("tags") { _ = try await scene.store.catalog.servers(withAnyTag: tags) }
        await expectInvalid("tags") { _ = try await scene.store.installations.installationViews(team: scene.team.id, tagged: tags, match: .any) }
        await expectInvalid("tags") { _ = try await scene.store.installations.installationViews(team: "nothing", tagged: tags, match: .all) }
    }

    @Test(arguments: Backend.all)
    func aSearchThatNobodyTypesIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let texts = ["a\0b", String(repeating: "word ", count: 20_000), String(repeating: "x", count: 4_097), String(repeating: "a-", count: 600)]

        for text in texts {
            await expectInvalid("text") { _ = try await store.catalog.search(text, viewer: .administrator) }
        }
    }

    @Test(arguments: Backend.all, [33, 34, 1_000])
    func manyHyphensAreNoError(_ backend: Backend, _ count: Int) async throws {
        let store = try await backend.makeStore()
        try await store.catalog.create(.fixture(name: "word"), by: .system)

        let negated = try await store.catalog.search(String(repeating: "-", count: count) + "word", viewer: .administrator)

        #expect(negated.total == (count.isMultiple(of: 2) ? 1 : 0))
    }
}
