import DeployStackModels
import PostgresDriver

extension DataError {
    /// The error that a user sees for one of the driver's.
    ///
    /// - Parameters:
    ///   - error: What the driver reported.
    ///   - isDeletion: Whether it was about a plain `DELETE`.
    init(_ error: PostgresError, isDeletion: Bool = false) {
        self = Self.meaning(of: error, isDeletion: isDeletion)
        outcome = Outcome(error.outcome)
        if outcome == .unknown { self = withUnknownOutcome }
        diagnostics = Diagnostics(sqlState: error.sqlState, serverMessage: error.debugDescription)
        if constraint == nil { constraint = error.constraint }
    }

    /// The error that a user sees for whatever a transaction's closure threw.
    init(translating error: any Error) {
        switch error {
        case let error as DataError: self = error
        case let error as PostgresError: self.init(error)
        case is CancellationError: self.init(.cancelled, outcome: .failed)
        default: self.init(.internal, reason: "the transaction's closure threw another error than DataError", outcome: .failed)
        }
    }

    private static func meaning(of error: PostgresError, isDeletion: Bool) -> DataError {
        switch error.kind {
        case .server: serverMeaning(of: error, isDeletion: isDeletion)
        case .connectionFailed, .connectionLost, .poolExhausted, .acquireTimeout: DataError(.unavailable, reason: error.message)
        case .closed: DataError(.unavailable, reason: storeIsClosed)
        case .deadlineExceeded: DataError(.timeout, reason: error.message)
        case .cancelled: DataError(.cancelled)
        case .invalidParameter: DataError(.validation, reason: "text must not contain the character U+0000")
        case .transactionRolledBack: DataError(.conflict, reason: "the transaction was rolled back, because a failed call in it was passed over")
        case .configuration, .migration: DataError(.configuration, reason: error.message)
        default: DataError(.internal, reason: error.message)
        }
    }

    /// The reason that a closed store gives, on both backends.
    static let storeIsClosed = "the store is closed"

    private static func serverMeaning(of error: PostgresError, isDeletion: Bool) -> DataError {
        let meaning = error.constraint.flatMap(ConstraintMeaning.named)
        switch error.sqlState ?? "" {
        case "23505": return meaning?.error ?? DataError(.alreadyExists)
        // The server names the same constraint and the same table, the one that refers, whichever end of the foreign key was broken. What tells them
        // apart is the command: a row that is deleted needs nothing of others, and one that is inserted or changed is needed by nobody yet, because
        // no key that others refer to is ever changed.
        case "23503" where isDeletion: return meaning?.deletionError ?? DataError(.inUse)
        case "23503": return meaning?.error ?? DataError(.referenceMissing)
        case "23001": return meaning?.deletionError ?? DataError(.inUse)
        case "23514": return meaning?.error ?? DataError(.validation, reason: "the database does not accept the value")
        case "23502", "22P02", "22001", "22003", "22008", "22P05":
            return DataError(.validation, field: error.column, reason: "the database does not accept the value")
        // No parameter of ours is anything but UTF-8, so this is about what is stored: a database without an encoding takes all bytes.
        case "22021": return DataError(.internal, reason: "the database holds a text that is not UTF-8")
        case "54000", "54001": return DataError(.validation, reason: "the value is too large or too complex for the database")
        case "40001", "40P01": return DataError(.conflict, reason: "the transaction collided with another one")
        case "25P02": return DataError(.conflict, reason: "an earlier call in this transaction failed, so nothing more can be done in it")
        case "25006": return DataError(.unavailable, reason: "the server accepts no writes")
        case "57014": return DataError(.timeout, reason: "the server ended the statement")
        case "55P03": return DataError(.conflict, reason: "a lock could not be had in time")
        case "42P01", "42703", "42704":
            return DataError(
                .configuration, reason: "the schema is not the one this version needs; run `deploystack-db up` or call `store.migrate()`")
        case "42501":
            return DataError(.configuration, reason: "the database's role may not do this; grant it the rights on the schema")
        case let state where state.hasPrefix("08") || state.hasPrefix("57P"):
            return DataError(.unavailable, reason: "the connection to the database broke")
        case let state where state.hasPrefix("53"): return DataError(.unavailable, reason: "the database is out of a resource")
        case let state where state.hasPrefix("28"): return DataError(.unavailable, reason: "the database refused the user or password")
        case "3D000": return DataError(.unavailable, reason: "the database does not exist")
        default: return DataError(.internal, reason: "the database answered with an error that the data layer does not expect")
        }
    }
}

extension DataError.Outcome {
    init(_ outcome: PostgresError.Outcome) {
        switch outcome {
        case .notSent: self = .notSent
        case .rejectedByServer: self = .rejected
        case .failedCertain: self = .failed
        case .outcomeUnknown: self = .unknown
        }
    }
}
