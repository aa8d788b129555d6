import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CatalogPagesTests {
    private func pages(on backend: Backend) async throws -> CatalogPages {
        let store = try await backend.makeStore()
        for name in ["A", "B", "D", "E", "F"] { try await store.catalog.create(.fixture(name: name), by: .system) }
        return CatalogPages(store: store, viewer: .member(of: []))
    }

    @Test(arguments: Backend.all)
    func aPageKnowsHowLongTheListIs(_ backend: Backend) async throws {
        let pages = try await pages(on: backend)

        let last = try await pages.page(3, size: 2)

        #expect(last.items.map(\.name) == ["F"] && last.total == 5 && !last.hasMore)
        #expect(try await pages.page(4, size: 2).total == 5)
    }

    @Test(arguments: Backend.all)
    func whoScrollsSeesNothingTwiceAndMissesNothing(_ backend: Backend) async throws {
        let pages = try await pages(on: backend)
        let first = try await pages.entries(from: nil, limit: 2)

        try await pages.store.catalog.create(.fixture(name: "AA"), by: .system)
        try await pages.store.catalog.create(.fixture(name: "C"), by: .system)
        let second = try await pages.entries(from: first.next, limit: 2)

        #expect(first.items.map(\.name) == ["A", "B"] && first.previous == nil)
        #expect(second.items.map(\.name) == ["C", "D"])
        #expect(try await pages.entries(from: second.previous, limit: 2).items.map(\.name) == ["AA", "B"])
    }

    @Test(arguments: Backend.all)
    func aPageHasAHundredEntriesAtMost(_ backend: Backend) async throws {
        let pages = try await pages(on: backend)

        for size in [0, 101] { await #expect(throws: DataError.self) { try await pages.page(1, size: size) } }
        await #expect(throws: DataError.self) { try await pages.entries(from: ListCursor(text: "made up")) }
    }
}
