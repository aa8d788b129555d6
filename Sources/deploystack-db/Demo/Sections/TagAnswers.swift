import DeployStackData
import DeployStackModels

/// How often each tag occurs, and the servers that have all or one of two tags.
struct TagAnswers: Codable, Equatable {
    struct Count: Codable, Equatable {
        var tag: String
        var count: Int
    }

    var counts: [Count]
    /// Two tags that occur together, the first of them the most frequent one; fewer when no entry has two.
    var tags: [String]
    var withAll: [McpServer]
    var withAny: [McpServer]

    init(asking stage: DemoStage) async throws {
        counts = try await stage.ask { try await $0.catalog.tagCounts(viewer: .administrator, limit: 8) }.map { Count(tag: $0.tag, count: $0.count) }
        let frequent = counts.first?.tag
        let candidates = try await stage.ask { store in
            try await store.catalog.servers(withAllTags: frequent.map { [$0] } ?? [], page: Page(limit: 100))
        }
        let companion = Self.companion(of: frequent, in: candidates)
        let tags = [frequent, companion].compactMap(\.self)
        self.tags = tags
        withAll = try await stage.ask { try await $0.catalog.servers(withAllTags: tags, page: Page(limit: 5)) }
        withAny = try await stage.ask { try await $0.catalog.servers(withAnyTag: tags, page: Page(limit: 5)) }
    }

    /// The tag that most servers have beside another, the first by bytes of several.
    private static func companion(of tag: String?, in servers: [McpServer]) -> String? {
        var counts: [String: Int] = [:]
        for other in servers.flatMap(\.tags) where other != tag { counts[other, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
