/// Where a store gets identifiers from.
public protocol IDGenerator: Sendable {
    /// Returns an identifier that was never returned before: 1 to 100 characters of `A`–`Z`, `a`–`z`, `0`–`9`, `_` and `-`.
    func makeID() -> String
}

/// Identifiers of 21 random characters from a URL-safe alphabet of 64, which are 126 random bits.
public struct RandomIDGenerator: IDGenerator {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)

    private let random: any RandomSource

    /// Creates a generator.
    ///
    /// - Parameter random: Where the randomness comes from, by default the system.
    public init(random: any RandomSource = SystemRandomSource()) { self.random = random }

    /// Returns 21 random characters.
    public func makeID() -> String {
        String(decoding: random.bytes(21).map { Self.alphabet[Int($0 & 63)] }, as: UTF8.self)
    }
}
