extension StatementExecutor {
    /// Asks how the server would run a statement with its parameters. Only an ``AnalyzingSession`` runs it.
    ///
    /// - Throws: ``PostgresError`` as the statement itself would, if the server refuses it.
    package func explain<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> QueryPlan {
        try await plan(of: statement, options: explainOptions)
    }

    func plan<Output>(of statement: Statement<Output>, options: String) async throws(PostgresError) -> QueryPlan {
        let shape = StatementShape(sql: "EXPLAIN (\(options)) " + statement.shape.sql, parameterTypes: statement.shape.parameterTypes)
        let explanation = Statement<PostgresJSON>(shape: shape, parameters: statement.parameters)
        guard let json = try await run(explanation).rows.first else {
            throw .decoding(column: "QUERY PLAN", "the server gave no plan")
        }
        return try QueryPlan(json)
    }
}

extension PostgresSession {
    /// Runs a statement and asks how it was run, with times and numbers of rows. What a writing statement changes is rolled back.
    ///
    /// - Throws: ``PostgresError`` as the statement itself would.
    package func explainAnalyze<Output>(_ statement: Statement<Output>) async throws(PostgresError) -> QueryPlan {
        do {
            return try await withTransaction(retry: .never) { transaction -> QueryPlan in
                throw RolledBack(plan: try await transaction.plan(of: statement, options: "ANALYZE, BUFFERS, FORMAT JSON"))
            }
        } catch let rolledBack as RolledBack {
            return rolledBack.plan
        } catch let error as PostgresError {
            throw error
        } catch {
            throw .decoding(column: "QUERY PLAN", "the plan could not be read")
        }
    }
}

/// Carries the plan out of a transaction that must not be committed.
private struct RolledBack: Error {
    var plan: QueryPlan
}
