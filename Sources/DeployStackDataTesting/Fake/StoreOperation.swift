/// Names calls of a store, to make them fail, to hold them, or to look for them among those that were made.
///
/// ```swift
/// fake.failNext(.teams.addMember, with: DataError(.unavailable))
/// #expect(fake.calls(of: .notifications.anyCall).isEmpty)
/// ```
///
/// Methods that differ only in their labels have one name; a condition on the arguments tells them apart.
public struct StoreOperation: Sendable, Hashable, CustomStringConvertible {
    /// The store's property, such as `teams`; `transaction` for the store's own transactions.
    public let repository: String
    /// The method without its parameters, such as `addMember`; `*` for all of them.
    public let name: String

    init(_ repository: String, _ name: String = "*") {
        self.repository = repository
        self.name = name
    }

    /// Every call.
    public static let anyCall = StoreOperation("*")

    /// The beginning and the end of the store's transactions.
    public static var transaction: Transaction { Transaction() }

    /// The beginning and the end of the store's transactions. Inner ones, which are savepoints, have them too.
    public struct Transaction: Sendable {
        /// All three.
        public var anyCall: StoreOperation { StoreOperation("transaction") }
        /// Beginning, before the closure runs.
        public var begin: StoreOperation { StoreOperation("transaction", "begin") }
        /// Committing, after the closure has returned.
        public var commit: StoreOperation { StoreOperation("transaction", "commit") }
        /// Rolling back, after the closure has thrown. It cannot be made to fail.
        public var rollback: StoreOperation { StoreOperation("transaction", "rollback") }
    }

    /// The names with a dot, such as `teams.addMember`.
    public var description: String { self == .anyCall ? "anything" : "\(repository).\(name)" }

    /// Whether another operation is this one or one of these.
    func includes(_ other: StoreOperation) -> Bool {
        (repository == "*" || repository == other.repository) && (name == "*" || name == other.name)
    }
}
