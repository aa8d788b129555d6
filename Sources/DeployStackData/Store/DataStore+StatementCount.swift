import PostgresDriver

extension DataStore {
    /// How many statements the store has sent so far, without those that begin and end transactions; `nil` on in-memory tables and in a transaction.
    ///
    /// Tests hold it against the number of calls, so that no call grows a statement for each row.
    package var statementsSent: Int? { (backend as? PostgresStore)?.client.statementsSent }
}
