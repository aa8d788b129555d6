import DeployStackModels
import PostgresDriver

extension InMemoryBackend {
    /// The tables are made as the last migration leaves them, so there is nothing to do.
    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        try validateCall()
        return MigrationReport(applied: [], total: try Self.migrations().count)
    }

    /// Every migration is applied from the beginning, at the moment that the rows bear which the migrations insert.
    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        try validateCall()
        return try Self.migrations().map { migration in
            MigrationStatus(index: migration.index, tag: migration.tag, condition: .applied(at: Self.schemaMoment, duration: .zero))
        }
    }

    /// 2025-01-01 00:00 UTC. Asking the store's clock instead would make the calls that follow see other times than on a database.
    private static let schemaMoment = Timestamp(secondsSinceEpoch: 1_735_689_600) ?? .epoch

    private static func migrations() throws(DataError) -> [Migration] {
        do { return try SchemaMigrations.history().migrations } catch { throw DataError(error) }
    }
}
