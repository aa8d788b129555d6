import Synchronization

/// The door to the one thread that owns every connection.
///
/// Tasks leave requests and await their answers; nobody but that thread ever touches a `PGconn`.
final class Reactor: Sendable {
    private let inbox: Inbox
    /// Where the connections lead.
    let connection: ConnectionConfiguration
    let gauges = ReactorGauges()

    /// Starts the thread.
    ///
    /// - Throws: ``PostgresError`` of kind `configuration` if the system has no descriptor or thread to give.
    init(_ settings: ReactorSettings) throws(PostgresError) {
        guard let inbox = Inbox() else { throw .configuration("The system has no file descriptors left.") }
        self.inbox = inbox
        connection = settings.connection
        let started = Platform.startThread(named: "pg-reactor") { [gauges] in
            ReactorLoop(settings, inbox: inbox, gauges: gauges).run()
        }
        guard started else {
            _ = inbox.close()
            throw .configuration("The system has no threads left.")
        }
    }

    deinit {
        inbox.post(.close(by: MonotonicTime(nanoseconds: .min), nil))
    }

    /// Has a request done. If the calling task is cancelled it returns at once, and the reactor cleans up behind it.
    func perform(_ request: Request) async throws(PostgresError) -> Reply {
        guard !Task.isCancelled else {
            throw PostgresError(.cancelled, outcome: .notSent, message: "The calling task was cancelled.")
        }
        let result = await withTaskCancellationHandler {
            await answer(to: request)
        } onCancel: {
            inbox.post(.abandon(request))
        }
        return try result.get()
    }

    /// Has a request done that the calling task's cancellation does not reach: the ends of transactions.
    func performToTheEnd(_ request: Request) async throws(PostgresError) -> Reply {
        try await answer(to: request).get()
    }

    private func answer(to request: Request) async -> Result<Reply, PostgresError> {
        let answer = await withCheckedContinuation { continuation in
            request.expectAnswer(continuation)
            if !inbox.post(.submit(request)) { request.resolve(.failure(.clientClosed)) }
        }
        _ = request.isResolved.load(ordering: .acquiring)
        return answer
    }

    /// Gives a lease back without waiting.
    func end(_ lease: Lease) {
        inbox.post(.endLease(lease))
    }

    /// Ends everything: waiting callers are told at once, work under way may finish until `deadline`. Returns when the thread has ended its work.
    func close(by deadline: MonotonicTime) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            if !inbox.post(.close(by: deadline, continuation)) { continuation.resume() }
        }
    }

    /// Ends everything at once, without waiting for it.
    func closeNow() {
        inbox.post(.close(by: MonotonicTime(nanoseconds: .min), nil))
    }
}

extension PostgresError {
    static var clientClosed: PostgresError {
        PostgresError(.closed, outcome: .notSent, message: "The client is closed.")
    }
}
