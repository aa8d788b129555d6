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
            try JSONOutput.print(StatusDocument(database: target.configuration.database, migrations: migrations))
        } else {
            Terminal.output("Schema of \(target.text)\n\n\(Self.table(migrations))\n\(Self.closingLines(migrations).joined(separator: "\n"))")
        }
    }

    static func table(_ migrations: [MigrationStatus]) -> String {
        Table(
            [.number("Index"), .text("Migration", limit: 40), .text("State"), .text("Applied at"), .number("Took")],
            rows: migrations.map { migration in
                ["\(migration.index)", migration.tag, migration.state, migration.appliedAt?.secondsText ?? "", migration.duration?.roundText ?? ""]
            }
        ).text
    }

    /// What the table means, and what to do.
    static func closingLines(_ migrations: [MigrationStatus]) -> [String] {
        let problems = migrations.compactMap(\.problem)
        guard problems.isEmpty else { return ["The schema does not fit this version:".red.bold] + problems.map { "  \($0)" } }
        let pending = migrations.count { $0.condition == .pending }
        guard pending > 0 else { return ["\("The schema is up to date:".green) all \(migrations.count) migrations are applied."] }
        return ["\("\(pending) of \(migrations.count) migrations are pending.".yellow) Next: deploystack-db up"]
    }
}

extension MigrationStatus {
    /// How the migration stands, in one word.
    var state: String {
        switch condition {
        case .applied: "applied"
        case .pending: "pending"
        case .drifted: "drifted"
        case .unknown: "unknown"
        }
    }

    /// Why the database does not fit this version, or `nil` when the migration is no reason.
    var problem: String? {
        switch condition {
        case .drifted(_, let reason): reason
        case .unknown: "\(tag) is unknown to this version: the database is newer. Next: use the version that applied it, or a later one."
        case .applied, .pending: nil
        }
    }
}
