import Synchronization

/// Remembers what a callback was given.
final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    /// What was recorded, in order.
    var values: [Value] { recorded.withLock { $0 } }

    /// Adds a value.
    func record(_ value: Value) {
        recorded.withLock { $0.append(value) }
    }
}
