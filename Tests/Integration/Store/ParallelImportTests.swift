import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.requiresServer, .database)
struct ParallelImportTests {
    @Test func filesThatNameTheSameEntriesInAnotherOrderDoNotCollide() async throws {
        let store = try await Backend.postgres.makeStore()
        let entries = (1...500).map { "{\"name\": \"server \($0)\", \"category\": \"category \($0)\"}" }
        let file = try CatalogFile(json: Array("[\(entries.joined(separator: ","))]".utf8))
        let reversed = try CatalogFile(json: Array("[\(entries.reversed().joined(separator: ","))]".utf8))

        let reports = try await withThrowingTaskGroup(of: CatalogImportReport.self) { group in
            for number in 0..<16 { group.addTask { try await store.catalog.importServers(number.isMultiple(of: 2) ? file : reversed) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(reports.map(\.inserted).reduce(0, +) == 500)
        #expect(reports.allSatisfy { $0.total == 500 && $0.rejected.isEmpty })
    }
}
