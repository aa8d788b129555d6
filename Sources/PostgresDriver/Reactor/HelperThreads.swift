import DequeModule

/// Runs blocking work (name resolution, connecting, cancel requests) on a bounded number of threads of its own.
///
/// Threads are started when there is work and end when there is none. Work beyond the bound waits its turn.
final class HelperThreads: Sendable {
    private struct State {
        var jobs: Deque<@Sendable () -> Void> = []
        var threads = 0
    }

    private let name: String
    private let limit: Int
    private let state = Lock(State())

    init(name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }

    /// The number of jobs that wait for a thread.
    var waitingJobs: Int { state.withLock { $0.jobs.count } }

    /// Has `job` run soon; false if the system gives no thread, in which case it never runs.
    func run(_ job: @escaping @Sendable () -> Void) -> Bool {
        let startsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        guard startsThread else { return true }
        guard Platform.startThread(named: name, { self.work() }) else {
            return state.withLock { state in
                state.threads -= 1
                // Another thread, if there is one, will come to the job.
                if state.threads > 0 { return true }
                _ = state.jobs.popLast()
                return false
            }
        }
        return true
    }

    private func work() {
        while true {
            let job = state.withLock { state in
                let job = state.jobs.popFirst()
                if job == nil { state.threads -= 1 }
                return job
            }
            guard let job else { return }
            job()
        }
    }
}
