import DeployStackModels
import Synchronization

/// A store that keeps its tables in memory and cannot be told from one on PostgreSQL.
///
/// Writers come one after the other: each works on its own copy of the tables, which becomes the store's when it is done. Whoever reads meanwhile sees
/// what was there before. A transaction is a writer from beginning to end, so the fake is as if every transaction were serializable, and nothing in it
/// collides; what PostgreSQL would let run side by side waits here.
final class InMemoryBackend: StoreBackend, InMemoryAccess {
    private struct State {
        var tables = InMemoryTables()
        var isClosed = false
    }

    /// What all stores on the same tables have together.
    private final class Storage: Sendable {
        let writer = WriterLock()
        let state = Mutex(State())
        let streams = StreamHub()
        /// What each of the stores remembers of settings.
        let memories = Mutex<[SettingsMemory]>([])
    }

    private let environment: StoreEnvironment
    private let storage: Storage

    var writer: WriterLock { storage.writer }
    var streams: StreamHub { storage.streams }

    init(environment: StoreEnvironment) {
        self.environment = environment
        storage = Storage()
        storage.memories.withLock { $0.append(environment.settingsMemory) }
    }

    /// A second store on the tables of a first one.
    private init(on other: InMemoryBackend, environment: StoreEnvironment) {
        self.environment = environment
        storage = other.storage
        storage.memories.withLock { $0.append(environment.settingsMemory) }
    }

    var services: StoreServices {
        StoreServices(self, environment, streams: InMemoryNotificationStreams(arrivals: InMemoryArrivals(tables: self), hub: streams))
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        throw RowSecurityRules.notEnforced
    }

    func sharing(rowSecurity: RowSecurity, options: StoreOptions?) throws(DataError) -> any StoreBackend {
        let backend = options.map { InMemoryBackend(on: self, environment: StoreEnvironment($0)) } ?? self
        guard rowSecurity == .enforced else { return backend }
        return InMemoryScopedStore(base: backend, environment: backend.environment.withoutSettingsMemory, scope: .nobody, streams: streams)
    }

    /// Nobody but the stores that were opened with row security is bound by policies here.
    func enableRowSecurity(for role: String) async throws(DataError) {
        try validateCall()
    }

    func read<Result: Sendable>(_ body: (InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try validateCall()
        let tables = try committed()
        do { return try body(tables) } catch { throw DataError(ofClosure: error) }
    }

    func write<Result: Sendable>(_ body: (inout InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try validateCall()
        try await writer.acquire()
        defer { writer.release() }
        var tables = try begun()
        let result = try tables.savepoint(body)
        commit(tables)
        return result
    }

    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        try validateCall()
        // A transaction that only reads has its snapshot and disturbs nobody.
        if options.isReadOnly { return try await run(body, on: try committed(), in: environment.inTransaction, isReadOnly: true).result }
        let environment = environment.inTransaction
        defer { environment.settingsMemory.endTransaction() }
        try await writer.acquire()
        defer { writer.release() }
        let (result, tables) = try await run(body, on: try begun(), in: environment, isReadOnly: false)
        commit(tables)
        return result
    }

    func forgetSettings(_ key: String?) {
        environment.settingsMemory.forget(key)
    }

    /// Ends the store. A call or transaction under way is left to finish.
    func close() async {
        storage.state.withLock { $0.isClosed = true }
        for memory in storage.memories.withLock({ $0 }) { memory.close() }
        writer.close()
        await streams.close()
    }

    private func run<Result: Sendable>(
        _ body: (any StoreBackend) async throws -> Result, on tables: InMemoryTables, in environment: StoreEnvironment, isReadOnly: Bool
    ) async throws -> (result: Result, tables: InMemoryTables) {
        let transaction = InMemoryTransaction(tables, environment: environment, isReadOnly: isReadOnly)
        defer { transaction.end() }
        let result = try await ActiveTransaction.$stores.withValue(ActiveTransaction.stores + [ObjectIdentifier(storage)]) {
            try await body(transaction)
        }
        return (result, transaction.end())
    }

    /// Throws when a call cannot even begin.
    func validateCall() throws(DataError) {
        try ActiveTransaction.check(storage)
        if Task.isCancelled { throw .cancelledBeforeCall }
        _ = try committed()
    }

    private func committed() throws(DataError) -> InMemoryTables {
        let tables: InMemoryTables? = storage.state.withLock { $0.isClosed ? nil : $0.tables }
        guard let tables else { throw .closedStore }
        return tables
    }

    /// The tables for a writer, who has the next number.
    private func begun() throws(DataError) -> InMemoryTables {
        var tables = try committed()
        tables.transactionNumber += 1
        return tables
    }

    private func commit(_ tables: InMemoryTables) {
        storage.state.withLock { $0.tables = tables }
        if tables.lastArrival == tables.transactionNumber { streams.handle(.wakeUp(nil)) }
    }
}

extension StoreServices {
    /// The in-memory implementations over a store's tables or a transaction's.
    init(_ tables: some InMemoryAccess, _ environment: StoreEnvironment, streams: InMemoryNotificationStreams? = nil) {
        self.init(
            users: InMemoryUserService(tables: tables, environment: environment),
            roles: InMemoryRoleRepository(tables: tables, environment: environment),
            teams: InMemoryTeamService(tables: tables, environment: environment),
            catalog: InMemoryMcpServerCatalog(tables: tables, environment: environment),
            categories: InMemoryCategoryRepository(tables: tables, environment: environment),
            installations: InMemoryMcpInstallationService(tables: tables, environment: environment),
            instances: InMemoryInstanceRepository(tables: tables, environment: environment),
            userConfigurations: InMemoryUserConfigurationRepository(tables: tables, environment: environment),
            tokens: InMemoryTokenService(tables: tables, environment: environment),
            oauthClients: InMemoryOAuthClientRepository(tables: tables, environment: environment),
            secrets: InMemorySecretMaintenance(tables: tables, environment: environment),
            settings: environment.settingsMemory.over(InMemorySettingsRepository(tables: tables, environment: environment)),
            preferences: InMemoryPreferenceRepository(tables: tables, environment: environment),
            notifications: InMemoryNotificationRepository(tables: tables, environment: environment, streams: streams),
            satellites: InMemorySatelliteRepository(tables: tables, environment: environment),
            satelliteCommands: InMemorySatelliteCommandQueue(tables: tables, environment: environment),
            registrationTokens: InMemoryRegistrationTokenRepository(tables: tables, environment: environment),
            serverVersions: InMemoryServerVersionRepository(tables: tables, environment: environment))
    }
}
