/// Settings that hold for one transaction and are gone with it, such as those that policies on rows ask for.
///
/// They are set by one statement, which goes to the server ahead of everything else in the transaction: at the beginning of one that is opened, and in the
/// same round trip as a statement that is a transaction by itself. Such a statement shares its Sync with no other, so that they reach nobody else, and they
/// need no session, so that they hold behind a pooler in transaction mode too.
package struct TransactionSettings: Sendable {
    let shape: StatementShape
    let parameters: ParameterBuffer

    /// Makes settings of the statement that sets them.
    ///
    /// - Parameter statement: A `SELECT` of `set_config` whose last argument is `true`.
    /// - Precondition: Nothing of it outlives its transaction.
    package init<Output>(_ statement: Statement<Output>) {
        precondition(!statement.shape.needsSession, "Settings for a transaction must end with it")
        shape = statement.shape
        parameters = statement.parameters
    }

    /// Throws when a value cannot be sent.
    func validate() throws(PostgresError) {
        if let failure = parameters.failure { throw failure }
    }
}
