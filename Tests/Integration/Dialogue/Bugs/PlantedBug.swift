import DeployStackDataTesting
import DeployStackModels

@testable import DeployStackData

/// A slip as it could be in the in-memory store, for tests of the dialogue: it must find each of them.
struct PlantedBug: Sendable {
    /// What the store does wrong, as a sentence.
    let name: String
    /// Puts other repositories in the place of the right ones.
    var change: @Sendable (inout StoreServices, PlantedBackend) -> Void = { _, _ in }
    /// What is not undone.
    var keeping = Keeping.nothing

    enum Keeping: Sendable {
        case nothing
        case failedSavepoints
        case failedTransactions
    }
}

/// An in-memory store with a bug.
struct PlantedBackend: StoreBackend {
    let base: any StoreBackend
    let bug: PlantedBug
    let clock: ManualTimeSource
    var isInTransaction = false

    var services: StoreServices {
        var services = base.services
        bug.change(&services, self)
        return services
    }

    func transaction<Value: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Value
    ) async throws -> Value {
        if isInTransaction, bug.keeping == .failedSavepoints { return try await body(self) }
        let keepsAll = bug.keeping == .failedTransactions && !isInTransaction
        let result: Swift.Result<Value, any Error> = try await base.transaction(options) { backend in
            do {
                return .success(try await body(PlantedBackend(base: backend, bug: bug, clock: clock, isInTransaction: true)))
            } catch {
                guard keepsAll else { throw error }
                return .failure(error)
            }
        }
        return try result.get()
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        PlantedBackend(base: try base.scoped(to: scope), bug: bug, clock: clock, isInTransaction: isInTransaction)
    }

    func enableRowSecurity(for role: String) async throws(DataError) { try await base.enableRowSecurity(for: role) }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        try await base.migrate(progress: progress)
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] { try await base.migrationStatus() }

    func forgetSettings(_ key: String?) { base.forgetSettings(key) }

    func close() async { await base.close() }

    /// The tables as they are.
    func tables() async throws(DataError) -> InMemoryTables { try await access.read { $0 } }

    /// Makes a change and puts a table back as it was before, as if the change had forgotten it.
    ///
    /// - Parameters:
    ///   - path: The table.
    ///   - change: What changes it.
    ///   - isForgotten: Whether this change forgets, by what it returned and how everything was before.
    func forgetting<Table, Value>(
        _ path: any WritableKeyPath<InMemoryTables, Table> & Sendable, after change: () async throws(DataError) -> Value,
        when isForgotten: (Value, InMemoryTables) -> Bool = { _, _ in true }
    ) async throws(DataError) -> Value {
        let before = try await tables()
        let value = try await change()
        if isForgotten(value, before) { try await restore(path, from: before) }
        return value
    }

    private func restore<Table>(_ path: any WritableKeyPath<InMemoryTables, Table> & Sendable, from before: InMemoryTables) async throws(DataError) {
        let table = before[keyPath: path]
        try await access.write { $0[keyPath: path] = table }
    }

    private var access: any InMemoryAccess {
        guard let access = base as? any InMemoryAccess else { preconditionFailure("A bug is planted in an in-memory store.") }
        return access
    }
}
