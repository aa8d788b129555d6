import ArgumentParser
import DeployStackData
import DeployStackModels
import Rainbow

/// `deploystack-db status`: says which migrations a database has. It changes nothing.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say which migrations a database has, and which are pending.",
        discussion: "Reads only. Pending migrations are an answer, not a failure: the exit code is 0 then too.")

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let target = try database.target()
        let migrations = try await database.withStore(of: target, "reading which migrations are applied") { store in
            try await store.migrationStatus()
        }
        if database.json {
            try JSONOutput.print(Document(target: target, migrations: migrations))
        } else {
            Terminal.output("Schema of \(target.text)\n\n\(Self.table(migrations))\n\(Self.closingLine(migrations))")
        }
    }

    static func table(_ migrations: [MigrationStatus]) -> String {
        Table(
            [.number("Index"), .text("Migration", limit: 44), .text("Applied at"), .number("Took")],
            rows: migrations.map { migration in
                ["\(migration.index)", migration.tag, migration.appliedAt?.secondsText ?? "pending", migration.duration?.text ?? ""]
            }
        ).text
    }

    static func closingLine(_ migrations: [MigrationStatus]) -> String {
        let pending = migrations.count { $0.appliedAt == nil }
        guard pending > 0 else { return "\("The schema is up to date".green): all \(migrations.count) migrations are applied." }
        return "\("\(pending) of \(migrations.count) migrations pending".yellow). Next: deploystack-db up"
    }

    /// What `--json` prints.
    private struct Document: Encodable {
        struct Migration: Encodable {
            var index: Int
            var tag: String
            var appliedAt: Timestamp?
            var milliseconds: Double?
        }

        var database: String
        var migrations: [Migration]
        var pending: Int

        init(target: ConnectionTarget, migrations: [MigrationStatus]) {
            database = target.configuration.database
            self.migrations = migrations.map {
                Migration(index: $0.index, tag: $0.tag, appliedAt: $0.appliedAt, milliseconds: $0.duration?.milliseconds)
            }
            pending = migrations.count { $0.appliedAt == nil }
        }
    }
}
