import DeployStackModels
import Synchronization

/// Lets one writer at a time change the in-memory tables, in the order in which they came.
///
/// Waiting suspends the task and blocks no thread. A task that is cancelled while it waits leaves the queue at once.
final class WriterLock: Sendable {
    private enum Answer: Sendable {
        case acquired
        case cancelled
        case closed
    }

    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var isHeld = false
        var isClosed = false
        var nextTicket: UInt64 = 0
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    /// Waits until nobody else writes.
    ///
    /// - Throws: ``DataError`` of kind `.cancelled` when the task is cancelled while it waits, `.unavailable` when the store is closed.
    func acquire() async throws(DataError) {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(Waiter(ticket: ticket, continuation: continuation))
            }
        } onCancel: {
            leave(ticket)
        }
        switch answer {
        case .acquired: return
        case .cancelled: throw .cancelledBeforeCall
        case .closed: throw .closedStore
        }
    }

    /// Hands over to the next writer.
    func release() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.isHeld = false
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: .acquired)
    }

    /// Refuses everybody from now on. Who writes at the moment is left in peace.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            let waiters = state.waiters
            state.waiters = []
            return waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: .closed) }
    }

    /// How many writers wait.
    var waiterCount: Int { state.withLock { $0.waiters.count } }

    private func enqueue(_ waiter: Waiter) {
        let answer: Answer? = state.withLock { state in
            if state.isClosed { return .closed }
            // The cancellation may have come before the waiter was in the queue, and then nobody would ever take it out.
            if Task.isCancelled { return .cancelled }
            if state.isHeld {
                state.waiters.append(waiter)
                return nil
            }
            state.isHeld = true
            return .acquired
        }
        if let answer { waiter.continuation.resume(returning: answer) }
    }

    private func leave(_ ticket: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: .cancelled)
    }
}
