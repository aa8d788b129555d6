import DeployStackModels
import Synchronization

/// Records the calls of a fake and lets faults happen to them.
final class CallObserver: Sendable {
    private struct State {
        var calls: [RecordedCall] = []
        /// How many calls were recorded and cleared before those that are there.
        var cleared = 0
        var faults: [Int: InjectedFault] = [:]
        var nextFault = 0
    }

    /// One call that was recorded.
    struct Ticket: Sendable {
        fileprivate let number: Int
        let plan: CallPlan
    }

    private let state = Mutex(State())

    var calls: [RecordedCall] { state.withLock { $0.calls } }

    func clear() {
        state.withLock { state in
            state.cleared += state.calls.count
            state.calls = []
        }
    }

    func add(_ fault: InjectedFault) {
        guard fault.remaining > 0 else { return }
        state.withLock { state in
            state.faults[state.nextFault] = fault
            state.nextFault += 1
        }
    }

    func removeFaults() {
        state.withLock { $0.faults = [:] }
    }

    var pendingFaults: Int { state.withLock { state in state.faults.values.reduce(0) { $0 + $1.remaining } } }

    /// Records that a call begins, and takes the faults that happen to it: every pause, and the first failure.
    ///
    /// Conditions are the caller's code, so they run without the lock; a fault that another call has used up meanwhile does not happen twice.
    func begin(_ call: RecordedCall) -> Ticket {
        let concerned = state.withLock { $0.faults }.filter { $0.value.concerns(call) }.keys.sorted()
        return state.withLock { state in
            var plan = CallPlan()
            for number in concerned {
                guard var fault = state.faults[number] else { continue }
                switch fault.effect {
                case .pause(let pause): plan.pauses.append(pause)
                case .failure(let error, let moment):
                    guard plan.failure == nil else { continue }
                    plan.failure = (error, moment)
                }
                fault.remaining -= 1
                state.faults[number] = fault.remaining > 0 ? fault : nil
            }
            state.calls.append(call)
            return Ticket(number: state.cleared + state.calls.count - 1, plan: plan)
        }
    }

    /// Records how a call ended, unless the recording was cleared meanwhile.
    func end(_ ticket: Ticket, _ outcome: RecordedCall.Outcome) {
        state.withLock { state in
            let index = ticket.number - state.cleared
            if state.calls.indices.contains(index) { state.calls[index].outcome = outcome }
        }
    }
}
