import DeployStackData
import DeployStackModels
import Foundation

/// One run: makes and fills the stores, holds their answers against each other, and measures.
struct Benchmark: Sendable {
    var url: String
    /// What is compared, in this order.
    var comparisons: [[Load]]
    var rounds: Int
    /// How often a round that others disturb is repeated.
    var repetitions: Int
    var timing: Timing
    var pool: Int
    var rawConnections: Int
    var size: DatasetSize
    var inMemorySize: DatasetSize
    var python: PythonInstallation?
    /// PostgreSQL's own benchmark program.
    var pgbench: String?
    /// The same server by TCP and TLS.
    var tlsURL: String?
    /// How often each of the costs beside is measured.
    var sideCostCalls: Int

    /// Runs everything and drops the database, also after an error.
    func run() async throws -> Report {
        try await BenchmarkDatabase.withDatabase(on: url) { database in
            Progress.say("Filling \(database.name): \(size.description)")
            let serverVersion = try await withDataStore(await .postgres(database.configuration(connections: pool))) { store in
                try await store.migrate()
                try database.load(DatasetScript(size: size)) { step in Progress.say("  \(step)") }
                return try await check(database, store)
            }
            let crew = WorkerCrew(
                database: database, pool: pool, rawConnections: rawConnections, size: size, inMemorySize: inMemorySize, python: python)
            return try await crew.withWorkers { workers in
                var foundations: [String] = []
                for worker in workers.values { foundations.append(await worker.foundation) }
                let setting = Report.Setting(
                    server: "\(serverVersion / 10_000).\(serverVersion % 10_000)", foundations: foundations.filter { !$0.isEmpty }.sorted(),
                    processors: ProcessInfo.processInfo.activeProcessorCount, data: size, inMemoryData: inMemorySize, rounds: rounds,
                    secondsPerRound: timing.measured, pool: pool, rawConnections: rawConnections)
                let results = try await compare(workers, database)
                Progress.say("What it costs beside")
                let hasNotifications = comparisons.last?.first?.workload == AllNotifications.code
                let sideCosts = try await SideCosts(
                    workers, calls: sideCostCalls, size: size, hasNotifications: hasNotifications, url: url, tlsURL: tlsURL)
                return Report(setting: setting, results: results, sideCosts: sideCosts)
            }
        }
    }

    /// Measures everything.
    private func compare(_ workers: [WorkerSetup.Kind: Worker], _ database: BenchmarkDatabase) async throws -> [ComparisonResult] {
        let instruments = Instruments(server: try database.serverProcesses())
        if instruments.server == nil { Progress.say("The server's processes cannot be seen, so its processor time and foreign load are not known.") }
        let lineup = Lineup(
            workers: workers,
            pgbench: pgbench.map { PgbenchContender(program: $0, url: database.ownURL, teams: size.teams, instruments: instruments) },
            instruments: instruments, rawConnections: rawConnections)
        var results: [ComparisonResult] = []
        for loads in comparisons {
            let workloads = try loads.map { try Workloads.named($0.workload) }
            for text in workloads.flatMap({ $0.preparation(size) }) { try database.connect().execute(text) }
            let comparison = Comparison(
                contenders: try lineup.contenders(for: loads), loads: loads, rounds: rounds, repetitions: repetitions, timing: timing,
                tidy: { for workload in workloads { if let text = workload.tidying { try database.connect().execute(text) } } })
            let name = loads.map { "\($0.workload) with \($0.tasks) task\($0.tasks == 1 ? "" : "s")" }.joined(separator: " beside ")
            results.append(try await comparison.run { line in Progress.say("\(name): \(line)") })
        }
        return results
    }

    /// Holds the library's answers against the plain loop's, so that nothing is measured that is not the same. Returns the server's version.
    private func check(_ database: BenchmarkDatabase, _ store: DataStore) async throws -> Int {
        Progress.say("Comparing answers")
        let connection = try database.connect()
        let codes = Set(comparisons.joined().map(\.workload))
        for type in Workloads.all where codes.contains(type.code) {
            // Of a stream, some thousand rows will do here.
            let size = type.isBulk ? DatasetSize(teams: size.teams, servers: 0, notifications: DatasetSize.smoke.notifications) : size
            for text in type.preparation(size) { try connection.execute(text) }
            let workload = type.init(try Drawing(of: connection, size))
            try connection.prepare(workload.statement)
            var keys = SplitMix64(seed: 0)
            for _ in 0..<(type.isBulk ? 1 : 50) { try await workload.check(store, connection, keys.next()) }
        }
        return connection.serverVersion
    }
}
