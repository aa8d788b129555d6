import ArgumentParser
import DeployStackData
import DeployStackModels
import Foundation
import Rainbow

/// `deploystack-db up`: brings a database's schema up to date. Doing it again changes nothing.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Bring a database's schema up to date.",
        discussion: """
            Applies the migrations that the database does not have yet, each in a transaction of its own. Any number of processes may do this at \
            once: each migration is applied by one of them. When there is nothing to do, nothing is done.
            """)

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let target = try database.target()
        let isForPeople = !database.json
        if isForPeople { Terminal.output("Migrating \(target.text)") }
        let report = try await database.withStore(of: target, "bringing the schema up to date") { store in
            try await store.migrate { step in
                if isForPeople {
                    Terminal.output(
                        "  \("✓".green) \(step.tag.padding(toLength: max(36, step.tag.count), withPad: " ", startingAt: 0)) \(step.duration.text.dim)"
                    )
                }
            }
        }
        if database.json {
            try JSONOutput.print(Document(target: target, report: report))
        } else if report.applied.isEmpty {
            Terminal.output("Nothing to do: all \(report.total) migrations were applied before.")
        } else {
            let time = report.applied.reduce(Duration.zero) { $0 + $1.duration }
            Terminal.output("\(report.applied.count) of \(report.total) migrations applied in \(time.text); the schema is up to date.")
        }
    }

    /// What `--json` prints.
    private struct Document: Encodable {
        struct Step: Encodable {
            var index: Int
            var tag: String
            var milliseconds: Double
        }

        var database: String
        var applied: [Step]
        var total: Int

        init(target: ConnectionTarget, report: MigrationReport) {
            database = target.configuration.database
            applied = report.applied.map { Step(index: $0.index, tag: $0.tag, milliseconds: $0.duration.milliseconds) }
            total = report.total
        }
    }
}
