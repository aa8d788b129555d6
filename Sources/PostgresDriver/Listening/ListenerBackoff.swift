/// How long a listener waits before it opens its next connection: twice as long after each failure, at most five seconds, and less by chance, so that
/// many listeners do not come back at the same moment.
struct ListenerBackoff {
    private static let shortest: Int64 = 50_000_000
    private static let longest: Int64 = 5_000_000_000

    private var failures = 0
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// A connection could be had.
    mutating func reset() {
        failures = 0
    }

    /// The nanoseconds to wait now, after one more failure.
    mutating func next() -> Int64 {
        let full = min(Self.longest, Self.shortest << min(failures, 20))
        failures += 1
        return full / 2 + Int64(Double(full / 2) * random.nextFraction())
    }
}
