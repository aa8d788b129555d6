/// Which part of a list to return.
///
/// A page outside the allowed range is refused with kind ``DataError/Kind/validation``; it is never moved into the range silently.
public struct Page: Sendable, Hashable, Codable {
    /// The most items to return, 1 to 100.
    public var limit: Int
    /// How many items to leave out before the first one, 0 or more.
    public var offset: Int

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - limit: The most items to return, 1 to 100.
    ///   - offset: How many items to leave out, 0 or more.
    public init(limit: Int = 20, offset: Int = 0) {
        self.limit = limit
        self.offset = offset
    }

    /// The first twenty items.
    public static let first = Page()

    /// The limits that a page may have.
    public static let allowedLimits = 1...100
}
