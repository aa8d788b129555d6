import Synchronization

/// Counts from several tasks.
final class Counter: Sendable {
    private let atomic = Atomic<Int>(0)

    var value: Int { atomic.load(ordering: .relaxed) }

    /// Counts one more, and returns the new number.
    @discardableResult
    func increment(by step: Int = 1) -> Int { atomic.add(step, ordering: .relaxed).newValue }
}
