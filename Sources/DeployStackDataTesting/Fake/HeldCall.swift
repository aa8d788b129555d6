import DeployStackModels
import Synchronization

/// A call that waits until a test lets it go on.
///
/// ```swift
/// let held = fake.holdNext(.teams.createTeam)
/// let creation = Task { try await service.create("Analytics") }
/// await held.arrival()
/// creation.cancel()
/// held.release()
/// ```
public final class HeldCall: Sendable {
    private struct Waiter {
        let ticket: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var hasArrived = false
        var isReleased = false
        var nextTicket = 0
        var callers: [Waiter] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    init() {}

    /// Waits until the call is made.
    public func arrival() async {
        await withCheckedContinuation { continuation in
            let hasArrived = state.withLock { state in
                if !state.hasArrived { state.watchers.append(continuation) }
                return state.hasArrived
            }
            if hasArrived { continuation.resume() }
        }
    }

    /// Whether the call has been made.
    public var hasArrived: Bool { state.withLock { $0.hasArrived } }

    /// Lets the call go on. One that comes later does not wait.
    public func release() {
        let callers = state.withLock { state in
            state.isReleased = true
            defer { state.callers = [] }
            return state.callers
        }
        for caller in callers { caller.continuation.resume() }
    }

    /// Waits as the call.
    ///
    /// - Throws: ``DataError`` of kind `.cancelled` when the task is cancelled, as any call that waits does.
    func wait() async throws(DataError) {
        let (ticket, watchers) = state.withLock { state in
            state.hasArrived = true
            state.nextTicket += 1
            defer { state.watchers = [] }
            return (state.nextTicket, state.watchers)
        }
        for watcher in watchers { watcher.resume() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // The cancellation may have come before the waiter was in the list.
                    if state.isReleased || Task.isCancelled { return true }
                    state.callers.append(Waiter(ticket: ticket, continuation: continuation))
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let caller = state.withLock { state in
                state.callers.firstIndex { $0.ticket == ticket }.map { state.callers.remove(at: $0) }
            }
            caller?.continuation.resume()
        }
        if Task.isCancelled { throw DataError(.cancelled, outcome: .notSent) }
    }
}
