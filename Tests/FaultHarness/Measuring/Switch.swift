import PostgresDriver

/// Tells tasks that work in a loop when to stop, and when to pause.
package final class Switch: Sendable {
    private struct State {
        var isOn = true
        var isPaused = false
        var paused: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    package init() {}

    /// Whether the tasks go on. One that asks while all of them are to pause waits until they may go on.
    package func isOn() async -> Bool {
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                guard state.isPaused, state.isOn else { return true }
                state.paused.append(continuation)
                return false
            }
            if mayGoOn { continuation.resume() }
        }
        return state.withLock { $0.isOn }
    }

    /// Lets the tasks wait at their next question.
    package func pause() {
        state.withLock { $0.isPaused = true }
    }

    /// Lets the tasks go on.
    package func go() {
        release { $0.isPaused = false }
    }

    /// Ends the tasks.
    package func off() {
        release { $0.isOn = false }
    }

    private func release(_ change: (inout State) -> Void) {
        let paused = state.withLock { state in
            change(&state)
            defer { state.paused = [] }
            return state.paused
        }
        for continuation in paused { continuation.resume() }
    }
}
