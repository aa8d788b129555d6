import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Bulk calls need few statements, however many rows they write.
@Suite(.database)
struct StatementCountTests {
    @Test(.requiresServer) func manyUsersAreNotifiedInOneStatement() async throws {
        let store = try await Backend.postgres.makeStore()
        var users: [UserID] = []
        for _ in 1...40 { users.append(try await store.users.createUser(.fixture(), withDefaultTeam: false).id) }

        let one = try await statements(of: store) { try await store.notifications.create(users: [users[0]], title: "x", message: "x") }
        let many = try await statements(of: store) { try await store.notifications.create(users: users, title: "x", message: "x") }

        #expect(one == 1)
        #expect(many == 1)
    }

    @Test(.requiresServer) func anImportNeedsTwoStatementsForEachBatchAndTwoMoreForNewCategories() async throws {
        let store = try await Backend.postgres.makeStore()
        let entries = (1...1_200).map { "{\"name\": \"server \($0)\", \"category\": \"category \($0 % 9)\"}" }
        let file = try CatalogFile(json: Array("[\(entries.joined(separator: ","))]".utf8))

        let first = try await statements(of: store) { try await store.catalog.importServers(file) }
        let second = try await statements(of: store) { try await store.catalog.importServers(file) }

        // Three batches of at most 500; all categories are in the first one.
        #expect(first == 3 * 2 + 2)
        #expect(second == 3 * 2)
    }

    private func statements(of store: DataStore, in body: () async throws -> Void) async throws -> Int {
        let before = try #require(store.statementsSent)
        try await body()
        return try #require(store.statementsSent) - before
    }
}
