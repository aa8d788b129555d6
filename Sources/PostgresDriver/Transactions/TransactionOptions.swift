/// How a transaction begins.
package struct TransactionOptions: Sendable, Hashable {
    /// What a transaction sees of others.
    package enum Isolation: Sendable, Hashable {
        /// Every statement sees what was committed before it.
        case readCommitted
        /// Every statement sees what was committed before the first.
        case repeatableRead
        /// As if transactions ran one after the other.
        case serializable
    }

    /// The isolation level.
    package var isolation: Isolation

    /// Whether the transaction may only read.
    package var isReadOnly: Bool

    /// Whether a serializable, read-only transaction waits for a moment in which it cannot fail. Has no effect on others.
    package var isDeferrable: Bool

    /// Describes a transaction; the default is READ COMMITTED and may write.
    package init(isolation: Isolation = .readCommitted, isReadOnly: Bool = false, isDeferrable: Bool = false) {
        self.isolation = isolation
        self.isReadOnly = isReadOnly
        self.isDeferrable = isDeferrable
    }

    /// The statement that begins it. Everything is said, so that a role's or database's defaults change nothing.
    var beginStatement: String {
        var sql =
            switch isolation {
            case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
            case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
            case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
            }
        sql += isReadOnly ? ", READ ONLY" : ", READ WRITE"
        if isDeferrable { sql += ", DEFERRABLE" }
        return sql
    }
}

/// How often a transaction is run again when the server says that it may succeed then.
package struct RetryPolicy: Sendable, Hashable {
    /// The most times that it is run again.
    package var maxRetries: Int

    /// The mean pause before the first repetition; it doubles with each.
    package var pause: Duration

    /// Describes a policy.
    package init(maxRetries: Int, pause: Duration = .milliseconds(5)) {
        self.maxRetries = maxRetries
        self.pause = pause
    }

    /// Three repetitions after short, varied pauses.
    package static let `default` = RetryPolicy(maxRetries: 3)

    /// Never again.
    package static let never = RetryPolicy(maxRetries: 0)

    /// The pause before repetition `number`, counted from 1; varied, so that two that met do not meet again.
    func pause(before number: Int) -> Duration {
        pause * (1 << min(number - 1, 10)) * Double.random(in: 0.5...1.5)
    }
}
