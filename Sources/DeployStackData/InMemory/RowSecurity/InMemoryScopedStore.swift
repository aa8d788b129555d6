import DeployStackModels

/// In-memory tables, or a transaction on them, as a role sees them whom policies bind.
struct InMemoryScopedStore: StoreBackend, InMemoryAccess {
    let base: any StoreBackend & InMemoryAccess
    let environment: StoreEnvironment
    let scope: RowScope
    /// What streams are woken by; `nil` in a transaction.
    let streams: StreamHub?

    var services: StoreServices {
        StoreServices(self, environment, streams: streams.map { InMemoryNotificationStreams(arrivals: InMemoryArrivals(tables: self), hub: $0) })
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        guard !self.scope.isChosen, streams != nil else { throw RowSecurityRules.scopeIsFixed }
        return InMemoryScopedStore(base: base, environment: environment, scope: scope, streams: streams)
    }

    func read<Result: Sendable>(_ body: (InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try await base.read { tables in
            var tables = tables
            tables.show(scope)
            return try body(tables)
        }
    }

    func write<Result: Sendable>(_ body: (inout InMemoryTables) throws -> Result) async throws(DataError) -> Result {
        try await base.write { tables in
            tables.show(scope)
            let result = try body(&tables)
            tables.show(nil)
            return result
        }
    }

    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        try await base.transaction(options) { backend in
            guard let tables = backend as? any StoreBackend & InMemoryAccess else {
                throw DataError(.internal, reason: "a transaction on in-memory tables has no tables")
            }
            return try await body(InMemoryScopedStore(base: tables, environment: environment, scope: scope, streams: nil))
        }
    }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        throw streams == nil ? SchemaMigrations.refusedInTransaction : RowSecurityRules.migrationRefused
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        try await base.migrationStatus()
    }

    func enableRowSecurity(for role: String) async throws(DataError) {
        throw streams == nil ? SchemaMigrations.refusedInTransaction : RowSecurityRules.migrationRefused
    }

    func forgetSettings(_ key: String?) {
        base.forgetSettings(key)
    }

    func close() async {
        await base.close()
    }
}
