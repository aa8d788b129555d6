/// Which messages a fault is about.
package struct MessagePattern: Sendable, CustomStringConvertible {
    /// What the log calls it.
    package let description: String
    /// Whether a message is one of them.
    package let matches: @Sendable (WireMessage) -> Bool

    /// Describes messages by a name and a condition.
    package init(_ description: String, matches: @escaping @Sendable (WireMessage) -> Bool) {
        self.description = description
        self.matches = matches
    }

    /// The message that begins the work on a statement, when its SQL begins so: a Query, or the Execute of a prepared one.
    package static func execution(of prefix: String) -> MessagePattern {
        MessagePattern("execution of \(prefix)") { message in
            message.direction == .toServer && (message.isOfType("Q") || message.isOfType("E")) && message.statement?.hasPrefix(prefix) == true
        }
    }

    /// Any message from the client about a statement whose SQL begins so: Query, Parse, Bind, Describe, Execute.
    package static func statement(_ prefix: String) -> MessagePattern {
        MessagePattern("statement \(prefix)") { $0.direction == .toServer && $0.statement?.hasPrefix(prefix) == true }
    }

    /// The server's word that a statement is done, when its tag begins so, such as `COMMIT` or `INSERT`.
    package static func completion(_ tag: String = "") -> MessagePattern {
        MessagePattern("completion \(tag)") { $0.commandTag?.hasPrefix(tag) == true }
    }

    /// Messages with a type byte, given as a letter.
    package static func type(_ letter: Unicode.Scalar, _ direction: FlowDirection) -> MessagePattern {
        MessagePattern("\(letter) \(direction.rawValue)") { $0.direction == direction && $0.isOfType(letter) }
    }

    /// Rows.
    package static let dataRow = type("D", .toClient)
    /// The server's word that it waits for the next request.
    package static let readyForQuery = type("Z", .toClient)
    /// The client's word that a request ends here.
    package static let sync = type("S", .toServer)
    /// The packet that asks for a session.
    package static let startup = MessagePattern("start-up packet") { $0.kind == .startup }
    /// The packet that cancels what another link runs.
    package static let cancelRequest = MessagePattern("cancel request") { $0.kind == .cancelRequest }
    /// The question whether the server speaks TLS or GSSAPI.
    package static let encryptionRequest = MessagePattern("encryption request") { $0.kind == .encryptionRequest }

    /// The message with this number in its direction, counted from 0 on each link.
    package static func number(_ number: Int, _ direction: FlowDirection) -> MessagePattern {
        MessagePattern("message \(number) \(direction.rawValue)") { $0.direction == direction && $0.number == number }
    }

    /// Messages of a direction that have at least so many bytes.
    package static func large(_ bytes: Int, _ direction: FlowDirection) -> MessagePattern {
        MessagePattern("\(bytes) bytes \(direction.rawValue)") { $0.direction == direction && $0.length >= bytes }
    }

    /// Every message of a direction.
    package static func any(_ direction: FlowDirection) -> MessagePattern {
        MessagePattern("any \(direction.rawValue)") { $0.direction == direction }
    }
}
