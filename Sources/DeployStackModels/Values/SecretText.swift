/// A text that must not be printed: a token, a code, a password, the secret of a client. It is shown only by ``reveal()``.
///
/// Printing, interpolating, dumping, debugging or reflecting the value shows a placeholder, alone and inside any other value. It cannot be encoded at all:
/// a type that holds one does not become `Encodable` by itself, so no secret reaches a JSON document that nobody wrote it into.
///
/// ```swift
/// let issued = try await store.tokens.issueAccessToken(token)
/// logger.info("issued \(issued.token)")           // issued <secret>
/// response.headers["token"] = issued.token.reveal()
/// ```
///
/// Two secrets are equal when their UTF-8 bytes are. How long comparing two of one length takes does not depend on where they differ.
public struct SecretText: Sendable, ExpressibleByStringLiteral {
    /// What stands for the secret wherever it is printed.
    public static let placeholder = "<secret>"

    private let text: String

    /// Hides a text.
    public init(_ text: String) { self.text = text }

    /// Hides a literal, for tests and examples.
    public init(stringLiteral text: String) { self.text = text }

    /// The secret itself. Hand it to whom it is for, and do not keep it.
    public func reveal() -> String { text }
}

extension SecretText: Hashable {
    /// Whether two secrets have the same UTF-8 bytes.
    public static func == (left: SecretText, right: SecretText) -> Bool {
        left.text.hasSameBytesInConstantTime(as: right.text)
    }

    /// Feeds the secret to a hasher.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}

extension SecretText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, CustomPlaygroundDisplayConvertible {
    /// A placeholder.
    public var description: String { Self.placeholder }
    /// A placeholder.
    public var debugDescription: String { Self.placeholder }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
    /// A placeholder.
    public var playgroundDescription: Any { Self.placeholder }
}

extension String {
    /// Whether two texts have the same UTF-8 bytes, found in a time that depends on their lengths alone.
    ///
    /// For what is compared in our own process and would let a guesser find it out byte by byte: secrets of clients, PKCE challenges.
    package func hasSameBytesInConstantTime(as other: String) -> Bool {
        let (left, right) = (Array(utf8), Array(other.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
