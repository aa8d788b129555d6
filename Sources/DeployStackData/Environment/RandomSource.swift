/// Where a store gets random bytes from, for tokens and identifiers.
public protocol RandomSource: Sendable {
    /// Returns random bytes that nobody can foresee.
    ///
    /// - Parameter count: How many bytes, 0 or more.
    func bytes(_ count: Int) -> [UInt8]
}

/// The system's cryptographically secure generator.
public struct SystemRandomSource: RandomSource {
    /// Creates a source that asks the system.
    public init() {}

    /// Returns bytes from the system's generator.
    public func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
