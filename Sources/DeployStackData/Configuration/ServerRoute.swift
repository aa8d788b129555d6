/// Whether the server is reached directly or through a pooler.
public enum ServerRoute: Sendable, Hashable {
    /// Directly, or through something that only passes on what it is sent: a connection is a session of the server.
    case direct
    /// Through a pooler such as PgBouncer in transaction mode, which lends a session for one transaction at a time.
    ///
    /// Every call of the repositories gives the same results as without one. Statements are not kept prepared, so the server plans each anew; nothing is
    /// set for a session, so ``PostgresConfiguration/statementTimeout`` holds in transactions only; and a connection on which a call was cancelled is closed.
    /// ``DataStore/migrate(progress:)`` is refused, because its lock needs a session: migrate with a store that is connected directly.
    case transactionPooler

    /// The route for the kind of pooler that a setting names, `none` or `transaction`.
    init?(pooler: String) {
        switch pooler {
        case "none": self = .direct
        case "transaction": self = .transactionPooler
        default: return nil
        }
    }
}
