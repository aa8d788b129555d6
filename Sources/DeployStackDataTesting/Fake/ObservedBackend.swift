import DeployStackData
import DeployStackModels

/// A backend whose calls are recorded and can be made to fail, with all transactions in it.
struct ObservedBackend: StoreBackend {
    let base: any StoreBackend
    let site: CallSite

    /// How often a transaction is repeated that met a conflict, as on PostgreSQL.
    private static let maximumRepetitions = 3

    var services: StoreServices { base.services.observed(at: site) }

    func transaction<Result: Sendable>(
        _ options: TransactionOptions, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        // A savepoint is not repeated alone; the conflict is noted for the outermost transaction.
        if let notes = site.transaction { return try await attempt(options, notes, body) }
        var repetitions = 0
        while true {
            let notes = TransactionNotes()
            do {
                return try await attempt(options, notes, body)
            } catch {
                guard notes.conflict != nil, repetitions < Self.maximumRepetitions, !Task.isCancelled else { throw error }
                repetitions += 1
            }
        }
    }

    func scoped(to scope: RowScope) throws(DataError) -> any StoreBackend {
        ObservedBackend(base: try base.scoped(to: scope), site: site)
    }

    func sharing(rowSecurity: RowSecurity, options: StoreOptions?) throws(DataError) -> any StoreBackend {
        ObservedBackend(base: try base.sharing(rowSecurity: rowSecurity, options: options), site: site)
    }

    func enableRowSecurity(for role: String) async throws(DataError) {
        try await base.enableRowSecurity(for: role)
    }

    func migrate(progress: (@Sendable (MigrationReport.Step) -> Void)?) async throws(DataError) -> MigrationReport {
        try await base.migrate(progress: progress)
    }

    func migrationStatus() async throws(DataError) -> [MigrationStatus] {
        try await base.migrationStatus()
    }

    func forgetSettings(_ key: String?) {
        base.forgetSettings(key)
    }

    func close() async {
        await base.close()
    }

    private func attempt<Result: Sendable>(
        _ options: TransactionOptions, _ notes: TransactionNotes, _ body: (any StoreBackend) async throws -> Result
    ) async throws -> Result {
        let inner = CallSite(observer: site.observer, transaction: notes)
        try await site.call(.transaction.begin, "transaction(_:_:)", []) {}
        var commit: CallObserver.Ticket?
        do {
            let result = try await base.transaction(options) { backend in
                let result = try await body(ObservedBackend(base: backend, site: inner))
                let ticket = site.begin(.transaction.commit, "transaction(_:_:)")
                commit = ticket
                try await inner.note { () async throws(DataError) in try await ticket.plan.before() }
                if site.transaction == nil, notes.conflict != nil { throw Self.passedOver }
                return result
            }
            if let commit {
                try commit.plan.after()
                site.observer.end(commit, .succeeded)
            }
            return result
        } catch {
            if let commit {
                site.observer.end(commit, .failed(error as? DataError ?? DataError(.internal, reason: "the transaction failed")))
            } else {
                site.observer.end(site.begin(.transaction.rollback, "transaction(_:_:)"), .succeeded)
            }
            throw error
        }
    }

    /// What a transaction whose closure swallowed a conflict fails with when it has been repeated often enough.
    private static let passedOver = DataError(
        .conflict, reason: "the transaction was rolled back, because a failed call in it was passed over", outcome: .failed)
}
