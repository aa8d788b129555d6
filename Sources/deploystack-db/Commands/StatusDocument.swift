import DeployStackData
import DeployStackModels

/// What `deploystack-db status --json` prints.
struct StatusDocument: Encodable {
    struct Migration: Encodable {
        var index: Int
        var tag: String
        /// `applied`, `pending`, `drifted` or `unknown`.
        var state: String
        var appliedAt: Timestamp?
        var milliseconds: Double?
        /// Why the database does not fit this version.
        var problem: String?
    }

    var database: String
    var migrations: [Migration]
    var pending: Int

    init(database: String, migrations: [MigrationStatus]) {
        self.database = database
        self.migrations = migrations.map { migration in
            Migration(
                index: migration.index, tag: migration.tag, state: migration.state, appliedAt: migration.appliedAt,
                milliseconds: migration.duration?.milliseconds, problem: migration.problem)
        }
        pending = migrations.count { $0.condition == .pending }
    }
}
