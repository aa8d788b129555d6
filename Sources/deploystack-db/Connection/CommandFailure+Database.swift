import DeployStackData
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
            status: CommandStatus(error), summary: summary(of: error, target: target, action: action),
            details: target.lines + (answer.isEmpty ? [] : ["", "What came back:"] + answer.map { "  \($0)" }),
            next: ConnectionAdvice(error: error, target: target).steps)
    }

    private static func summary(of error: DataError, target: ConnectionTarget, action: String) -> String {
        // The place is in the lines below.
        let place = " (\(target.configuration.host):\(target.configuration.port))"
        let reason = (error.reason ?? error.description).replacing(place, with: "")
        let sentence = reason.hasSuffix(".") || reason.hasSuffix("!") ? reason : reason + "."
        return "\(sentence.prefix(1).uppercased())\(sentence.dropFirst()) It happened while \(action)."
    }

    /// The server's or system's own words, which the data layer puts behind its own. Empty when nothing came back.
    private static func serverWords(_ message: String) -> [String] {
        guard let words = message.firstRange(of: "; server: ").map({ message[$0.upperBound...] }) else { return [] }
        return words.split(whereSeparator: \.isNewline).map { String($0.drop(while: \.isWhitespace)) }.filter { line in
            !line.isEmpty && !line.hasPrefix("LOCATION:")
        }
    }
}

extension CommandStatus {
    /// The exit code for a failed call.
    init(_ error: DataError) {
        self =
            switch error.kind {
            case .unavailable, .timeout, .conflict: .unavailable
            case .configuration: error.sqlState?.hasPrefix("28") ?? false ? .unavailable : .configuration
            case .cancelled: .interrupted
            default: error.sqlState == "42501" ? .unavailable : .internalError
            }
    }
}
