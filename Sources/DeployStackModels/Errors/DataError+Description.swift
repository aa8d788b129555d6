extension DataError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The error as one sentence, safe to log and to show.
    public var description: String {
        var text = summary
        if let reason { text += ": \(reason)" }
        if let limit { text += ": \(limit.kind.rawValue) has \(limit.current) of at most \(limit.maximum)" }
        if let cause { text += " (\(cause))" }
        return text
    }

    /// The description, the constraint, the SQLSTATE and the server's message, for developers only.
    public var debugDescription: String {
        var text = "DataError.\(kind): \(description)"
        if let constraint { text += " [constraint \(constraint)]" }
        if let sqlState = diagnostics.sqlState { text += " [SQLSTATE \(sqlState)]" }
        if let message = diagnostics.serverMessage { text += " [server: \(message)]" }
        return text
    }

    private var summary: String {
        let thing = entity?.rawValue ?? "value"
        return switch kind {
        case .notFound: "the \(thing) does not exist"
        case .alreadyExists: field.map { "a \(thing) with the same \($0) exists already" } ?? "the \(thing) exists already"
        case .limitExceeded: "a limit is reached"
        case .validation: field.map { "\($0) is not acceptable" } ?? "the input is not acceptable"
        case .ruleViolation: rule.map { "the rule \($0) forbids this" } ?? "a rule forbids this"
        case .referenceMissing: "the \(thing) that this refers to does not exist"
        case .inUse: "the \(thing) is still in use"
        case .invalidGrant: "the grant is not valid"
        case .conflict: "another transaction got in the way"
        case .unavailable: "the database is not available"
        case .outcomeUnknown: "the answer was lost, so the change may or may not have been made"
        case .timeout: "the deadline passed"
        case .cancelled: "the task was cancelled"
        case .configuration: "the store is not set up correctly"
        case .undecryptable: "a stored secret cannot be decrypted"
        case .internal: "the data layer met something that it did not expect"
        default: kind.rawValue
        }
    }
}
