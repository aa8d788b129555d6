import PostgresDriver

/// Remembers what a callback was given.
final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Lock<[Value]>([])

    /// What was recorded, in order.
    var values: [Value] { recorded.withLock { $0 } }

    /// Adds a value.
    func record(_ value: Value) {
        recorded.withLock { $0.append(value) }
    }
}
