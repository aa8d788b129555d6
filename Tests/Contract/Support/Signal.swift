import PostgresDriver

/// Something that one task waits for and another one says, once.
final class Signal: Sendable {
    private struct State {
        var isSent = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    /// Says it. Who waits goes on, and who comes later does not wait.
    func send() {
        let waiters = state.withLock { state in
            state.isSent = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until it is said.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isSent = state.withLock { state in
                if !state.isSent { state.waiters.append(continuation) }
                return state.isSent
            }
            if isSent { continuation.resume() }
        }
    }
}
