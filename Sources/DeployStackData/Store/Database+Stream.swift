import DeployStackModels
import PostgresDriver

extension Database {
    /// Reads the rows of a statement as they are asked for.
    ///
    /// - Parameters:
    ///   - validate: Throws when the call is not acceptable. It runs when the first row is asked for.
    ///   - statement: What to read. It must not write.
    func stream<Row>(
        validating validate: @escaping @Sendable () throws(DataError) -> Void = {}, _ statement: @escaping @Sendable () -> Statement<Row>
    ) -> DataStream<Row> {
        DataStream { PostgresReader(database: self, validate: validate, statement: statement) }
    }
}

/// Reads rows on a pool or in a transaction.
private struct PostgresReader<Row: Sendable>: DataStreamReader {
    let database: Database
    let validate: @Sendable () throws(DataError) -> Void
    let statement: @Sendable () -> Statement<Row>
    private var rows: RowStream<Row>.AsyncIterator?

    init(database: Database, validate: @escaping @Sendable () throws(DataError) -> Void, statement: @escaping @Sendable () -> Statement<Row>) {
        self.database = database
        self.validate = validate
        self.statement = statement
    }

    mutating func nextChunk() async throws(DataError) -> [Row]? {
        if rows == nil {
            try validate()
            rows = begin().makeAsyncIterator()
        }
        if case .client(let client) = database.executor { try ActiveTransaction.check(client) }
        do { return try await rows?.nextChunk() } catch { throw DataError(error) }
    }

    private func begin() -> RowStream<Row> {
        switch database.executor {
        case .client(let client): client.stream(statement(), with: database.scope?.settings)
        case .transaction(let transaction): transaction.stream(statement())
        }
    }
}
