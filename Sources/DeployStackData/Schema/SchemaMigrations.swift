import DeployStackModels
package import PostgresDriver

/// The migrations of DeployStack's schema. They are part of the program: a deployed service needs no files beside it.
package enum SchemaMigrations {
    /// The migrations in order, read from what was compiled in.
    ///
    /// A new migration is a file in `Migrations`, its entry in `Migrations/meta/_journal.json` and a line here; a test compares the three.
    package static func history() throws(PostgresError) -> MigrationHistory {
        try MigrationHistory(
            journal: PackageResources._journal_json,
            files: [
                "0000_create_users.sql": PackageResources._000_create_users_sql,
                "0001_create_teams.sql": PackageResources._001_create_teams_sql,
                "0002_create_catalog.sql": PackageResources._002_create_catalog_sql,
                "0003_create_installations.sql": PackageResources._003_create_installations_sql,
                "0004_create_oauth.sql": PackageResources._004_create_oauth_sql,
                "0005_create_satellites.sql": PackageResources._005_create_satellites_sql,
                "0006_create_notifications.sql": PackageResources._006_create_notifications_sql,
                "0007_create_settings.sql": PackageResources._007_create_settings_sql,
                "0008_create_user_preferences.sql": PackageResources._008_create_user_preferences_sql,
                "0009_stream_notifications.sql": PackageResources._009_stream_notifications_sql,
                "0010_complete_oauth.sql": PackageResources._010_complete_oauth_sql,
                "0011_extend_satellites_and_catalog.sql": PackageResources._011_extend_satellites_and_catalog_sql,
                "0012_suggest_words.sql": PackageResources._012_suggest_words_sql,
                "0013_add_row_policies.sql": PackageResources._013_add_row_policies_sql,
                "0014_find_valid_tokens.sql": PackageResources._014_find_valid_tokens_sql,
            ])
    }

    static func apply(
        with client: PostgresClient, progress: (@Sendable (MigrationReport.Step) -> Void)?
    ) async throws(DataError) -> MigrationReport {
        do {
            let run = try await MigrationRunner(client: client, history: try history()).apply { event in
                if case .applied(let migration) = event { progress?(MigrationReport.Step(migration)) }
            }
            return MigrationReport(applied: run.applied.map { MigrationReport.Step($0) }, total: run.total)
        } catch {
            throw DataError(error)
        }
    }

    static func status(with client: PostgresClient) async throws(DataError) -> [MigrationStatus] {
        do throws(PostgresError) {
            var statuses: [MigrationStatus] = []
            for state in try await MigrationRunner(client: client, history: try history()).status() {
                statuses.append(try MigrationStatus(state))
            }
            return statuses
        } catch {
            throw DataError(error)
        }
    }

    static let refusedInTransaction = DataError(
        .configuration, reason: "the schema is migrated by the store itself, not inside a transaction", outcome: .notSent)
}

extension MigrationReport.Step {
    init(_ migration: AppliedMigration) {
        self.init(index: migration.index, tag: migration.tag, duration: migration.duration)
    }
}

extension MigrationStatus {
    fileprivate init(_ state: MigrationState) throws(PostgresError) {
        let condition: Condition =
            switch state.condition {
            case .applied(let time, let duration): .applied(at: try Timestamp(postgresRepresentation: time), duration: duration)
            case .pending: .pending
            case .drifted(let time, let reason): .drifted(at: try Timestamp(postgresRepresentation: time), reason: reason)
            case .unknown(let time): .unknown(at: try Timestamp(postgresRepresentation: time))
            }
        self.init(index: state.index, tag: state.tag, condition: condition)
    }
}
