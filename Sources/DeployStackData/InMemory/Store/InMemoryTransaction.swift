import DeployStackModels
import Synchronization

/// A transaction on in-memory tables: a private copy that becomes the store's when the transaction's closure returns.
///
/// Each call is a savepoint of its own, as on PostgreSQL: one that fails has no effect, and the transaction goes on.
final class InMemoryTransaction: StoreBackend, InMemoryAccess {
    private struct State {
        var tables: InMemoryTables
        var hasEnded = false
    }

    private let environment: StoreEnvironment
    private let isReadOnly: Bool
    private let state: Mutex<State>

    init(_ tables: InMemoryTables, environment: StoreEnvironment, isReadOnly: Bool) {
        self.environment = environment
        self.isReadOnly = isReadOnly
        state = Mutex(State(tables: tables))
    }

    var services: StoreServices { StoreServices(self, environment) }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        throw RowSecurityRules.notEnforced
    }

    func enableRowSecurity(for role: String) async throws(DataError) {
        throw SchemaMigrations.refusedInTransaction
    }

    func read<Result: Sendable>(_ body: (InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try validateCall()
        do { return try body(snapshot) } catch { throw DataError(ofClosure: error) }
    }

    func write<Result: Sendable>(_ body: (inout InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try validateCall()
        if isReadOnly { throw .readOnlyTransaction }
        return try state.withLock { (state) throws(DataError) in
            try state.tables.savepoint(body)
        }
    }

    /// Runs a closure on a savepoint. Its options are those of the outermost transaction.
    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        try validateCall()
        let before = snapshot
        do {
            return try await body(self)
        } catch {
            state.withLock { $0.tables = before }
            throw error
        }
    }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        throw SchemaMigrations.refusedInTransaction
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        throw SchemaMigrations.refusedInTransaction
    }

    func forgetSettings(_ key: String?) {
        environment.settingsMemory.forget(key)
    }

    /// A transaction ends with its closure; there is nothing to close.
    func close() async {}

    /// Ends the transaction, so that a store that outlives its closure can do nothing more.
    ///
    /// - Returns: The tables as the transaction leaves them.
    @discardableResult
    func end() -> InMemoryTables {
        state.withLock { state in
            state.hasEnded = true
            return state.tables
        }
    }

    private var snapshot: InMemoryTables { state.withLock { $0.tables } }

    private func validateCall() throws(DataError) {
        if Task.isCancelled { throw .cancelledBeforeCall }
        if state.withLock({ $0.hasEnded }) { throw Self.ended }
    }

    private static let ended = DataError(.unavailable, reason: "the transaction has ended", outcome: .notSent)
}
