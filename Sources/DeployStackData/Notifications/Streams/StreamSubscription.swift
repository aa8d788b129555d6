import DeployStackModels
import PostgresDriver

/// One loop over a stream, as those see it who wake it.
///
/// It holds no notifications, only what has to be looked after, so it stays small however much arrives.
final class StreamSubscription: Sendable {
    /// What has happened since the loop has looked.
    struct Signals: Sendable {
        /// Something may have arrived.
        var mayHaveArrived = false
        /// Wake-ups were lost for a while, and are heard again.
        var wasInterrupted = false
        /// The store was closed.
        var isClosed = false

        fileprivate var isEmpty: Bool { !mayHaveArrived && !wasInterrupted && !isClosed }
    }

    private struct State {
        var signals = Signals()
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Lock(State())

    /// Notes what has happened, and wakes the loop.
    func signal(_ change: (inout Signals) -> Void) {
        let waiter = state.withLock { state in
            change(&state.signals)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Whether the store was closed.
    var isClosed: Bool { state.withLock { $0.signals.isClosed } }

    /// Waits until something has happened, and takes what has.
    ///
    /// - Throws: ``DataError`` of kind `.cancelled` when the task is cancelled, `.unavailable` when the store is closed.
    func wait() async throws(DataError) -> Signals {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let isWaiting = state.withLock { state in
                    guard state.signals.isEmpty, !Task.isCancelled else { return false }
                    state.waiter = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            signal { _ in }
        }
        if Task.isCancelled { throw .cancelledBeforeCall }
        let signals = state.withLock { state in
            defer {
                state.signals.mayHaveArrived = false
                state.signals.wasInterrupted = false
            }
            return state.signals
        }
        if signals.isClosed { throw .closedStore }
        return signals
    }
}
