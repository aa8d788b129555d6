public import DeployStackModels

/// The way into DeployStack's data: its repositories on one backend, and transactions over all of them.
///
/// A store stands on PostgreSQL or on in-memory tables, and code that uses one cannot tell which:
///
/// ```swift
/// let store = try await DataStore.postgres(.fromEnvironment())
/// try await store.migrate()
/// let teams = try await store.teams.teams(of: user)
/// await store.close()
/// ```
///
/// A store is a small value; copies share the backend. It can be used from any number of tasks at once.
public struct DataStore: Sendable {
    package let backend: any StoreBackend

    package init(_ backend: any StoreBackend) {
        self.backend = backend
        services = backend.services
    }

    private let services: StoreServices

    /// Users.
    public var users: any UserService { services.users }
    /// The roles of the platform.
    public var roles: any RoleRepository { services.roles }
    /// Teams and their members.
    public var teams: any TeamService { services.teams }
    /// The catalog of servers.
    public var catalog: any McpServerCatalog { services.catalog }
    /// The categories of the catalog.
    public var categories: any CategoryRepository { services.categories }
    /// Installations of servers for teams.
    public var installations: any McpInstallationService { services.installations }
    /// Each member's own instances of what is installed.
    public var instances: any InstanceRepository { services.instances }
    /// What each user sets for what is installed.
    public var userConfigurations: any UserConfigurationRepository { services.userConfigurations }
    /// Tokens, and the requests and codes that they come from.
    public var tokens: any TokenService { services.tokens }
    /// OAuth clients and consents.
    public var oauthClients: any OAuthClientRepository { services.oauthClients }
    /// The settings of the platform.
    public var settings: any SettingsRepository { services.settings }
    /// What users prefer.
    public var preferences: any PreferenceRepository { services.preferences }
    /// Notifications.
    public var notifications: any NotificationRepository { services.notifications }
    /// Satellites, which run the servers.
    public var satellites: any SatelliteRepository { services.satellites }
    /// Commands that satellites fetch.
    public var satelliteCommands: any SatelliteCommandQueue { services.satelliteCommands }
    /// Tokens with which satellites register.
    public var registrationTokens: any RegistrationTokenRepository { services.registrationTokens }
    /// The versions of the catalog's entries.
    public var serverVersions: any ServerVersionRepository { services.serverVersions }

    /// Runs a closure in a transaction over all repositories.
    ///
    /// Everything that the closure does through the store it is given happens together when it returns, or not at all when it throws. On a
    /// transaction's store this is a savepoint: its failure undoes only what the inner closure did. A conflict with another transaction makes the
    /// outermost closure run again, at most three times, so it must do nothing that cannot be repeated.
    ///
    /// Inside, use only the store that the closure is given. The outer one is refused with rule `outerStoreInTransaction`: it would work beside the
    /// transaction and could wait for it for ever.
    ///
    /// ```swift
    /// try await store.transaction { store in
    ///     let team = try await store.teams.createTeam(newTeam)
    ///     try await store.notifications.notifyTeam(team.id, title: "Welcome", message: "Your team is ready.")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - options: How the transaction runs; on a transaction's store, where they are the outermost one's, they are ignored.
    ///   - body: What to do.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws; ``DataError`` when the transaction cannot be begun or committed. When its outcome is
    ///   ``DataError/Outcome/unknown``, the answer to the commit was lost.
    @discardableResult
    public func transaction<Result: Sendable>(
        _ options: TransactionOptions = .default, _ body: (DataStore) async throws -> Result
    ) async throws -> Result {
        try await backend.transaction(options) { backend in
            try await body(DataStore(backend))
        }
    }

    /// Brings the database's schema up to date. On in-memory tables there is nothing to do.
    ///
    /// Any number of processes may do this at once: each migration is applied by one of them, in a transaction of its own.
    ///
    /// - Parameter progress: Called after each migration that was applied.
    /// - Returns: What was applied.
    /// - Throws: ``DataError`` of kind `.configuration` when a migration fails or the database does not fit this version: one was changed after it was
    ///   applied, one is missing in between, or the database is newer; also when the store is connected through a pooler. The reason says what to do.
    @discardableResult
    public func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)? = nil) async throws(DataError) -> MigrationReport {
        try await backend.migrate(progress: progress)
    }

    /// Says which migrations are applied, in order.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` when the database does not fit this version.
    public func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        try await backend.migrationStatus()
    }

    /// Ends the store: waits for calls under way for a short time, then closes its connections. Calls that come later fail with kind `.unavailable`.
    public func close() async {
        await backend.close()
    }
}

/// Opens a store, runs a closure with it and closes it, also when the closure throws.
///
/// ```swift
/// try await withDataStore(.inMemory()) { store in
///     try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
/// }
/// ```
///
/// - Parameters:
///   - store: Opens the store.
///   - body: What to do with it.
/// - Returns: What the closure returns.
/// - Throws: What opening the store or the closure throws.
public func withDataStore<Result: Sendable>(
    _ store: @autoclosure () async throws -> DataStore, _ body: (DataStore) async throws -> Result
) async throws -> Result {
    let store = try await store()
    do {
        let result = try await body(store)
        await store.close()
        return result
    } catch {
        await store.close()
        throw error
    }
}
