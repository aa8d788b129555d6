import PostgresDriver

extension DataStore {
    /// The name of the database that the store stands on; `nil` on in-memory tables and in a transaction.
    package var databaseName: String? { (backend as? PostgresStore)?.client.connection.database }
}
