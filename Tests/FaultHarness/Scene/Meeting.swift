import PostgresDriver

/// Holds tasks up until a number of them have come, and then lets all go on.
package final class Meeting: Sendable {
    private struct State {
        var missing: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Lock<State>

    /// Makes a meeting of so many tasks.
    package init(of number: Int) {
        state = Lock(State(missing: number))
    }

    /// Comes to the meeting and waits for the others. Who comes too late goes on at once.
    package func arrive() async {
        await withCheckedContinuation { continuation in
            let released = state.withLock { state in
                state.missing -= 1
                state.waiting.append(continuation)
                guard state.missing <= 0 else { return [CheckedContinuation<Void, Never>]() }
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in released { continuation.resume() }
        }
    }
}
