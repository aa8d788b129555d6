import PostgresDriver
import Synchronization

/// Durations that many tasks measure, and what a figure says of them.
package final class Measurements: Sendable {
    private let values = Lock<[Duration]>([])

    package init() {}

    package func add(_ duration: Duration) {
        values.withLock { $0.append(duration) }
    }

    package var count: Int { values.withLock { $0.count } }

    /// The longest one, or zero.
    package var longest: Duration { values.withLock { $0.max() ?? .zero } }

    /// The one that so many of a hundred do not exceed, or zero.
    package func percentile(_ percent: Int) -> Duration {
        let sorted = values.withLock { $0.sorted() }
        guard !sorted.isEmpty else { return .zero }
        return sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
    }
}

extension Duration {
    /// In seconds, as a number.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// A number that many tasks count up.
package final class Count: Sendable {
    private let number = Atomic(0)

    package init() {}

    package var value: Int { number.load(ordering: .sequentiallyConsistent) }

    /// Counts up and returns the new number.
    @discardableResult
    package func add(_ count: Int = 1) -> Int { number.add(count, ordering: .sequentiallyConsistent).newValue }

    /// Keeps the larger of the number and a new one.
    package func raise(to value: Int) { number.max(value, ordering: .sequentiallyConsistent) }
}

/// The most events that lie within a second of each other.
package func mostWithinASecond(_ times: [ContinuousClock.Instant]) -> Int {
    let sorted = times.sorted()
    var first = 0
    var most = 0
    for (index, time) in sorted.enumerated() {
        while time - sorted[first] >= .seconds(1) { first += 1 }
        most = max(most, index - first + 1)
    }
    return most
}
