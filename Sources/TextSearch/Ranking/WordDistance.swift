#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// How much two words count together, by the number of positions between them.
enum WordDistance {
    private static let furthest = 100

    /// 1 / (1.005 + 0.05 · e^(distance / 1.5 − 2)), and next to nothing beyond 100 positions.
    static func factor(_ distance: Int) -> Float {
        distance > furthest ? 1e-30 : table[distance]
    }

    private static let table: [Float] = (0...furthest).map { distance in
        Float(1.0 / (1.005 + 0.05 * exp(Double(distance) / 1.5 - 2)))
    }
}
