import ArgumentParser

/// The command line.
@main
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scripts/bench",
        abstract: "Measures the library's public interface beside plain loops on libpq and other drivers, in one run.",
        subcommands: [CompareCommand.self, GrowthCommand.self, WorkerCommand.self],
        defaultSubcommand: CompareCommand.self)
}
