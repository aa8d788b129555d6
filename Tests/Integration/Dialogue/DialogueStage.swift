import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Synchronization

/// Two stores that can begin again with empty tables, and are asked the same.
struct DialogueStage: Sendable {
    struct Scene: Sendable {
        let first: DialogueSide
        let second: DialogueSide
        /// The fake behind the first side, which has recorded the calls, if it is one.
        var fake: FakeDataStore?
    }

    /// What the two are called in a report.
    let names: (first: String, second: String)
    /// Empties both stores.
    let begin: @Sendable () async throws -> Scene
}

extension DialogueStage {
    /// Runs a closure with a fake and a database of its own. Between two sequences the database is emptied, which is quicker than making another.
    ///
    /// - Parameter bug: What is wrong with the fake.
    static func withDatabase(_ bug: PlantedBug? = nil, _ body: (DialogueStage) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let determinism = Determinism()
            let client = try PostgresClient(connection: database.configuration.connection)
            try await withDataStore(try await .postgres(database.configuration, options: determinism.options)) { store in
                try await client.withConnection { session in
                    for table in seeded { try await session.runScript("CREATE TABLE \"seed_\(table)\" AS TABLE \"\(table)\"") }
                    try await body(
                        DialogueStage(names: ("in-memory", "PostgreSQL")) {
                            try await session.runScript(emptying)
                            determinism.reset()
                            let own = Determinism()
                            let fake = FakeDataStore(options: own.options)
                            let first = bug.map { DialogueStage.store(with: $0, own) } ?? fake.store
                            return Scene(
                                first: DialogueSide(store: first, determinism: own),
                                second: DialogueSide(store: store, determinism: determinism), fake: fake)
                        })
                }
            }
            await client.close()
        }
    }

    /// A stage on which the first of two in-memory stores has a bug. The other one stands for PostgreSQL, whose answers to the same sequences it gives.
    static func planted(_ bug: PlantedBug) -> DialogueStage {
        DialogueStage(names: ("with the bug", "without it")) {
            let (one, other) = (Determinism(), Determinism())
            return Scene(
                first: DialogueSide(store: store(with: bug, one), determinism: one),
                second: DialogueSide(store: .inMemory(options: other.options), determinism: other))
        }
    }

    private static func store(with bug: PlantedBug, _ determinism: Determinism) -> DataStore {
        DataStore(PlantedBackend(base: DataStore.inMemory(options: determinism.options).backend, bug: bug, clock: determinism.clock))
    }

    /// The tables in which the migrations have put rows.
    private static let seeded = ["roles", "globalSettingGroups", "globalSettings"]

    /// Leaves in each table what the migrations have put there. Rows go before those that they refer to.
    private static let emptying: String = {
        let deletions = InMemorySchema.tableNames.reversed().map { "DELETE FROM \"\($0)\";" }
        let insertions = seeded.map { "INSERT INTO \"\($0)\" SELECT * FROM \"seed_\($0)\";" }
        return "DO $$ BEGIN \((deletions + insertions).joined(separator: " ")) END $$"
    }()
}
