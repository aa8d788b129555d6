/// What went wrong between the library and a PostgreSQL server, in words that are safe to log.
///
/// ``kind`` says what happened and ``outcome`` what it means for the work that was asked for. ``description`` is made of our own words, the SQLSTATE and
/// the names of database objects. The server's primary message is only in ``debugDescription``, because it may quote values; DETAIL, CONTEXT,
/// parameters and passwords are never kept at all.
package struct PostgresError: Error, Sendable {
    /// What happened.
    package let kind: Kind

    /// What the failure means for the work that was asked for: not sent, refused, certainly undone, or unknown.
    package let outcome: Outcome

    /// Everything that most errors do not need, on the heap so that the error stays small on the path where nothing fails.
    private let details: Details

    /// Makes an error; `message` must be made of our own words and never of data.
    package init(
        _ kind: Kind,
        outcome: Outcome,
        message: String,
        sqlState: String? = nil,
        constraint: String? = nil,
        table: String? = nil,
        column: String? = nil,
        parameterIndex: Int? = nil,
        serverMessage: String? = nil,
        isAboutStalePlan: Bool = false
    ) {
        self.kind = kind
        self.outcome = outcome
        details = Details(
            message: message, sqlState: sqlState, constraint: constraint, table: table, column: column, parameterIndex: parameterIndex,
            serverMessage: serverMessage, isAboutStalePlan: isAboutStalePlan)
    }

    private init(kind: Kind, outcome: Outcome, details: Details) {
        self.kind = kind
        self.outcome = outcome
        self.details = details
    }

    /// The same error with another verdict on the work that was asked for, for callers who know more than the place where it arose.
    package func with(outcome: Outcome) -> PostgresError {
        PostgresError(kind: kind, outcome: outcome, details: details)
    }

    /// What happened in our own words, without any data.
    package var message: String { details.message }

    /// The five characters of the server's error code, or nil if the server did not answer.
    package var sqlState: String? { details.sqlState }

    /// The name of the constraint that was broken, if the server named one.
    package var constraint: String? { details.constraint }

    /// The name of the table that the error is about, if the server named one.
    package var table: String? { details.table }

    /// The name of the column that the error is about, if the server or a decoder named one.
    package var column: String? { details.column }

    /// The position of the refused parameter, counted from 1 as in `$1`, for errors of the kind ``Kind/invalidParameter``.
    package var parameterIndex: Int? { details.parameterIndex }

    /// The server's primary message; it may quote a value and belongs in no log.
    package var serverMessage: String? { details.serverMessage }

    /// Whether a prepared statement's plan no longer fits the tables, which preparing it again cures.
    var isAboutStalePlan: Bool { details.isAboutStalePlan }

    /// The parts of an error that are read only when somebody looks.
    private final class Details: Sendable {
        let message: String
        let sqlState: String?
        let constraint: String?
        let table: String?
        let column: String?
        let parameterIndex: Int?
        let serverMessage: String?
        let isAboutStalePlan: Bool

        init(
            message: String, sqlState: String?, constraint: String?, table: String?, column: String?, parameterIndex: Int?, serverMessage: String?,
            isAboutStalePlan: Bool
        ) {
            self.message = message
            self.sqlState = sqlState
            self.constraint = constraint
            self.table = table
            self.column = column
            self.parameterIndex = parameterIndex
            self.serverMessage = serverMessage
            self.isAboutStalePlan = isAboutStalePlan
        }
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The error in one line that is safe to log.
    package var description: String {
        var text = "\(kind.name): \(message)"
        if let sqlState { text += " [\(sqlState)]" }
        if let constraint { text += " constraint \"\(constraint)\"" }
        if let table { text += " table \"\(table)\"" }
        if let column { text += " column \"\(column)\"" }
        if outcome == .outcomeUnknown { text += " (it is not known whether the change was made)" }
        return text
    }

    /// The error with the server's own message, which may quote values; for a person at a debugger, not for logs.
    package var debugDescription: String {
        guard let serverMessage else { return "\(description) (\(outcome))" }
        return "\(description) (\(outcome)); server: \(serverMessage)"
    }
}
