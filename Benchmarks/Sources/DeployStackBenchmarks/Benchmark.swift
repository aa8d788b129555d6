import DeployStackData
import DeployStackModels
import Foundation
import Logging

/// One run: makes and fills the stores, holds their answers against each other, and measures.
struct Benchmark: Sendable {
    var url: String
    var workloads: [any Workload]
    var tasks: [Int]
    var rounds: Int
    var timing: Timing
    var pool: Int
    var rawConnections: Int
    var size: DatasetSize
    var inMemorySize: DatasetSize

    /// Runs everything and drops the database, also after an error.
    func run() async throws -> Report {
        let database = try BenchmarkDatabase(on: url)
        do {
            let report = try await withDataStore(await .postgres(database.configuration(connections: pool))) { store in
                try await run(on: database, store)
            }
            try database.drop()
            return report
        } catch {
            try? database.drop()
            throw error
        }
    }

    private func run(on database: BenchmarkDatabase, _ store: DataStore) async throws -> Report {
        Progress.say("Filling \(database.name): \(size.description)")
        try await store.migrate()
        let teams = try database.load(DatasetScript(size: size)) { step in Progress.say("  \(step)") }
        Progress.say("Filling the in-memory store: \(inMemorySize.description)")
        let inMemory = DataStore.inMemory()
        let inMemoryTeams = try await InMemoryDataset(size: inMemorySize).load(into: inMemory)

        let serverVersion = try await check(database, store, teams)
        let peers: [any Peer] = [
            RawPeer(url: url, database: database.name, connections: rawConnections),
            StorePeer(name: "DeployStackData", store: store, replacing: { $0 }, note: "public API, pool of \(pool)"),
            StorePeer(name: "in-memory store", store: inMemory, replacing: { $0.on(inMemoryTeams) }, note: "public API, no server"),
        ]
        var results: [ComparisonResult] = []
        for workload in workloads {
            for tasks in tasks {
                try database.tidy()
                let comparison = Comparison(workload: workload.on(teams), tasks: tasks, peers: peers, rounds: rounds, timing: timing)
                Progress.say("\(type(of: workload).code) with \(tasks) task\(tasks == 1 ? "" : "s")")
                results.append(try await comparison.run { round in Progress.say("  round \(round) of \(rounds)") })
            }
        }
        return Report(
            setting: Report.Setting(
                server: "\(serverVersion / 10_000).\(serverVersion % 10_000)", processors: ProcessInfo.processInfo.activeProcessorCount, data: size,
                inMemoryData: inMemorySize, rounds: rounds, secondsPerRound: timing.measured, pool: pool, rawConnections: rawConnections),
            results: results)
    }

    /// Holds the library's answers against the plain loop's, so that nothing is measured that is not the same. Returns the server's version.
    private func check(_ database: BenchmarkDatabase, _ store: DataStore, _ teams: [TeamID]) async throws -> Int {
        Progress.say("Comparing answers")
        let connection = try database.connect()
        for workload in workloads {
            try connection.prepare(workload.statement)
            var keys = SplitMix64(seed: 0)
            for _ in 0..<50 { try await workload.on(teams).check(store, connection, keys.next()) }
        }
        return connection.serverVersion
    }
}
