/// Why tests have no PostgreSQL server, or no database on it.
///
/// The description says what was tried and what to do next. It holds no password.
public struct TestServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong and what to do, in one or a few sentences.
    public let description: String

    /// Makes an error.
    ///
    /// - Parameter description: What went wrong and what to do.
    public init(_ description: String) {
        self.description = description
    }
}
