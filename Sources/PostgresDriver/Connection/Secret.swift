/// A password that no description, mirror or dump shows.
package struct Secret: Sendable, Hashable {
    /// The text itself; read only where it is handed to the C library.
    package let revealed: String

    /// Hides a text.
    package init(_ text: String) {
        revealed = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, ExpressibleByStringLiteral {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Hides a literal, for tests.
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
