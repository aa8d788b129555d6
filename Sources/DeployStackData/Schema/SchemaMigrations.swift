import DeployStackModels
import PostgresDriver

enum SchemaMigrations {
    static func apply(with client: PostgresClient, progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        throw refusedInTransaction
    }
    static func status(with client: PostgresClient) async throws(DataError) -> [MigrationStatus] { throw refusedInTransaction }
    static let refusedInTransaction = DataError(
        .configuration, reason: "the schema is migrated by the store itself, not inside a transaction", outcome: .notSent)
}
