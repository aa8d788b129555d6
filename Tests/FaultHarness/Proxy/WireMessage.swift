/// One message of PostgreSQL's protocol (version 3), as the proxy sees it pass.
package struct WireMessage: Sendable, CustomStringConvertible {
    /// What sort of message it is.
    package enum Kind: Sendable, Hashable {
        /// The first packet of a session, with the role and the database.
        case startup
        /// The question whether the server speaks TLS or GSSAPI.
        case encryptionRequest
        /// The answer to it: one byte.
        case encryptionAnswer
        /// The only packet of a link that cancels what another one runs.
        case cancelRequest
        /// A message with a type byte.
        case typed(UInt8)
        /// Bytes whose meaning is not known, such as TLS records.
        case raw
    }

    /// Which way it goes.
    package let direction: FlowDirection
    /// How many messages have gone this way on this link before it.
    package let number: Int
    /// What sort of message it is.
    package let kind: Kind
    /// Its whole length in bytes, with type and length.
    package let length: Int
    /// Its bytes from the type on, or only their beginning if it is larger than ``MessageFramer/wholeLimit``.
    package private(set) var bytes: [UInt8]
    /// The SQL that a Query, Parse, Bind, Describe or Execute is about, as far as the link has shown it.
    package var statement: String?

    /// The bytes after type and length.
    package var body: ArraySlice<UInt8> {
        switch kind {
        case .typed: bytes.dropFirst(5)
        case .startup, .encryptionRequest, .cancelRequest: bytes.dropFirst(4)
        case .encryptionAnswer, .raw: bytes[...]
        }
    }

    /// Whether it has this type byte, given as a letter.
    package func isOfType(_ letter: Unicode.Scalar) -> Bool {
        kind == .typed(UInt8(ascii: letter))
    }

    /// The text up to the next NUL, beginning so many bytes into the body, and where it ends.
    package func text(at offset: Int = 0) -> (text: String, end: Int)? {
        let rest = body.dropFirst(offset)
        guard let end = rest.firstIndex(of: 0) else { return nil }
        return (String(decoding: rest[..<end], as: UTF8.self), end - body.startIndex + 1)
    }

    /// What the server says that it did, for a CommandComplete.
    package var commandTag: String? {
        direction == .toClient && isOfType("C") ? text()?.text : nil
    }

    /// The message as the log keeps it, without the bulk of a large one.
    var shortened: WireMessage {
        var copy = self
        if copy.bytes.count > 64 { copy.bytes = Array(copy.bytes.prefix(64)) }
        return copy
    }

    package var description: String {
        let name =
            switch kind {
            case .startup: "StartupMessage"
            case .encryptionRequest: "EncryptionRequest"
            case .encryptionAnswer: "EncryptionAnswer"
            case .cancelRequest: "CancelRequest"
            case .typed(let type): Self.names(direction)[Unicode.Scalar(type)] ?? "'\(Unicode.Scalar(type))'"
            case .raw: "bytes"
            }
        return "\(direction.rawValue) #\(number) \(name) (\(length))"
            + (statement.map { " «\($0.prefix(60))»" } ?? commandTag.map { " «\($0)»" } ?? "")
    }

    private static func names(_ direction: FlowDirection) -> [Unicode.Scalar: String] {
        direction == .toServer ? frontendNames : backendNames
    }

    private static let frontendNames: [Unicode.Scalar: String] = [
        "B": "Bind", "C": "Close", "D": "Describe", "E": "Execute", "F": "FunctionCall", "H": "Flush", "P": "Parse", "Q": "Query", "S": "Sync",
        "X": "Terminate", "c": "CopyDone", "d": "CopyData", "f": "CopyFail", "p": "Password",
    ]

    private static let backendNames: [Unicode.Scalar: String] = [
        "1": "ParseComplete", "2": "BindComplete", "3": "CloseComplete", "A": "NotificationResponse", "C": "CommandComplete", "D": "DataRow",
        "E": "ErrorResponse", "G": "CopyInResponse", "H": "CopyOutResponse", "I": "EmptyQueryResponse", "K": "BackendKeyData",
        "N": "NoticeResponse", "R": "Authentication", "S": "ParameterStatus", "T": "RowDescription", "W": "CopyBothResponse", "Z": "ReadyForQuery",
        "c": "CopyDone", "d": "CopyData", "n": "NoData", "s": "PortalSuspended", "t": "ParameterDescription", "v": "NegotiateProtocolVersion",
    ]
}
