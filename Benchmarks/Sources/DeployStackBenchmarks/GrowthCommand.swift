import ArgumentParser
import Foundation

/// Measures how calls slow down while the tables grow.
struct GrowthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "Measures the library's calls on tables of 1 000 to 1 000 000 rows.",
        discussion: "One call after the other. Loading the largest size takes some minutes.")

    @Option(help: "The server's URL. A role that may create databases is needed. scripts/bench starts a throw-away server without it.")
    var postgres: String

    @Option(help: "How many rows the tables have, separated by commas, ascending.")
    var sizes = "1000,10000,100000,1000000"

    @Option(help: "How many seconds each kind of call is measured at each size.")
    var seconds = 1.0

    @Option(help: "Write the numbers to this file as JSON, too.")
    var json: String?

    func validate() throws {
        let sizes = try numbers()
        guard !sizes.isEmpty, zip(sizes, sizes.dropFirst()).allSatisfy({ $0 < $1 }) else { throw ValidationError("--sizes must ascend.") }
        guard seconds >= 0.01, seconds <= 600 else { throw ValidationError("--seconds must be 0.01 to 600.") }
    }

    func run() async throws {
        let report = try await Growth(url: postgres, sizes: try numbers(), seconds: seconds).run()
        try Output.write(report.text, report, json: json)
    }

    private func numbers() throws -> [Int] {
        try sizes.split(separator: ",").map { text in
            guard let number = Int(text), (100...1_000_000).contains(number) else {
                throw ValidationError("--sizes takes numbers from 100 to 1000000.")
            }
            return number
        }
    }
}
