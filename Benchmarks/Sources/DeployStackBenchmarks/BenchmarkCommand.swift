import ArgumentParser
import Foundation

/// The command line.
@main
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scripts/bench",
        abstract: "Measures the library's public interface beside plain loops on libpq, in one run.",
        discussion: """
            Workloads: W1, a team by its identifier; W3, the joined view of a team's installations, 20 rows; W5, rename of a team.

            Each is done on PostgreSQL by a loop on libpq (the baseline) and by the library, and by the in-memory store as a bound that no server can \
            reach. Before anything is measured, the answers of the first two are compared. Peers take turns, so only the ratios of one run mean \
            something; times of different runs or machines do not compare.

            A database whose name begins with test_ is made on the server and dropped at the end.
            """)

    @Option(help: "The server's URL. A role that may create databases is needed. scripts/bench starts a throw-away server without it.")
    var postgres: String

    @Option(help: "The workloads, separated by commas.")
    var workloads = "W1,W3,W5"

    @Option(help: "How many calls are under way at once, separated by commas.")
    var tasks = "1,16,64"

    @Option(help: "How often the peers take turns.")
    var rounds = 5

    @Option(help: "How many seconds each peer is measured in each round; it warms up for a quarter of that first.")
    var seconds = 1.0

    @Option(help: "How many connections the library's pool may have.")
    var pool = 20

    @Option(help: "How many connections the plain loop has in pipeline mode.")
    var rawConnections = 4

    @Option(help: "Write the numbers to this file as JSON, too.")
    var json: String?

    @Flag(help: "Tiny data and two short rounds: shows in a few seconds that everything works. Its numbers mean nothing.")
    var smoke = false

    func validate() throws {
        _ = try chosenWorkloads()
        _ = try chosenTasks()
        guard rounds >= 1, rounds <= 1_000 else { throw ValidationError("--rounds must be 1 to 1000.") }
        guard seconds >= 0.01, seconds <= 600 else { throw ValidationError("--seconds must be 0.01 to 600.") }
        guard (1...1_000).contains(pool), (1...1_000).contains(rawConnections) else {
            throw ValidationError("--pool and --raw-connections must be 1 to 1000.")
        }
    }

    func run() async throws {
        let measured = smoke ? 0.1 : seconds
        let benchmark = Benchmark(
            url: postgres, workloads: try chosenWorkloads(), tasks: try chosenTasks(), rounds: smoke ? 2 : rounds,
            timing: Timing(warmUp: measured / 4, measured: measured), pool: pool, rawConnections: rawConnections,
            size: smoke ? .smoke : .full, inMemorySize: smoke ? .inMemorySmoke : .inMemory)
        let report = try await benchmark.run()
        FileHandle.standardOutput.write(Data(report.text.utf8))
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
            Progress.say("The numbers are in \(json).")
        }
    }

    private func chosenWorkloads() throws -> [any Workload] {
        try workloads.split(separator: ",").map { code in
            guard let workload = Workloads.all.first(where: { type(of: $0).code == code }) else {
                throw ValidationError("There is no workload \(code); there are \(Workloads.all.map { type(of: $0).code }.joined(separator: ", ")).")
            }
            return workload
        }
    }

    private func chosenTasks() throws -> [Int] {
        try tasks.split(separator: ",").map { text in
            guard let number = Int(text), (1...10_000).contains(number) else { throw ValidationError("--tasks takes numbers from 1 to 10000.") }
            return number
        }
    }
}
