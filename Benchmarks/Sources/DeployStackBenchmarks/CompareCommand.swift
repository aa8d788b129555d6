import ArgumentParser
import Foundation

/// Compares the peers.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measures workloads by all peers in turns.",
        discussion: """
            Before anything is measured, the answers of the library and of the plain statements are compared. Every peer is a process of its own. Peers \
            take turns, so only the ratios of one run mean something; times of different runs or machines do not compare.

            A database whose name begins with test_ is made on the server and dropped at the end.
            """)

    @Option(help: "The server's URL. A role that may create databases is needed. scripts/bench starts a throw-away server without it.")
    var postgres: String

    @Option(help: "The workloads, separated by commas: \(WorkloadPlan.codes.joined(separator: ", ")).")
    var workloads = WorkloadPlan.codes.joined(separator: ",")

    @Option(help: "How many calls are under way at once, separated by commas.")
    var tasks = "1,16,64,256"

    @Option(help: "How often the peers take turns.")
    var rounds = 5

    @Option(help: "How many seconds each peer is measured in each round; it warms up for a quarter of that first.")
    var seconds = 1.0

    @Option(help: "How often a round is repeated in which other processes used more than 15 % of the machine.")
    var repetitions = 2

    @Option(help: "How many connections a pool may have.")
    var pool = 20

    @Option(help: "How many connections the plain loop has in pipeline mode.")
    var rawConnections = 4

    @Option(help: "PostgreSQL's own benchmark program; left out without it.")
    var pgbench: String?

    @Option(help: "A Python interpreter that has asyncpg and psycopg; they are left out without it.")
    var python: String?

    @Option(help: "The program that speaks for asyncpg and psycopg.")
    var pythonScript = "Benchmarks/Python/peers.py"

    @Option(help: "Write the numbers to this file as JSON, too.")
    var json: String?

    @Option(help: "Draw a chart into this file, as SVG.")
    var chart: String?

    @Option(help: "The URL of the same server by TCP and TLS, to measure what connecting costs there.")
    var tlsPostgres: String?

    @Flag(help: "Tiny data and one short round: shows in a few seconds that everything works. Its numbers mean nothing.")
    var smoke = false

    func validate() throws {
        _ = try comparisons()
        guard rounds >= 1, rounds <= 1_000 else { throw ValidationError("--rounds must be 1 to 1000.") }
        guard (0...100).contains(repetitions) else { throw ValidationError("--repetitions must be 0 to 100.") }
        guard seconds >= 0.01, seconds <= 600 else { throw ValidationError("--seconds must be 0.01 to 600.") }
        guard (1...1_000).contains(pool), (1...1_000).contains(rawConnections) else {
            throw ValidationError("--pool and --raw-connections must be 1 to 1000.")
        }
    }

    func run() async throws {
        let measured = smoke ? 0.05 : seconds
        let benchmark = Benchmark(
            url: postgres, comparisons: try comparisons(), rounds: smoke ? 1 : rounds, repetitions: smoke ? 0 : repetitions,
            timing: Timing(warmUp: measured / 4, measured: measured),
            pool: pool, rawConnections: rawConnections, size: smoke ? .smoke : .full, inMemorySize: smoke ? .inMemorySmoke : .inMemory,
            python: python.map { PythonInstallation(interpreter: $0, script: pythonScript) }, pgbench: pgbench, tlsURL: tlsPostgres,
            sideCostCalls: smoke ? 10 : 300)
        let report = try await benchmark.run()
        try Output.write(report.text, report, json: json)
        if let chart {
            try Data(report.chart.svg.utf8).write(to: URL(fileURLWithPath: chart), options: .atomic)
            Progress.say("The chart is in \(chart).")
        }
    }

    private func comparisons() throws -> [[Load]] {
        let tasks = try (smoke ? "1,16" : tasks).split(separator: ",").map { text in
            guard let number = Int(text), (1...10_000).contains(number) else { throw ValidationError("--tasks takes numbers from 1 to 10000.") }
            return number
        }
        return try workloads.split(separator: ",").flatMap { code in
            guard let loads = WorkloadPlan.loads(String(code), tasks: tasks) else {
                throw ValidationError("There is no workload \(code); there are \(WorkloadPlan.codes.joined(separator: ", ")).")
            }
            return loads
        }
    }
}
