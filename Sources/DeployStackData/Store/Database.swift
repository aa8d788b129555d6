import DeployStackModels
import PostgresDriver

/// A database as the Postgres services see it: a pool of connections, or a transaction on one of them. A service cannot tell which.
///
/// The four ways of running a statement say how many rows are expected; checking that, and translating the driver's errors, happens here and nowhere
/// else.
struct Database: Sendable {
    /// What runs the statements.
    enum Executor: Sendable {
        case client(PostgresClient)
        case transaction(PostgresTransaction)
    }

    let executor: Executor
    let environment: StoreEnvironment
    /// Whose rows the statements see; `nil` when row security is off.
    var scope: DatabaseScope?
    /// Whether a failure undoes more than the statement that failed, because the caller has begun a transaction or savepoint for the whole call.
    var isWholeCall = false

    /// Runs a statement and returns all of its rows.
    func all<Row>(_ statement: Statement<Row>) async throws(DataError) -> [Row] {
        try await run(statement).rows
    }

    /// Runs a statement that gives at most one row.
    func optional<Row>(_ statement: Statement<Row>) async throws(DataError) -> Row? {
        let rows = try await run(statement).rows
        guard rows.count <= 1 else { throw DataError(.internal, reason: "a statement for at most one row gave \(rows.count)") }
        return rows.first
    }

    /// Runs a statement that gives exactly one row.
    func one<Row>(_ statement: Statement<Row>) async throws(DataError) -> Row {
        guard let row = try await optional(statement) else {
            throw DataError(.internal, reason: "a statement for exactly one row gave none")
        }
        return row
    }

    /// Runs a statement and returns how many rows it inserted, changed or deleted.
    func execute<Row>(_ statement: Statement<Row>) async throws(DataError) -> Int {
        try await run(statement).affectedRows
    }

    /// Runs a closure in a transaction: a new one on a pool, a savepoint in a transaction.
    ///
    /// The closure's own `DataError` is thrown on as it is. A transaction of its own is repeated as a whole when the server reports a conflict.
    func transaction<Result: Sendable>(_ body: (Database) async throws -> Result) async throws(DataError) -> Result {
        do {
            switch executor {
            case .client(let client):
                try ActiveTransaction.check(client)
                return try await client.withTransaction(settings: scope?.settings) { transaction in
                    try await body(Database(executor: .transaction(transaction), environment: environment, scope: scope, isWholeCall: true))
                }
            case .transaction(let transaction):
                return try await transaction.withSavepoint { savepoint in
                    try await body(Database(executor: .transaction(savepoint), environment: environment, scope: scope, isWholeCall: true))
                }
            }
        } catch {
            throw DataError(translating: error)
        }
    }

    private func run<Row>(_ statement: Statement<Row>) async throws(DataError) -> StatementResult<Row> {
        switch executor {
        case .client(let client):
            try ActiveTransaction.check(client)
            do { return try await client.run(statement, with: scope?.settings) } catch { throw meaning(of: error, in: statement) }
        case .transaction(let transaction):
            if isWholeCall || statement.shape.isRead {
                do { return try await transaction.run(statement) } catch { throw meaning(of: error, in: statement) }
            }
            // A failed statement would abort the user's whole transaction. A call that fails has no effect, and the transaction goes on.
            return try await self.transaction { database in try await database.run(statement) }
        }
    }

    private func meaning<Row>(of error: PostgresError, in statement: Statement<Row>) -> DataError {
        var meaning = DataError(error, isDeletion: statement.shape.isDeletion)
        // The server has one code for a row that a policy refuses and for a right that was not granted. The rights were looked at when the store was opened.
        if scope != nil, error.sqlState == "42501" {
            let refused = RowSecurityRules.outsideScope
            (meaning.kind, meaning.rule, meaning.reason) = (refused.kind, refused.rule, refused.reason)
        }
        return meaning
    }
}
