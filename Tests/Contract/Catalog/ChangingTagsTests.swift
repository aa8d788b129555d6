import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingTagsTests {
    @Test(arguments: Backend.all)
    func newTagsComeBehindTheOthersInTheirOrder(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: ["z", "a"]))
        scene.clock.advance(by: .seconds(1))

        let changed = try await scene.store.catalog.addTags([" c ", "a", "b", "c", ""], to: server.id, by: .system)

        #expect(changed?.tags == ["z", "a", "c", "b"])
        #expect(changed?.updatedAt == scene.clock.now())
        #expect(try await scene.store.catalog.server(server.id) == changed)
        #expect(try await scene.store.catalog.servers(withAllTags: ["b", "z"]).map(\.id) == [server.id])
    }

    @Test(arguments: Backend.all)
    func aTagThatIsThereOrNotThereAlreadyChangesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: ["a", "b"]))
        scene.clock.advance(by: .seconds(1))

        for tags in [["b", "a"], []] { #expect(try await scene.store.catalog.addTags(tags, to: server.id, by: .system) == server) }
        for tags in [["c", "A"], []] { #expect(try await scene.store.catalog.removeTags(tags, from: server.id, by: .system) == server) }
    }

    @Test(arguments: Backend.all)
    func removedTagsAreGone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: ["a", "b", "c", "d"]))
        scene.clock.advance(by: .seconds(1))

        let changed = try await scene.store.catalog.removeTags([" d ", "b", "x"], from: server.id, by: .system)

        #expect(changed?.tags == ["a", "c"])
        #expect(changed?.updatedAt == scene.clock.now())
        #expect(try await scene.store.catalog.server(server.id) == changed)
    }

    @Test(arguments: Backend.all)
    func tagsAreComparedByBytes(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: ["caf\u{e9}"]))

        let changed = try await scene.store.catalog.addTags(["cafe\u{301}", "\"quoted\" \\ ' tag"], to: server.id, by: .system)

        #expect(changed.map { $0.tags.map(bytes) } == ["caf\u{e9}", "cafe\u{301}", "\"quoted\" \\ ' tag"].map(bytes))
        #expect(try await scene.store.catalog.removeTags(["caf\u{e9}"], from: server.id, by: .system)?.tags.count == 2)
    }

    @Test(arguments: Backend.all)
    func anEntryHasAtMostAHundredTags(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer(.fixture(tags: (0..<99).map { "tag \($0)" }))

        await expectError(.validation("tags", "there may be at most 100 tags")) {
            try await scene.store.catalog.addTags(["x", "y", "tag 5"], to: server.id, by: .system)
        }
        #expect(try await scene.store.catalog.server(server.id) == server)
        #expect(try await scene.store.catalog.addTags(["x", "tag 5"], to: server.id, by: .system)?.tags.count == 100)
        await expectInvalid("tags") { try await scene.store.catalog.addTags((0...100).map { "\($0)" }, to: server.id, by: .system) }
        await expectInvalid("tags") { try await scene.store.catalog.addTags(["a\0"], to: server.id, by: .system) }
        await expectInvalid("tags") { try await scene.store.catalog.removeTags(["a\0"], from: server.id, by: .system) }
    }

    @Test(arguments: Backend.all)
    func tagsThatManyAddAtOnceAreAllThere(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        let outcomes = await race(20) { number in
            try await scene.store.catalog.addTags(["tag \(number)", "common"], to: server.id, by: .system)
        }

        #expect(outcomes.errors.isEmpty)
        #expect(Set(try await scene.store.catalog.server(server.id)?.tags ?? []) == Set((0..<20).map { "tag \($0)" } + ["common"]))
        #expect(try await scene.store.catalog.server(server.id)?.tags.count == 21)
    }
}
