import Foundation

/// PostgreSQL's own benchmark program with W1 as its script: every task is a client with a connection of its own.
struct PgbenchContender: Contender {
    let name = "pgbench"
    let detail = "-M prepared, a connection each"

    /// The program.
    let program: String
    /// The database, as a URL.
    let url: String
    /// How many teams there are.
    let teams: Int
    let instruments: Instruments

    /// The part of the calls whose latency is written down.
    private static let samplingRate = 0.05

    func takeTurn(_ loads: [Load], _ timing: Timing) async throws -> Turn {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("test_pgbench_\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("w1.sql")
        try Data(self.script.utf8).write(to: script)
        let clients = loads.reduce(0) { $0 + $1.tasks }
        let arguments = [
            "-n", "-M", "prepared", "-f", script.path, "-c", "\(clients)",
            "-j", "\(min(clients, ProcessInfo.processInfo.activeProcessorCount))", "-T", "\(max(1, Int(timing.measured.rounded())))",
            "-l", "--log-prefix", folder.appendingPathComponent("log").path, "--sampling-rate", "\(Self.samplingRate)", url,
        ]
        let (start, childrenStart) = (instruments.read(), SystemClocks.endedChildrenSeconds())
        let output = try await run(arguments)
        let processorSeconds = SystemClocks.endedChildrenSeconds() - childrenStart
        let surroundings = instruments.surroundings(of: processorSeconds, from: start, to: instruments.read())
        guard let calls = PgbenchOutput.number(after: "number of transactions actually processed: ", in: output),
            let rate = PgbenchOutput.number(after: "tps = ", in: output), rate > 0
        else { throw BenchmarkError("pgbench did not say how fast it was:\n\(output)") }
        let part = Sample.Part(calls: Int(calls), seconds: calls / rate, latencies: try latencies(in: folder))
        return Turn(sample: Sample(parts: [part], processorSeconds: processorSeconds, peakMemory: nil), surroundings: surroundings)
    }

    /// W1's statement, with a team's identifier in place of the parameter.
    private var script: String {
        """
        \\set n random(1, \(teams))
        \\set id \(TeamNumber.expression(":n"))
        \(TeamByID(.none).statement.sql.replacing("$1", with: ":id"));

        """
    }

    private func run(_ arguments: [String]) async throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        let (ends, ended) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.finish() }
        try await process.start()
        let watchdog = process.terminate(after: .seconds(600))
        defer { watchdog.cancel() }
        for await _ in ends {}
        // Both texts are short enough to wait in their pipes.
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("pgbench failed: \(String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self))")
        }
        return text
    }

    /// The latencies in the logs, one file for each thread.
    private func latencies(in folder: URL) throws -> LatencyHistogram {
        var latencies = LatencyHistogram()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.lastPathComponent.hasPrefix("log") {
            for microseconds in PgbenchOutput.latencies(in: String(decoding: try Data(contentsOf: file), as: UTF8.self)) {
                latencies.record(nanoseconds: microseconds * 1_000)
            }
        }
        return latencies
    }
}

/// Reads what pgbench writes.
enum PgbenchOutput {
    /// The number that follows a text.
    static func number(after label: String, in output: String) -> Double? {
        guard let range = output.firstRange(of: label) else { return nil }
        return Double(output[range.upperBound...].prefix { $0.isNumber || $0 == "." })
    }

    /// The microseconds in a log: the third word of each line.
    static func latencies(in log: String) -> [UInt64] {
        log.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count > 2 ? UInt64(words[2]) : nil
        }
    }
}
