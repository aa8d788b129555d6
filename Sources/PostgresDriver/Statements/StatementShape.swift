private import Synchronization

/// Everything about a statement that does not change from call to call: its SQL, its parameters' types, whether it only reads.
///
/// There is one shape for each SQL text with its parameter types, made at the first call and kept for the life of the process. Its ``id`` is
/// what connections key their prepared statements by.
package final class StatementShape: Sendable {
    /// The shape's number, unique in this process.
    package let id: Int

    /// The SQL with `$1`, `$2`, … for the parameters.
    package let sql: String

    /// The types of the parameters, in order.
    package let parameterTypes: [PostgresType]

    /// The object identifiers to declare the parameters with, in order; 0 lets the server infer the type.
    package let parameterOIDs: [UInt32]

    /// Whether the statement certainly neither writes nor locks, so that it may share a Sync with others and be sent again.
    package let isRead: Bool

    /// Whether the statement is a plain `DELETE`, so that a foreign key which refuses it is one that refers to what was to be deleted.
    package let isDeletion: Bool

    /// Whether the statement may run on a connection that other callers use at the same time: it leaves nothing behind in the session.
    package let isShareable: Bool

    /// Whether the statement leaves something in its session or needs what an earlier one has left, so that a pooler in transaction mode would break it.
    let needsSession: Bool

    /// The name that a connection prepares the statement under.
    package let preparedName: String

    init(sql: String, parameterTypes: [PostgresType], isKept: Bool = true) {
        self.id = Self.lastID.wrappingAdd(1, ordering: .relaxed).newValue
        self.sql = sql
        self.parameterTypes = parameterTypes
        self.parameterOIDs = parameterTypes.map(\.oid)
        self.isRead = ReadOnlyRule.accepts(sql)
        self.isDeletion = sql.hasPrefix("DELETE FROM")
        self.isShareable = isKept && SharingRule.accepts(sql)
        self.needsSession = SessionRule.applies(to: sql)
        self.preparedName = "s\(id)"
    }

    private static let lastID = Atomic(0)
}

/// The shapes of this process.
enum StatementRegistry {
    private struct Content: Hashable {
        var sql: String
        var parameterTypes: [PostgresType]
    }

    private struct State {
        var byKey: [StatementKey: StatementShape] = [:]
        var byContent: [Content: StatementShape] = [:]
    }

    private static let state = Lock(State())

    /// The shape of a key, built at its first use.
    ///
    /// The table cannot grow without bound: keys are made of the program's own literals and column lists, never of values.
    static func shape(for key: StatementKey) -> StatementShape {
        if let known = state.withLock({ $0.byKey[key] }) { return known }

        var sql = ""
        var parameterTypes: [PostgresType] = []
        for part in key.parts {
            switch part {
            case .text(let text):
                sql += text
            case .columns(let id):
                sql += ColumnList.sql(id: id)
            case .parameter(let type):
                parameterTypes.append(type)
                sql += "$\(parameterTypes.count)"
                if let cast = type.cast { sql += "::" + cast }
            }
        }
        let built = shape(sql: sql, parameterTypes: parameterTypes)
        state.withLock { $0.byKey[key] = built }
        return built
    }

    /// The shape of a text that was derived from a known shape's. There must not be more of them than the program has statements, but for a few.
    static func shape(sql: String, parameterTypes: [PostgresType]) -> StatementShape {
        let content = Content(sql: sql, parameterTypes: parameterTypes)
        return state.withLock { state in
            let shape = state.byContent[content] ?? StatementShape(sql: sql, parameterTypes: parameterTypes)
            state.byContent[content] = shape
            return shape
        }
    }
}
