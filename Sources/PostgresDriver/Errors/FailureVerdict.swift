/// Decides what a failure means for the work that a request asked for.
///
/// The rule behind it: nothing that may have been committed is ever called failed, and nothing that is certainly undone is ever called unknown.
struct FailureVerdict {
    let role: Request.Role
    let isRead: Bool
    let isInTransaction: Bool
    let wasSent: Bool

    init(role: Request.Role, isRead: Bool, isInTransaction: Bool, wasSent: Bool) {
        self.role = role
        self.isRead = isRead
        self.isInTransaction = isInTransaction
        self.wasSent = wasSent
    }

    init(_ request: Request) {
        // A text from outside may be a COMMIT, after which nothing can be undone.
        let isInTransaction = request.isInTransaction && !(request.role == .statement && request.mayEndTransaction)
        self.init(role: request.role, isRead: request.isRead, isInTransaction: isInTransaction, wasSent: request.sentAt != nil)
    }

    /// The caller goes before the answer has come, or the connection breaks.
    var whenInterrupted: PostgresError.Outcome {
        guard wasSent else { return .notSent }
        switch role {
        case .commit:
            return .outcomeUnknown
        case .begin, .rollback, .cleaning:
            return .failedCertain
        case .statement:
            return isRead || isInTransaction ? .failedCertain : .outcomeUnknown
        }
    }

    /// The server answered with an error.
    func when(_ failure: ServerFailure) -> PostgresError.Outcome {
        switch failure.sqlState {
        case SQLState.idleInTransactionTimeout, SQLState.idleSessionTimeout:
            // The server ends sessions so while they wait for us; what we sent afterwards was never looked at.
            return .failedCertain
        case SQLState.statementCompletionUnknown:
            return .outcomeUnknown
        default:
            break
        }
        // Class 08 says that a connection has failed, and of which one nobody can tell.
        if failure.isFatal || failure.sqlState.hasPrefix("08") { return whenInterrupted }
        switch failure.sqlState.prefix(2) {
        case "40", "53", "55", "57", "58", "XX": return .failedCertain
        default: return .rejectedByServer
        }
    }
}
