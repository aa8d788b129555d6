/// One line of the proxy's log.
package struct ProxyEvent: Sendable, CustomStringConvertible {
    /// What has happened.
    package enum Kind: Sendable {
        /// A client has connected.
        case accepted
        /// The server has taken the connection.
        case connected
        /// The server could not be reached.
        case unreachable(code: Int32)
        /// A message has been passed on as a whole.
        case message(WireMessage)
        /// A fault has struck.
        case struck(rule: String)
        /// A test has changed something.
        case changed(String)
        /// A side has said that nothing more will come from it.
        case ended(FlowDirection)
        /// A link has been closed, with the reason.
        case closed(String)
    }

    /// The line's number, counted from 1.
    package let sequence: Int
    /// The link that it is about, if it is about one.
    package let link: Int?
    /// What has happened.
    package let kind: Kind

    /// Whether the fault of this name has struck.
    package func isStrike(of rule: String) -> Bool {
        if case .struck(rule) = kind { true } else { false }
    }

    /// Whether a matching message has been passed on.
    package func isMessage(_ pattern: MessagePattern) -> Bool {
        if case .message(let message) = kind { pattern.matches(message) } else { false }
    }

    /// Whether a link has been closed.
    package var isClosing: Bool {
        if case .closed = kind { true } else { false }
    }

    package var description: String {
        let text =
            switch kind {
            case .accepted: "accepted"
            case .connected: "connected"
            case .unreachable(let code): "server unreachable, error \(code)"
            case .message(let message): "\(message)"
            case .struck(let rule): "STRUCK: \(rule)"
            case .changed(let what): "changed: \(what)"
            case .ended(let direction): "end of \(direction.rawValue)"
            case .closed(let reason): "closed: \(reason)"
            }
        return "\(sequence)" + (link.map { " [link \($0)]" } ?? "") + " \(text)"
    }
}

/// An event that a test waited for did not come; the description has the log.
package struct ProxyEventMissing: Error, CustomStringConvertible {
    package let description: String
}
