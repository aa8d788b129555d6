extension PostgresError {
    /// What happened, as an open list: later versions may add kinds, so compare with the ones you handle and keep a default.
    package struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// The kind's name as it appears in descriptions.
        package let name: String

        /// Makes a kind from its name; two kinds with one name are equal.
        package init(_ name: String) {
            self.name = name
        }

        package var description: String { name }

        /// The server answered with an error; the SQLSTATE says which.
        package static let server = Kind("server")
        /// No connection could be opened: the name, the network, TLS, authentication or the server refused.
        package static let connectionFailed = Kind("connectionFailed")
        /// A connection that was in use broke.
        package static let connectionLost = Kind("connectionLost")
        /// Every connection is busy and as many callers as allowed wait already.
        package static let poolExhausted = Kind("poolExhausted")
        /// Every connection stayed busy for as long as a caller may wait for one.
        package static let acquireTimeout = Kind("acquireTimeout")
        /// The call's deadline passed.
        package static let deadlineExceeded = Kind("deadlineExceeded")
        /// The calling task was cancelled.
        package static let cancelled = Kind("cancelled")
        /// The client is closed or being closed.
        package static let closed = Kind("closed")
        /// A parameter cannot be sent, such as text that contains NUL.
        package static let invalidParameter = Kind("invalidParameter")
        /// A result does not have the shape that the statement's decoder expects.
        package static let decoding = Kind("decoding")
        /// A result has more or fewer rows than the caller allows.
        package static let unexpectedRowCount = Kind("unexpectedRowCount")
        /// The transaction was rolled back although its commit was asked for, or can no longer be used.
        package static let transactionRolledBack = Kind("transactionRolledBack")
        /// A setting is missing or contradicts another.
        package static let configuration = Kind("configuration")
        /// The server or libpq did something that the protocol does not allow here.
        package static let protocolViolation = Kind("protocolViolation")
        /// A migration cannot be applied, or the database and the list of migrations disagree.
        package static let migration = Kind("migration")
    }

    /// What a failure means for the work that was asked for.
    package enum Outcome: String, Sendable, Hashable {
        /// Nothing reached the server: safe to try again.
        case notSent
        /// The server looked at it and refused; nothing changed.
        case rejectedByServer
        /// It had begun and is certainly undone.
        case failedCertain
        /// It may have happened. Never repeated silently.
        case outcomeUnknown
    }
}

extension PostgresError {
    /// A parameter that cannot be sent; nothing was sent. `index` counts from 1 as in `$1`, 0 if it is not known at that place.
    package static func invalidParameter(_ index: Int, _ reason: String) -> PostgresError {
        PostgresError(.invalidParameter, outcome: .notSent, message: reason, parameterIndex: index)
    }

    /// A column that cannot be read as asked. `reason` names types, never the value.
    ///
    /// The statement itself ran: whoever knows that it was a write outside a transaction corrects the outcome.
    package static func decoding(column: String?, _ reason: String) -> PostgresError {
        PostgresError(.decoding, outcome: .failedCertain, message: reason, column: column)
    }

    /// A column whose value a type refuses.
    static func invalidValue<Value>(_ type: Value.Type, column: String?) -> PostgresError {
        decoding(column: column, "the value is not a valid \(type)")
    }

    /// A result with another number of rows than promised. The statement itself ran, as with ``decoding(column:_:)``.
    package static func unexpectedRowCount(_ reason: String) -> PostgresError {
        PostgresError(.unexpectedRowCount, outcome: .failedCertain, message: reason)
    }

    /// A setting that is missing or wrong; nothing was sent. `reason` names the setting and never a secret's value.
    package static func configuration(_ reason: String) -> PostgresError {
        PostgresError(.configuration, outcome: .notSent, message: reason)
    }

    /// A migration that cannot be applied, with a sentence that says what to do.
    package static func migration(_ reason: String, outcome: Outcome = .failedCertain) -> PostgresError {
        PostgresError(.migration, outcome: outcome, message: reason)
    }

    /// Something that the protocol does not allow.
    package static func protocolViolation(_ reason: String, outcome: Outcome) -> PostgresError {
        PostgresError(.protocolViolation, outcome: outcome, message: reason)
    }
}
