import ArgumentParser
import DeployStackData
import DeployStackModels

/// `deploystack-db demo`: the library's real job on both backends, side by side.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show the library at work, in memory and on PostgreSQL, and compare the answers.",
        discussion: """
            Imports a catalog, makes users and teams, installs servers until a limit refuses, searches, issues tokens and sends notifications: \
            the same program on the in-memory store and on a throw-away PostgreSQL server. The answers are compared by the program; when they \
            differ, the exit code is 1.
            """)

    @Option(help: ArgumentHelp("Import this JSON array of servers instead of the built-in sample.", valueName: "file"))
    var catalog: String?

    @Flag(help: "Print one JSON document, for machines.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Use an existing server. The demo makes a database test_… of its own there and drops it.", valueName: "postgres://…"))
    var postgres: String?

    @Flag(help: "Run on the in-memory store alone; needs no server.")
    var inMemory = false

    @Flag(name: .shortAndLong, help: "Do not say on standard error what is being done.")
    var quiet = false

    func validate() throws {
        if inMemory && postgres != nil { throw ValidationError("--in-memory and --postgres exclude each other.") }
    }

    func run() async throws {
        let work = Task { try await play() }
        let interruption = Interruption { work.cancel() }
        defer { withExtendedLifetime(interruption) {} }
        do {
            try await work.value
        } catch {
            throw work.isCancelled ? CommandFailure(status: .interrupted, summary: "The demo was interrupted; what it had made is removed.") : error
        }
    }

    private func play() async throws {
        let progress = Progress(isQuiet: quiet)
        let catalog = try await progress.step("read the catalog", outcome: Self.outcome) { _ in
            if let path = self.catalog { try DemoCatalog.file(at: path) } else { try DemoCatalog.sample() }
        }
        var runs = [
            try await naming("in memory") {
                try await progress.step("in memory", outcome: Self.outcome) { note in try await DemoRun.inMemory(catalog, note: note) }
            }
        ]
        if !inMemory {
            let server = try await server(progress)
            runs.append(
                try await naming("PostgreSQL \(server.version)") {
                    try await progress.step("PostgreSQL \(server.version)", outcome: Self.outcome) { note in
                        try await server.withDatabase { try await DemoRun.postgres(server, $0, catalog, note: note) }
                    }
                })
        }
        let differences = runs.count == 2 ? try runs[0].transcript.differences(from: runs[1].transcript) : []
        if json {
            try JSONOutput.print(DemoDocument(catalogName: catalog.name, runs: runs, differences: differences))
        } else {
            Terminal.output(DemoReport(catalogName: catalog.name, runs: runs, differences: differences).text)
        }
        guard differences.isEmpty else { throw ExitCode(CommandStatus.backendsDiffer.rawValue) }
    }

    /// The server of the URL, or a throw-away one.
    private func server(_ progress: Progress) async throws -> DemoServer {
        if let postgres {
            return try await progress.step("connect to the server", outcome: { "connected to PostgreSQL \($0.version)" }) { _ in
                try await DemoServer.existing(url: postgres)
            }
        }
        return try await progress.step("start a throw-away PostgreSQL server", outcome: { "a throw-away PostgreSQL \($0.version) runs" }) { _ in
            try await DemoServer.throwAway()
        }
    }

    private static func outcome(_ catalog: DemoCatalog) -> String { "\(catalog.name): \(catalog.file.count) entries" }

    private static func outcome(_ run: DemoRun) -> String { "\(run.backend): \(run.calls) calls in \(DemoStep.allCases.count) steps" }

    /// Runs a backend's part; a failure names the backend, the step and what the backend said.
    private func naming<Result: Sendable>(_ backend: String, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let interruption as DemoInterruption {
            let error = interruption.error as? DataError
            throw CommandFailure(
                status: error.map { CommandStatus($0) } ?? .internalError,
                summary: "The step “\(interruption.step.title)” failed \(backend == "in memory" ? backend : "on \(backend)").",
                details: (error?.debugDescription ?? "\(interruption.error)").wrapped(at: 96))
        } catch let error as DataError {
            throw CommandFailure(
                status: CommandStatus(error), summary: "The store \(backend == "in memory" ? backend : "on \(backend)") could not be opened.",
                details: error.debugDescription.wrapped(at: 96))
        }
    }
}
