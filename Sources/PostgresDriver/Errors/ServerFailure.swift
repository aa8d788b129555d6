import CLibpq

/// What the server says about a failure, without DETAIL, HINT and CONTEXT, which print whole rows and texts of statements.
struct ServerFailure {
    let sqlState: String
    /// Whether the server ends the session with it.
    let isFatal: Bool
    let constraint: String?
    let table: String?
    let column: String?
    let primaryMessage: String?
    /// Whether a prepared statement's plan no longer fits the tables. Its code also stands for what the server cannot do at all.
    let isAboutStalePlan: Bool

    /// Reads the fields that are needed of a notice, which stays libpq's.
    @unsafe
    init(notice: OpaquePointer) {
        let severity = unsafe Self.text(.severity, of: notice)
        self.init(
            sqlState: unsafe Self.text(.sqlState, of: notice) ?? "", isFatal: severity == "FATAL" || severity == "PANIC",
            primaryMessage: unsafe Self.text(.primaryMessage, of: notice))
    }

    @unsafe
    private static func text(_ field: ResultHandle.ErrorField, of result: OpaquePointer) -> String? {
        guard let text = unsafe PQresultErrorField(result, Int32(field.rawValue)) else { return nil }
        return unsafe String(cString: text)
    }

    /// Reads the fields of a failed result. Without a SQLSTATE it was libpq that failed: the connection is gone.
    init(_ result: ResultHandle) {
        sqlState = result.errorField(.sqlState) ?? ""
        let severity = result.errorField(.severity)
        isFatal = severity == "FATAL" || severity == "PANIC" || sqlState.isEmpty
        constraint = result.errorField(.constraint)
        table = result.errorField(.table)
        column = result.errorField(.column)
        primaryMessage = result.errorField(.primaryMessage)
        // The message may be translated; the name of the server's own function is not.
        isAboutStalePlan = sqlState == SQLState.featureNotSupported && result.errorField(.routine) == "RevalidateCachedQuery"
    }

    /// Makes a failure of a few of its fields.
    init(sqlState: String, isFatal: Bool = false, primaryMessage: String? = nil) {
        self.sqlState = sqlState
        self.isFatal = isFatal
        constraint = nil
        table = nil
        column = nil
        self.primaryMessage = primaryMessage
        isAboutStalePlan = false
    }

    /// Whether a statement that had been prepared before is out of date or unknown and must be prepared again.
    var asksToPrepareAgain: Bool { isAboutStalePlan || sqlState == SQLState.invalidStatementName }

    /// Whether the connection must not be used again although the server did not end it.
    var makesConnectionUseless: Bool {
        isFatal || sqlState == SQLState.readOnlyTransaction || sqlState == SQLState.statementCompletionUnknown || sqlState.hasPrefix("08")
    }

    /// The error for the caller.
    func error(outcome: PostgresError.Outcome) -> PostgresError {
        PostgresError(
            isFatal ? .connectionLost : .server, outcome: outcome, message: SQLState.explanation(of: sqlState),
            sqlState: sqlState.isEmpty ? nil : sqlState, constraint: constraint, table: table, column: column, serverMessage: primaryMessage,
            isAboutStalePlan: isAboutStalePlan)
    }
}

extension ResultHandle {
    /// The fields of an error that are read. Their codes are C characters, which Swift does not import.
    enum ErrorField: UInt8 {
        case sqlState = 0x43  // C
        case severity = 0x56  // V, not localized
        case constraint = 0x6E  // n
        case table = 0x74  // t
        case column = 0x63  // c
        case primaryMessage = 0x4D  // M
        case routine = 0x52  // R
    }

    fileprivate func errorField(_ field: ErrorField) -> String? {
        let text = try? unsafe withResult { result throws(PostgresError) -> String? in
            guard let text = unsafe PQresultErrorField(result, Int32(field.rawValue)) else { return nil }
            return unsafe String(cString: text)
        }
        return text ?? nil
    }
}
