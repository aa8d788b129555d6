import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

struct SearchBoxTests {
    private func box() async throws -> SearchBox {
        let store = DataStore.inMemory()
        for (name, description, tags) in [
            ("Playwright", "Browser automation through the accessibility tree.", ["testing"]),
            ("Firecrawl", "Scrapes single pages and crawls whole sites.", ["web"]),
        ] {
            try await store.catalog.create(.fixture(name: name, description: description, tags: tags), by: .system)
        }
        return SearchBox(store: store, viewer: .administrator)
    }

    @Test
    func hitsComeWhileAWordIsTypedAndAreMarked() async throws {
        let hits = try await box().hits(whileTyping: "browsers autom")

        #expect(hits.map { $0.markedDescription("[", "]") } == ["[Browser] [automation] through the accessibility tree."])
        #expect(hits[0].descriptionHighlights.map { hits[0].server.description?[$0] } == ["Browser", "automation"])
    }

    @Test
    func aTagIsFoundToo() async throws {
        #expect(try await box().answer(to: "testing").hits.map(\.matchedTags) == [["testing"]])
    }

    @Test
    func aMistypedSearchIsUnderstood() async throws {
        #expect(try await box().answer(to: "brwoser -firefox").suggestion == "browser -firefox")
    }

    @Test
    func theLanguageOfTheDatabaseSaysWhatIsMalformed() async throws {
        let catalog = try await box().store.catalog

        #expect(try await catalog.search(.raw("scrape & (page | site)"), viewer: .administrator).total == 1)
        await #expect(throws: DataError.self) { try await catalog.search(.raw("c++ & (foo"), viewer: .administrator) }
    }
}
