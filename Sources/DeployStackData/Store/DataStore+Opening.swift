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
    ///   - options: How the store behaves.
    /// - Returns: The store. Close it when it is no longer needed.
    /// - Throws: ``DataError`` of kind `.configuration` when a setting is out of range, or as ``migrate(progress:)`` does when
    ///   ``StoreOptions/autoMigrate`` is on.
    public static func postgres(
        _ configuration: PostgresConfiguration, options: StoreOptions = StoreOptions()
    ) async throws(DataError) -> DataStore {
        let client: PostgresClient
        do {
            client = try PostgresClient(
                connection: configuration.connection, pool: configuration.poolConfiguration,
                limits: ClientLimits(callTimeout: configuration.callTimeout),
                logger: options.logger)
        } catch {
            throw DataError(error)
        }
        let store = DataStore(PostgresStore(client: client, environment: StoreEnvironment(options)))
        if options.autoMigrate {
            do {
                try await store.migrate()
            } catch {
                await store.close()
                throw error
            }
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
}
