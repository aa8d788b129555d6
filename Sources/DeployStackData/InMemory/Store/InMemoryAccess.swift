import DeployStackModels

/// Where an in-memory service finds its tables: the store's, or those of a transaction. A service cannot tell which.
///
/// The closures throw nothing but ``DataError``. Their types do not say so, because a closure's error type would have to be written at each call.
protocol InMemoryAccess: Sendable {
    /// Looks at the tables as they are now.
    func read<Result: Sendable>(_ body: (InMemoryTables) throws -> Result) async throws(DataError) -> Result

    /// Changes the tables. When the closure throws, nothing has changed.
    func write<Result: Sendable>(_ body: (inout InMemoryTables) throws -> Result) async throws(DataError) -> Result
}

extension DataError {
    /// The error that a closure over the tables threw.
    init(ofClosure error: any Error) {
        self = error as? DataError ?? DataError(.internal, reason: "the in-memory tables met an error that the data layer does not expect")
    }

    /// What a call in a cancelled task throws.
    static let cancelledBeforeCall = DataError(.cancelled, outcome: .notSent)

    /// What a call on a closed store throws.
    static let closedStore = DataError(.unavailable, reason: storeIsClosed, outcome: .notSent)

    /// What a change in a transaction that may only read throws.
    static let readOnlyTransaction = DataError(.unavailable, reason: "the server accepts no writes")
}
