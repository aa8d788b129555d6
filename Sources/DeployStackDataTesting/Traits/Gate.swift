import Synchronization

/// Lets so many tests at a time have a database, in the order in which they came.
///
/// All tests of a run may start at once. Each database takes connections of the server, which has a limit, and time of a machine that may be small.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    /// The gate that all tests of this process pass.
    static let databases = Gate(places: 8)

    /// Makes a gate.
    ///
    /// - Parameter places: How many may be inside at once.
    init(places: Int) {
        state = Mutex(State(free: places))
    }

    /// Waits until there is a place, without blocking a thread.
    func enter() async {
        await withCheckedContinuation { continuation in
            let hasPlace = state.withLock { state in
                guard state.free > 0 else {
                    state.waiters.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if hasPlace { continuation.resume() }
        }
    }

    /// Gives a place back.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.resume()
    }
}
