public import DeployStackModels
import PostgresDriver

extension DataStore {
    /// Opens a store on a PostgreSQL database.
    ///
    /// Connections are opened when they are needed, so this does not fail when the server is down, unless the schema is to be brought up to date
    /// first.
    ///
    /// - Parameters:
    ///   - configuration: Where the database is and how to use it.
    ///   - rowSecurity: Whether the database itself keeps the rows of teams apart. When it shall, the server is asked at once whether it does; then nothing
    ///     of any team is there until the store is scoped to one, see ``scoped(to:user:)``.
    ///   - options: How the store behaves.
    /// - Returns: The store. Close it when it is no longer needed.
    /// - Throws: ``DataError`` of kind `.configuration` when a setting is out of range, or as ``migrate(progress:)`` does when
    ///   ``StoreOptions/autoMigrate`` is on; with ``RowSecurity/enforced`` when the role would not be bound by the policies: the reason says what to do.
    ///   Of kind `.unavailable` when the server cannot be asked.
    public static func postgres(
        _ configuration: PostgresConfiguration, rowSecurity: RowSecurity = .off, options: StoreOptions = StoreOptions()
    ) async throws(DataError) -> DataStore {
        if rowSecurity == .enforced, options.autoMigrate { throw RowSecurityRules.migrationRefused }
        let client: PostgresClient
        do {
            client = try PostgresClient(
                connection: configuration.connection, pool: configuration.poolConfiguration,
                limits: ClientLimits(callTimeout: configuration.callTimeout),
                logger: options.logger)
        } catch {
            throw DataError(error)
        }
        let backend = PostgresStore(client: client, environment: StoreEnvironment(options), rowSecurity: rowSecurity)
        let store = DataStore(backend)
        do {
            if options.autoMigrate { try await store.migrate() }
            if rowSecurity == .enforced { try await backend.validateRowSecurity() }
        } catch {
            await store.close()
            throw error
        }
        return store
    }

    /// Opens a new, empty store on in-memory tables: a fake for tests that cannot be told from a database.
    ///
    /// It has the schema's rules, constraints, order and search, and needs no server. What it holds is gone with it.
    ///
    /// - Parameter options: How the store behaves.
    public static func inMemory(options: StoreOptions = StoreOptions()) -> DataStore {
        DataStore(InMemoryBackend(environment: StoreEnvironment(options)))
    }

    /// Opens a second store on the tables of an in-memory one, as another program or another role connects to the same database.
    ///
    /// ```swift
    /// let platform = DataStore.inMemory()
    /// let tenants = try DataStore.inMemory(on: platform, rowSecurity: .enforced)
    /// // Has another key, so it cannot read what the first one encrypts.
    /// let other = try DataStore.inMemory(on: platform, options: StoreOptions(encryptionSecret: secret))
    /// ```
    ///
    /// - Parameters:
    ///   - store: The store whose tables are used; closing either closes both. A call on either inside a transaction of the other is refused, where PostgreSQL
    ///     would have it wait.
    ///   - rowSecurity: Whether the new store sees only what belongs to the team and user that it is scoped to.
    ///   - options: How the new store behaves, or `nil` for the same as the first.
    /// - Throws: ``DataError`` of kind `.configuration` when the store is not one that ``inMemory(options:)`` has opened.
    public static func inMemory(
        on store: DataStore, rowSecurity: RowSecurity = .off, options: StoreOptions? = nil
    ) throws(DataError) -> DataStore {
        DataStore(try store.backend.sharing(rowSecurity: rowSecurity, options: options))
    }
}
