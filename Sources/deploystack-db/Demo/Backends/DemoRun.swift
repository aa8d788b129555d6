import DeployStackData

/// One run of the demo: which backend it was, what the store answered, and how long each step took.
struct DemoRun: Sendable {
    /// The backend for people, such as `PostgreSQL 15.18`.
    var backend: String
    var transcript: DemoTranscript
    var times: [DemoStep: Duration]
    var calls: Int
    /// What bringing the schema up to date did, or `nil` where there is no schema to bring up to date.
    var migration: MigrationReport?
    /// How the server runs some of the statements; empty where there is no server.
    var plans: [DemoPlan] = []

    /// The sum of all steps.
    var time: Duration { times.values.reduce(.zero, +) }
}

extension DemoRun {
    /// Plays the demo on a new in-memory store.
    ///
    /// - Parameters:
    ///   - catalog: What to import.
    ///   - note: Told what is being done.
    static func inMemory(_ catalog: DemoCatalog, note: @escaping @Sendable (String) -> Void) async throws -> DemoRun {
        let world = DemoWorld()
        return try await withDataStore(.inMemory(options: StoreOptions(world))) { store in
            try await DemoRun(backend: "in memory", store: store, world: world, catalog: catalog, migration: nil, note: note)
        }
    }

    /// Plays the demo on an empty database.
    ///
    /// - Parameters:
    ///   - server: The database's server.
    ///   - configuration: The database.
    ///   - catalog: What to import.
    ///   - note: Told what is being done.
    static func postgres(
        _ server: DemoServer, _ configuration: PostgresConfiguration, _ catalog: DemoCatalog, note: @escaping @Sendable (String) -> Void
    ) async throws -> DemoRun {
        let world = DemoWorld()
        return try await withDataStore(await .postgres(configuration, options: StoreOptions(world))) { store in
            note("applying migrations")
            let migration = try await store.migrate()
            var run = try await DemoRun(
                backend: "PostgreSQL \(server.version)", store: store, world: world, catalog: catalog, migration: migration, note: note)
            run.plans = try await DemoPlan.plans(from: store, on: configuration, after: run.transcript, note: note)
            return run
        }
    }

    private init(
        backend: String, store: DataStore, world: DemoWorld, catalog: DemoCatalog, migration: MigrationReport?,
        note: @escaping @Sendable (String) -> Void
    ) async throws {
        let stage = DemoStage(store: store, world: world, note: note)
        transcript = try await DemoScenario.play(on: stage, catalog: catalog)
        times = stage.times
        calls = stage.calls
        self.backend = backend
        self.migration = migration
    }
}

extension StoreOptions {
    /// Options of a store in a world of the demo.
    fileprivate init(_ world: DemoWorld) {
        self.init(timeSource: world, idGenerator: world, randomSource: world)
    }
}
