/// How a transaction sees the changes of others.
public enum IsolationLevel: Sendable, Hashable {
    /// Each statement sees what was committed before it began.
    case readCommitted
    /// The whole transaction sees what was committed before its first statement.
    case repeatableRead
    /// As if all transactions had run one after the other.
    case serializable
}

/// How a transaction runs.
public struct TransactionOptions: Sendable, Hashable {
    /// How the transaction sees the changes of others.
    public var isolation: IsolationLevel
    /// Whether the transaction may only read.
    public var isReadOnly: Bool
    /// Whether a serializable read-only transaction waits for a moment in which it cannot fail.
    public var isDeferrable: Bool

    /// Creates options.
    public init(isolation: IsolationLevel = .readCommitted, isReadOnly: Bool = false, isDeferrable: Bool = false) {
        self.isolation = isolation
        self.isReadOnly = isReadOnly
        self.isDeferrable = isDeferrable
    }

    /// Read committed, reading and writing.
    public static let `default` = TransactionOptions()
}
