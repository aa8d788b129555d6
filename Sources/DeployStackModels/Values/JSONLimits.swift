/// How large JSON from outside may be.
public struct JSONLimits: Hashable, Sendable {
    /// How deeply arrays and objects may be nested; `[]` has the depth 1, a number 0.
    public var maximumDepth: Int

    /// How many UTF-8 bytes the text may have.
    ///
    /// Numbers count as they are when written out: `1e6` counts seven bytes. Otherwise a short text could become one that nobody can read back.
    public var maximumBytes: Int

    /// Makes a pair of limits.
    ///
    /// - Parameters:
    ///   - maximumDepth: How deeply arrays and objects may be nested. More than 512 is taken as 512, for the sake of the stack.
    ///   - maximumBytes: How many UTF-8 bytes the text may have.
    public init(maximumDepth: Int, maximumBytes: Int) {
        self.maximumDepth = min(maximumDepth, 512)
        self.maximumBytes = maximumBytes
    }

    /// What the store accepts: 64 levels and one mebibyte.
    public static let input = JSONLimits(maximumDepth: 64, maximumBytes: 1 << 20)

    /// What is read back from a database, where another program may have written it: 512 levels, any size.
    package static let stored = JSONLimits(maximumDepth: 512, maximumBytes: .max)
}
