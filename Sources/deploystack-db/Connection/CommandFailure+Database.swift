import DeployStackModels

extension CommandFailure {
    /// What a failed call says about the database: what was tried, what came back, and what to do.
    ///
    /// - Parameters:
    ///   - error: The failure.
    ///   - target: The database.
    ///   - action: What was being done, as the end of "while …".
    static func database(_ error: DataError, target: ConnectionTarget, action: String) -> CommandFailure {
        let answer = error.diagnostics.serverMessage.map(serverWords) ?? []
        return CommandFailure(
            status: ExitStatus(error), summary: summary(of: error, target: target, action: action),
            details: target.lines + (answer.isEmpty ? [] : ["", "What came back:"] + answer.map { "  \($0)" }),
            next: ConnectionAdvice(error: error, target: target).steps)
    }

    private static func summary(of error: DataError, target: ConnectionTarget, action: String) -> String {
        let reason = error.reason ?? error.description
        let sentence = reason.hasSuffix(".") || reason.hasSuffix("!") ? reason : reason + "."
        return "\(sentence.prefix(1).uppercased())\(sentence.dropFirst()) It happened while \(action)."
    }

    /// The server's or system's own words, without what the data layer put in front of them.
    private static func serverWords(_ message: String) -> [String] {
        let words = message.firstRange(of: "server: ").map { message[$0.upperBound...] } ?? message[...]
        return words.split(whereSeparator: \.isNewline).map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }
}

extension ExitStatus {
    /// The exit code for a failed call.
    init(_ error: DataError) {
        self =
            switch error.kind {
            case .unavailable, .timeout, .conflict: .unavailable
            case .configuration: error.sqlState?.hasPrefix("28") ?? false ? .unavailable : .configuration
            case .cancelled: .interrupted
            default: .internalError
            }
    }
}
