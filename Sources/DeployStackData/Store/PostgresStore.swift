import DeployStackModels
import PostgresDriver

/// A store on PostgreSQL: the pool, and the services over it.
struct PostgresStore: StoreBackend {
    let client: PostgresClient
    let environment: StoreEnvironment
    let streams: PostgresNotificationStreams
    /// Whose rows there are; `nil` when row security is off.
    private(set) var scope: DatabaseScope?

    init(client: PostgresClient, environment: StoreEnvironment, rowSecurity: RowSecurity) {
        self.client = client
        let environment = rowSecurity == .enforced ? environment.withoutSettingsMemory : environment
        self.environment = environment
        scope = rowSecurity == .enforced ? DatabaseScope(.nobody) : nil
        streams = PostgresNotificationStreams(client: client, environment: environment)
    }

    var services: StoreServices {
        let database = Database(executor: .client(client), environment: environment, scope: scope)
        return StoreServices(database, streams: streams.reading(database))
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        guard let present = self.scope else { throw RowSecurityRules.notEnforced }
        guard !present.scope.isChosen else { throw RowSecurityRules.scopeIsFixed }
        var store = self
        store.scope = DatabaseScope(scope)
        return store
    }

    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        try ActiveTransaction.check(client)
        let environment = environment.inTransaction
        defer { environment.settingsMemory.endTransaction() }
        do {
            return try await ActiveTransaction.$stores.withValue(ActiveTransaction.stores + [ObjectIdentifier(client)]) {
                try await client.withTransaction(PostgresDriver.TransactionOptions(options), settings: scope?.settings) { transaction in
                    try await body(PostgresTransactionStore(transaction: transaction, environment: environment, scope: scope))
                }
            }
        } catch let error as PostgresError {
            throw DataError(error)
        }
    }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        guard scope == nil else { throw RowSecurityRules.migrationRefused }
        return try await SchemaMigrations.apply(with: client, progress: progress)
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        try await SchemaMigrations.status(with: client)
    }

    func forgetSettings(_ key: String?) {
        environment.settingsMemory.forget(key)
    }

    func close() async {
        environment.settingsMemory.close()
        await streams.hub.close()
        await client.close()
    }
}

/// A transaction on PostgreSQL as a store of its own.
struct PostgresTransactionStore: StoreBackend {
    let transaction: PostgresTransaction
    let environment: StoreEnvironment
    let scope: DatabaseScope?

    var services: StoreServices {
        StoreServices(Database(executor: .transaction(transaction), environment: environment, scope: scope))
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        throw self.scope == nil ? RowSecurityRules.notEnforced : RowSecurityRules.scopeIsFixed
    }

    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        do {
            return try await transaction.withSavepoint { savepoint in
                try await body(PostgresTransactionStore(transaction: savepoint, environment: environment, scope: scope))
            }
        } catch let error as PostgresError {
            throw DataError(error)
        }
    }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        throw SchemaMigrations.refusedInTransaction
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        throw SchemaMigrations.refusedInTransaction
    }

    func enableRowSecurity(for role: String) async throws(DataError) {
        throw SchemaMigrations.refusedInTransaction
    }

    func forgetSettings(_ key: String?) {
        environment.settingsMemory.forget(key)
    }

    /// A transaction ends with its closure; there is nothing to close.
    func close() async {}
}

extension StoreServices {
    /// The Postgres implementations over a pool or a transaction.
    init(_ database: Database, streams: PostgresNotificationStreams? = nil) {
        self.init(
            users: PostgresUserService(database: database),
            roles: PostgresRoleRepository(database: database),
            teams: PostgresTeamService(database: database),
            catalog: PostgresMcpServerCatalog(database: database),
            categories: PostgresCategoryRepository(database: database),
            installations: PostgresMcpInstallationService(database: database),
            instances: PostgresInstanceRepository(database: database),
            userConfigurations: PostgresUserConfigurationRepository(database: database),
            tokens: PostgresTokenService(database: database),
            oauthClients: PostgresOAuthClientRepository(database: database),
            secrets: PostgresSecretMaintenance(database: database),
            settings: database.environment.settingsMemory.over(PostgresSettingsRepository(database: database)),
            preferences: PostgresPreferenceRepository(database: database),
            notifications: PostgresNotificationRepository(database: database, streams: streams),
            satellites: PostgresSatelliteRepository(database: database),
            satelliteCommands: PostgresSatelliteCommandQueue(database: database),
            registrationTokens: PostgresRegistrationTokenRepository(database: database),
            serverVersions: PostgresServerVersionRepository(database: database))
    }
}

extension PostgresDriver.TransactionOptions {
    init(_ options: TransactionOptions) {
        let isolation: Isolation =
            switch options.isolation {
            case .readCommitted: .readCommitted
            case .repeatableRead: .repeatableRead
            case .serializable: .serializable
            }
        self.init(isolation: isolation, isReadOnly: options.isReadOnly, isDeferrable: options.isDeferrable)
    }
}
