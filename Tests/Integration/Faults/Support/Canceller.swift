import PostgresDriver

/// Cancels a task, also for callers who ask before the task is known here: those inside of it.
final class Canceller: Sendable {
    private struct State {
        var isWanted = false
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Lock(State())

    /// The task that is meant.
    func take(_ task: Task<some Sendable, some Error>) {
        let isWanted = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.isWanted
        }
        if isWanted { task.cancel() }
    }

    func cancel() {
        let cancel = state.withLock { state in
            state.isWanted = true
            return state.cancel
        }
        cancel?()
    }
}

/// Lets a moment of random length pass, so that what comes next meets others at any point: none, a few turns of other tasks, or up to `longest`.
func passMoment(upTo longest: Duration, _ random: inout some RandomNumberGenerator) async {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return
    case 1, 2: for _ in 0..<Int.random(in: 0..<60, using: &random) { await Task.yield() }
    default: try? await Task.sleep(for: longest * Double.random(in: 0...1, using: &random))
    }
}

extension Array {
    /// One of the elements, which must not be none.
    func any(_ random: inout some RandomNumberGenerator) -> Element { self[Int.random(in: 0..<count, using: &random)] }
}
