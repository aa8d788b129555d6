import Foundation

/// Starts the workers of a run and ends them.
struct WorkerCrew: Sendable {
    let database: BenchmarkDatabase
    let pool: Int
    let rawConnections: Int
    let size: DatasetSize
    let inMemorySize: DatasetSize
    /// A Python with the drivers, if there is one.
    let python: PythonInstallation?

    /// Runs a closure with the workers that can be had. Those in Python may be missing; the others may not.
    func withWorkers<Value>(_ body: ([WorkerSetup.Kind: Worker]) async throws -> Value) async throws -> Value {
        var workers: [WorkerSetup.Kind: Worker] = [:]
        func end() async { for worker in workers.values { await worker.end() } }
        do {
            let own = ProcessInfo.processInfo.arguments[0]
            for (kind, name) in Self.swiftWorkers {
                let worker = Worker(name, program: Self.ownProgram ?? own, arguments: ["worker"])
                workers[kind] = worker
                try await worker.begin(setup(kind))
            }
            if let python {
                for (kind, name) in Self.pythonWorkers {
                    let worker = Worker(name, program: python.interpreter, arguments: [python.script])
                    do {
                        try await worker.begin(setup(kind))
                        workers[kind] = worker
                    } catch {
                        await worker.end()
                        Progress.say("\(name) is left out: \(error)")
                    }
                }
            }
            let value = try await body(workers)
            await end()
            return value
        } catch {
            await end()
            throw error
        }
    }

    private static let swiftWorkers: [(WorkerSetup.Kind, String)] = [
        (.rawLibpq, "raw libpq"), (.library, "the library"), (.libraryWithoutMultiplexing, "the library without multiplexing"),
        (.inMemory, "the in-memory store"),
    ]
    private static let pythonWorkers: [(WorkerSetup.Kind, String)] = [(.asyncpg, "asyncpg"), (.psycopg, "psycopg")]

    /// This program's file, however it was called; known on Linux only.
    private static var ownProgram: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }

    private func setup(_ kind: WorkerSetup.Kind) -> WorkerSetup {
        let statements = Workloads.all.map { ($0.code, $0.init(.none).statement.sql) }
        return WorkerSetup(
            kind: kind, url: database.url, database: database.name, connections: kind == .rawLibpq ? rawConnections : pool,
            size: size, inMemorySize: inMemorySize, statements: Dictionary(uniqueKeysWithValues: statements), tags: Vocabulary.tags,
            words: Vocabulary.words)
    }
}

/// Where the Python peers are.
struct PythonInstallation: Sendable {
    /// The interpreter of a virtual environment that has the drivers.
    var interpreter: String
    /// The program that speaks as a worker.
    var script: String
}
