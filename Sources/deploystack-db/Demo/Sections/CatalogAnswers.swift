import DeployStackData
import DeployStackModels

/// Importing: the file, the file again, the file with one entry changed, and entries that cannot be imported.
struct CatalogAnswers: Codable, Equatable {
    /// What became of the entries of one file.
    struct Import: Codable, Equatable {
        struct Rejection: Codable, Equatable {
            var index: Int
            var name: String?
            var refusal: Refusal
        }

        var entries: Int
        var inserted: Int
        var updated: Int
        var unchanged: Int
        var rejected: [Rejection]
    }

    var first: Import
    var again: Import
    var corrected: Import
    var broken: Import
    /// How many servers there are, and the first of them by name.
    var total: Int
    var servers: [McpServer]

    init(asking stage: DemoStage, for catalog: DemoCatalog) async throws {
        first = try await Self.importing(catalog.file, stage)
        again = try await Self.importing(catalog.file, stage)
        corrected = try await Self.importing(catalog.corrected, stage)
        broken = try await Self.importing(catalog.broken, stage)
        let page = try await stage.ask { store in
            try await store.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: Page(limit: 100))
        }
        total = page.total
        servers = page.items
    }

    private static func importing(_ file: CatalogFile, _ stage: DemoStage) async throws -> Import {
        let note = stage.note
        let report = try await stage.ask { store in
            try await store.catalog.importServers(file, by: .system) { done in note("\(DemoStep.catalog.title), \(done) of \(file.count) entries") }
        }
        return Import(
            entries: report.total, inserted: report.inserted, updated: report.updated, unchanged: report.unchanged,
            rejected: report.rejected.map { Import.Rejection(index: $0.index, name: $0.name, refusal: Refusal($0.error)) })
    }
}
