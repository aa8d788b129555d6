import DeployStackData
import DeployStackModels

/// Three searches, as people type them: words in any form, a phrase or another word, and a word that must not occur beside another.
struct SearchAnswers: Codable, Equatable {
    struct Hit: Codable, Equatable {
        var rank: Float
        var server: McpServer
    }

    struct Search: Codable, Equatable {
        var text: String
        var total: Int
        var hits: [Hit]
    }

    static let texts = ["managing databases", "\"web search\" or scraping", "browser or automation -cloud"]

    var searches: [Search]

    init(asking stage: DemoStage) async throws {
        searches = []
        for text in Self.texts {
            let page = try await stage.ask { store in
                try await store.catalog.search(text, viewer: .administrator, filter: .none, page: Page(limit: 20))
            }
            searches.append(Search(text: text, total: page.total, hits: page.items.map { Hit(rank: $0.rank, server: $0.server) }))
        }
    }
}
