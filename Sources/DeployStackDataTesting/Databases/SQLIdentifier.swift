/// A name of a database as it stands in a statement: quoted, so that it is never anything but a name.
///
/// Names of databases cannot be parameters of a statement, so they are the one thing that is written into its text.
struct SQLIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The most bytes of a name; the server cuts longer ones silently.
    static let maximumBytes = 63

    /// The name with its quotes.
    let description: String

    /// Quotes a name.
    ///
    /// - Returns: `nil` when the name is empty, too long or contains NUL.
    init?(_ name: String) {
        guard !name.isEmpty, name.utf8.count <= Self.maximumBytes, !name.utf8.contains(0) else { return nil }
        description = "\"\(name.replacing("\"", with: "\"\""))\""
    }
}

/// A text as it stands in a statement that takes no parameters.
struct SQLLiteral: Sendable, Hashable, CustomStringConvertible {
    /// The text with its quotes.
    let description: String

    /// Quotes a text that contains neither NUL nor a backslash.
    init(_ text: String) {
        description = "'\(text.replacing("'", with: "''"))'"
    }
}
