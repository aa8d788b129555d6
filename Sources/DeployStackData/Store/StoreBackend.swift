package import DeployStackModels

/// What stands behind a store: a database, a transaction in it, or the in-memory tables.
package protocol StoreBackend: Sendable {
    /// The repositories on this backend.
    var services: StoreServices { get }

    /// Runs a closure on a transaction of this backend: a savepoint when this backend is a transaction itself.
    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result

    /// The same backend for the rows of one team or user. A backend on which row security is off, or that has a scope, has none.
    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend

    /// A second backend on the same in-memory tables, which behaves as the first one unless it is told otherwise.
    func sharing(rowSecurity: RowSecurity, options: StoreOptions?) throws(DataError) -> any StoreBackend

    /// Makes the policies hold, and lets a role use the tables.
    func enableRowSecurity(for role: String) async throws(DataError)

    /// Brings the schema up to date.
    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport

    /// Says which migrations are applied.
    func migrationStatus() async throws(DataError) -> [MigrationStatus]

    /// Forgets one setting that is remembered, or all of them.
    func forgetSettings(_ key: String?)

    /// Ends everything; calls that come later fail with kind `.unavailable`.
    func close() async
}

extension StoreBackend {
    package func sharing(rowSecurity: RowSecurity, options: StoreOptions?) throws(DataError) -> any StoreBackend {
        throw DataError(.configuration, reason: "only the tables of a store that is in memory can be shared like this", outcome: .notSent)
    }
}

/// The repositories of one backend.
package struct StoreServices: Sendable {
    package var users: any UserService
    package var roles: any RoleRepository
    package var teams: any TeamService
    package var catalog: any McpServerCatalog
    package var categories: any CategoryRepository
    package var installations: any McpInstallationService
    package var instances: any InstanceRepository
    package var userConfigurations: any UserConfigurationRepository
    package var tokens: any TokenService
    package var oauthClients: any OAuthClientRepository
    package var secrets: any SecretMaintenance
    package var settings: any SettingsRepository
    package var preferences: any PreferenceRepository
    package var notifications: any NotificationRepository
    package var satellites: any SatelliteRepository
    package var satelliteCommands: any SatelliteCommandQueue
    package var registrationTokens: any RegistrationTokenRepository
    package var serverVersions: any ServerVersionRepository
}
