import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BrowsingTests {
    private static let sorts = [CatalogSort.name, .gitHubStars, .newest]

    /// Thirty entries: some are featured, some have equal names, stars or times, some are a microsecond apart.
    private func scene(_ backend: Backend) async throws -> TeamScene {
        let scene = try await TeamScene.make(on: backend)
        for number in 0..<30 {
            try await scene.addEntry(number)
            if number % 3 != 0 { scene.clock.advance(by: .microseconds(1)) }
        }
        return scene
    }

    @Test(arguments: Backend.all)
    func pagesPutTogetherAreTheListForwardsAndBackwards(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let catalog = scene.store.catalog

        for sort in Self.sorts {
            let list = try await catalog.list(viewer: .administrator, filter: .none, sort: sort, page: Page(limit: 100)).items
            for limit in [1, 7, 30, 100] {
                var forwards: [McpServer] = []
                var cursors: [ListCursor?] = [nil]
                while let cursor = cursors.last {
                    let page = try await catalog.browse(viewer: .administrator, filter: .none, sort: sort, from: cursor, limit: limit)
                    #expect((page.previous == nil) == (cursor == nil))
                    forwards += page.items
                    guard let next = page.next else { break }
                    cursors.append(next)
                }
                #expect(forwards == list, "\(sort) by \(limit)")

                var page = try await catalog.browse(viewer: .administrator, filter: .none, sort: sort, from: cursors[cursors.count - 1], limit: limit)
                var backwards = page.items
                while let previous = page.previous {
                    page = try await catalog.browse(viewer: .administrator, filter: .none, sort: sort, from: previous, limit: limit)
                    #expect(page.next != nil)
                    backwards = page.items + backwards
                }
                #expect(backwards == list, "\(sort) backwards by \(limit)")
            }
        }
    }

    @Test(arguments: Backend.all)
    func pagesPutTogetherAreTheListWhileEntriesComeAndGo(_ backend: Backend) async throws {
        var random = SplitMix(state: UInt64.random(in: 1...UInt64.max))
        let seed = random.state
        for sort in Self.sorts {
            let scene = try await scene(backend)
            let catalog = scene.store.catalog
            let before = try await catalog.list(viewer: .administrator, filter: .none, sort: sort, page: Page(limit: 100)).items
            var (read, cursor, deleted): ([McpServer], ListCursor?, Set<McpServerID>) = ([], nil, [])
            var number = 30
            repeat {
                let limit = random.next(1...5)
                let page = try await catalog.browse(viewer: .administrator, filter: .none, sort: sort, from: cursor, limit: limit)
                read += page.items
                cursor = page.next
                for _ in 0..<random.next(0...3) {
                    scene.clock.advance(by: .microseconds(Int64(random.next(0...1))))
                    try await scene.addEntry(number)
                    number += 1
                }
                if random.next(0...2) == 0, let last = page.items.last {
                    // Also the entry that the cursor stands at.
                    _ = try await catalog.delete(last.id, by: .system)
                    deleted.insert(last.id)
                }
            } while cursor != nil && read.count < 200

            let ids = read.map(\.id)
            #expect(Set(ids).count == ids.count, "an entry came twice; seed \(seed)")
            let stayed = Set(before.map(\.id))
            #expect(read.filter { stayed.contains($0.id) } == before, "seed \(seed)")
            let now = try await catalog.list(viewer: .administrator, filter: .none, sort: sort, page: Page(limit: 100)).items.map(\.id)
            let places = Dictionary(uniqueKeysWithValues: now.enumerated().map { ($1, $0) })
            let order = ids.filter { !deleted.contains($0) }.compactMap { places[$0] }
            #expect(order == order.sorted(), "seed \(seed)")
        }
    }

    @Test(arguments: Backend.all)
    func hitsAreReadFromACursorToo(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let catalog = scene.store.catalog
        let text = "figures or report"
        let list = try await catalog.search(text, viewer: .administrator, filter: .none, page: Page(limit: 100)).items
        #expect(list.count > 20 && Set(list.map(\.rank)).count > 1)

        for limit in [1, 4, 100] {
            var page = try await catalog.browseHits(text, viewer: .administrator, filter: .none, from: nil, limit: limit)
            var forwards = page.items
            while let next = page.next {
                page = try await catalog.browseHits(text, viewer: .administrator, filter: .none, from: next, limit: limit)
                forwards += page.items
            }
            #expect(forwards == list)
            var backwards = page.items
            while let previous = page.previous {
                page = try await catalog.browseHits(text, viewer: .administrator, filter: .none, from: previous, limit: limit)
                backwards = page.items + backwards
            }
            #expect(backwards == list)
        }
        #expect(try await catalog.browseHits("the", viewer: .administrator) == CursorPage(items: [], previous: nil, next: nil))
    }

    @Test(arguments: Backend.all)
    func aListIsReadWithItsViewerAndFilter(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let own = try await scene.addServer(.fixture(name: "own", ownerTeam: scene.team.id))
        let filter = CatalogFilter(anyTag: ["tag 1", "tag 2"], metadataContains: ["even": true])

        let page = try await scene.store.catalog.browse(viewer: .administrator, filter: filter, sort: .name, from: nil, limit: 4)
        let next = try await scene.store.catalog.browse(viewer: .administrator, filter: filter, sort: .name, from: page.next, limit: 50)

        #expect(page.items + next.items == (try await scene.store.catalog.list(viewer: .administrator, filter: filter).items))
        #expect(next.next == nil && page.items.allSatisfy { $0.details == nil })
        let visible = try await scene.store.catalog.browse(viewer: .member(of: []), filter: .none, sort: .name, from: nil, limit: 100)
        #expect(visible.items.count == 30 && !visible.items.contains { $0.id == own.id })
    }

    @Test(arguments: Backend.all)
    func hitsAreReadWithTheirViewerAndFilter(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let own = try await scene.addServer(.fixture(name: "own", description: "Gathers figures", tags: ["tag 1"], ownerTeam: scene.team.id))
        let catalog = scene.store.catalog
        let filter = CatalogFilter(anyTag: ["tag 1"], metadataContains: ["even": true])

        for viewer in [CatalogViewer.member(of: []), .member(of: [scene.team.id])] {
            let seen = try await catalog.browseHits("figures", viewer: viewer, filter: .none, limit: 100).items
            #expect(seen == (try await catalog.search("figures", viewer: viewer, filter: .none, page: Page(limit: 100)).items))
            #expect(seen.contains { $0.server.id == own.id } == (viewer != .member(of: [])))
            var page = try await catalog.browseHits("figures", viewer: viewer, filter: filter, limit: 2)
            var hits = page.items
            while let next = page.next {
                page = try await catalog.browseHits("figures", viewer: viewer, filter: filter, from: next, limit: 2)
                hits += page.items
            }
            #expect(hits == (try await catalog.search("figures", viewer: viewer, filter: filter).items))
            #expect(hits.count == 5 && hits.allSatisfy { $0.server.tags == ["tag 1"] && $0.server.metadata == ["even": true] })
        }
    }

    @Test(arguments: Backend.all)
    func aCursorHoldsForItsListAlone(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let catalog = scene.store.catalog
        let filter = CatalogFilter(anyTag: ["tag 1"])
        let cursor = try #require(
            try await catalog.browse(viewer: .administrator, filter: filter, sort: .name, from: nil, limit: 2).next)
        let hits = try #require(
            try await catalog.browseHits("figures", viewer: .administrator, filter: filter, from: nil, limit: 2).next)

        for (other, sort) in [(CatalogFilter.none, CatalogSort.name), (CatalogFilter(allTags: ["tag 1"]), .name), (filter, .newest)] {
            await expectInvalid("cursor") { _ = try await catalog.browse(viewer: .administrator, filter: other, sort: sort, from: cursor) }
        }
        await expectInvalid("cursor") { _ = try await catalog.browse(viewer: .administrator, filter: filter, from: hits) }
        await expectInvalid("cursor") { _ = try await catalog.browseHits("figures", viewer: .administrator, filter: filter, from: cursor) }
        await expectInvalid("cursor") { _ = try await catalog.browseHits("report", viewer: .administrator, filter: filter, from: hits) }
        #expect(try await catalog.browse(viewer: .member(of: []), filter: filter, from: ListCursor(text: cursor.text)).items.isEmpty == false)
    }

    @Test(arguments: Backend.all)
    func aForgedCursorIsRefused(_ backend: Backend) async throws {
        let scene = try await scene(backend)
        let catalog = scene.store.catalog
        let cursor = try #require(try await catalog.browse(viewer: .administrator, filter: .none, sort: .name, from: nil, limit: 2).next)
        let characters = Array(cursor.text)
        var forged = ["", "x", "\0", "=", cursor.text + "A", String(cursor.text.dropLast()), String(cursor.text.dropFirst()), cursor.text + "=="]
        for index in characters.indices {
            var changed = characters
            changed[index] = changed[index] == "A" ? "B" : "A"
            forged.append(String(changed))
        }
        forged.append(String(repeating: "A", count: 100_000))

        for text in forged {
            await expectError(.validation("cursor", "it must be one that this list returned for the same filter, order and text")) {
                _ = try await catalog.browse(viewer: .administrator, from: ListCursor(text: text))
            }
        }
        #expect(try await catalog.browse(viewer: .administrator, from: cursor).items.count == 20)
    }

    @Test(arguments: Backend.all)
    func aCursorHoldsInEveryStoreThatHasTheSecret(_ backend: Backend) async throws {
        func cursor(secret: String, from cursor: ListCursor?) async throws -> ListCursor? {
            let store = try await backend.makeStore(options: StoreOptions(encryptionSecret: try EncryptionSecret(secret)))
            for number in 0..<3 { try await store.catalog.create(.fixture(name: "server \(number)"), by: .system) }
            return try await store.catalog.browse(viewer: .administrator, filter: .none, sort: .name, from: cursor, limit: 1).next
        }
        let first = try #require(try await cursor(secret: "one of the secrets", from: nil))

        #expect(try await cursor(secret: "one of the secrets", from: first) != nil)
        await expectInvalid("cursor") { _ = try await cursor(secret: "another secret...", from: first) }
    }

    @Test(arguments: Backend.all)
    func whatIsOutOfRangeIsRefused(_ backend: Backend) async throws {
        let catalog = try await backend.makeStore().catalog

        for limit in [0, 101] {
            await expectInvalid("limit") { _ = try await catalog.browse(viewer: .administrator, filter: .none, sort: .name, from: nil, limit: limit) }
            await expectInvalid("limit") { _ = try await catalog.browseHits("a", viewer: .administrator, filter: .none, from: nil, limit: limit) }
        }
        await expectInvalid("filter.anyTag") { _ = try await catalog.browse(viewer: .administrator, filter: CatalogFilter(anyTag: [""])) }
        await expectInvalid("text") { _ = try await catalog.browseHits("\0", viewer: .administrator) }
        #expect(try await catalog.browse(viewer: .administrator) == CursorPage(items: [], previous: nil, next: nil))
    }
}

extension TeamScene {
    /// Adds an entry whose place in each order follows from its number, with many that are nearly equal.
    fileprivate func addEntry(_ number: Int) async throws {
        let words = ["Gathers figures", "Writes a report of figures", "Figures, figures and a report", "Nothing of the kind"]
        _ = try await addServer(
            .fixture(
                name: ["alpha", "beta", "Beta", "caf\u{e9}", "cafe\u{301}"][number % 5], description: words[number % 4], tags: ["tag \(number % 3)"],
                isFeatured: number % 4 == 0, gitHubStars: number % 6 == 0 ? nil : number % 7, metadata: number % 2 == 0 ? ["even": true] : [:]))
    }
}

/// Numbers that follow from a seed.
private struct SplitMix {
    var state: UInt64

    mutating func next(_ range: ClosedRange<Int>) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return range.lowerBound + Int((word ^ (word >> 31)) % UInt64(range.count))
    }
}
