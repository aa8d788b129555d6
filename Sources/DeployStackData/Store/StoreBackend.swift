import DeployStackModels

/// What stands behind a store: a database, a transaction in it, or the in-memory tables.
protocol StoreBackend: Sendable {
    /// The repositories on this backend.
    var services: StoreServices { get }

    /// Runs a closure on a transaction of this backend: a savepoint when this backend is a transaction itself.
    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result

    /// Brings the schema up to date.
    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport

    /// Says which migrations are applied.
    func migrationStatus() async throws(DataError) -> [MigrationStatus]

    /// Ends everything; calls that come later fail with kind `.unavailable`.
    func close() async
}

/// The repositories of one backend.
struct StoreServices: Sendable {
    var users: any UserService
    var roles: any RoleRepository
    var teams: any TeamService
    var catalog: any McpServerCatalog
    var installations: any McpInstallationService
    var tokens: any TokenService
    var settings: any SettingsRepository
    var preferences: any PreferenceRepository
    var notifications: any NotificationRepository
}
