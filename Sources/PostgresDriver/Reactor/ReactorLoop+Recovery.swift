import DequeModule

/// Ends what has gone wrong: callers that leave early, connections that break, sessions that must become clean again.
extension ReactorLoop {
    /// The time after sending within which a loss of the connection is taken for one that had happened before.
    private static let staleWindow: Int64 = 50_000_000

    /// The pause before a server that goes on is asked again to stop; each further one is twice as long, up to sixteen times.
    private static let firstCancelPause: Int64 = 20_000_000

    /// As many connections may wait for a thread that has the server stop; others are closed at once.
    private static let mostStopping = 16

    /// A caller goes before its answer has come, because its task was cancelled or its time is up. It returns at once; the connection is looked after.
    func abandon(_ request: Request, _ kind: PostgresError.Kind, _ message: String) {
        guard !request.isAbandoned else { return }
        request.isAbandoned = true
        guard request.isSubmitted, request.isAwaited else { return }
        if request.isQueuedForLane {
            request.resolve(.failure(PostgresError(kind, outcome: .notSent, message: message)))
            return
        }
        if let waiter = request.waiter {
            _ = pool.cancelWaiter(waiter)
            waiting[waiter] = nil
            request.resolve(.failure(PostgresError(kind, outcome: .notSent, message: message)))
            return
        }
        guard let id = request.connection, let connection = connections[id.slot], connection.id == id,
            connection.inFlight.contains(where: { $0 === request })
        else { return }
        let error = PostgresError(kind, outcome: FailureVerdict(request).whenInterrupted, message: message)
        request.resolve(.failure(error))
        guard connection.lane == nil else {
            // Its answer is thrown away when it comes. Asking the server to stop could hit somebody else's statement.
            cleanIfDeserted(connection)
            return
        }
        if connection.copy?.phase == .open {
            // The rest of its data would have to be written before the server looks at anything else.
            drop(connection, error)
        } else if request.role == .commit {
            // A commit is never cancelled: the server may be waiting for a replica with the transaction committed already.
            drop(connection, error)
        } else if connection.cleaning == nil {
            beginCleaning(connection, cancelling: true)
        }
    }

    // MARK: - Cleaning

    /// Takes a connection out of use until it is certain that it is clean. If that takes too long it is closed.
    func beginCleaning(_ connection: ServerConnection, cancelling: Bool) {
        connection.lease = nil
        connection.cleaning = ServerConnection.Cleaning(deadline: now + settings.cleaningTimeout, isCancelPending: false)
        if cancelling, !sendCancel(connection) {
            drop(connection, PostgresError(.connectionLost, outcome: .failedCertain, message: "The statement could not be cancelled."))
            return
        }
        continueCleaning(connection)
    }

    /// A cancel request names a server process, not a statement. Until the call that sends it has ended, nothing else may run there.
    private func sendCancel(_ connection: ServerConnection) -> Bool {
        guard let cancel = connection.libpq.cancelRequest() else { return false }
        connection.cleaning?.isCancelPending = true
        return cancelThreads.run { [inbox, id = connection.id] in
            cancel.send()
            inbox.post(.cancelSent(id))
        }
    }

    /// Closes a connection as soon as the server has stopped what it does there, which takes a helper thread; at once if it does nothing, or commits.
    private func closeStopping(_ connection: ServerConnection) {
        guard !connection.inFlight.isEmpty, connection.inFlight.allSatisfy({ $0.role != .commit }), let cancel = connection.libpq.cancelRequest()
        else {
            close(connection)
            return
        }
        // Behind a pooler a request that comes late could hit somebody else, so there it is not repeated.
        guard settings.connection.route == .direct, stopThreads.waitingJobs < Self.mostStopping else {
            _ = cancelThreads.run { cancel.send() }
            close(connection)
            return
        }
        forget(connection)
        connectionsStopping += 1
        let last = LastCancel(connection.libpq, cancel, sentBy: cancelThreads)
        let isStarted = stopThreads.run { [inbox] in
            last.run()
            inbox.post(.stopped)
        }
        if !isStarted {
            connectionsStopping -= 1
            connection.libpq.close()
        }
    }

    /// A helper thread has ended its call.
    func cancelSent(_ id: ConnectionID) {
        guard let connection = connections[id.slot], connection.id == id, let cleaning = connection.cleaning else { return }
        connection.cleaning?.isCancelPending = false
        connection.cleaning?.cancels += 1
        connection.cleaning?.nextCancel = now + Self.firstCancelPause << min(cleaning.cancels, 4)
        guard settings.connection.route == .direct else {
            // The pooler passes the request on when it likes, so no exchange can show that it has arrived. With this connection the pooler gives up the
            // session behind it, and what comes too late hits nobody.
            drop(
                connection,
                PostgresError(.connectionLost, outcome: .failedCertain, message: "The connection was closed after a cancelled statement."))
            return
        }
        continueCleaning(connection)
    }

    /// Asks the server again to stop, when it goes on: the request had come before the statement.
    func cancelAgain(_ connection: ServerConnection) {
        guard let cleaning = connection.cleaning, cleaning.nextCancel <= now else { return }
        connection.cleaning?.nextCancel = .distantFuture
        guard !cleaning.isCancelPending, !connection.inFlight.isEmpty, !sendCancel(connection) else { return }
        drop(connection, PostgresError(.connectionLost, outcome: .failedCertain, message: "The statement could not be cancelled."))
    }

    /// One of the reactor's own statements was answered.
    func noteCleaningStep(_ connection: ServerConnection, failed: Bool) {
        if failed {
            connection.mustClose = true
        } else if connection.libpq.isOutsideTransaction {
            connection.cleaning?.isVerified = true
        }
    }

    /// Takes the next step when nothing is under way: roll back, one more exchange, back into the pool.
    func continueCleaning(_ connection: ServerConnection) {
        guard let cleaning = connection.cleaning, !cleaning.isCancelPending, connection.inFlight.isEmpty else { return }
        if connection.mustClose || cleaning.isVerified {
            connection.cleaning = nil
            pool.release(connection.id, isReusable: connection.isClean, now: now, actions: &actions)
            performActions()
            return
        }
        // From here on a request to stop would hit our own statements.
        connection.cleaning?.nextCancel = .distantFuture
        let sql = connection.libpq.isOutsideTransaction ? "SELECT 1" : "ROLLBACK"
        send(Request(.text(sql), loan: .once, role: .cleaning, deadline: cleaning.deadline), on: connection)
    }

    // MARK: - Broken connections

    /// Closes a connection at once and tells everyone who waits for it.
    ///
    /// libpq reports the loss only to the first request that is under way, so the others are told here.
    ///
    /// - Parameter stopping: Whether the server may still be at work for it, and has to be told to stop.
    func drop(_ connection: ServerConnection, _ reason: PostgresError, stopping: Bool = false) {
        guard connections[connection.id.slot] === connection else { return }
        if let lease = connection.lease, reason.kind == .connectionLost { remember(reason, forHolderOf: lease) }
        endLane(connection)
        if stopping { closeStopping(connection) } else { close(connection) }
        pool.lost(connection.id, now: now, actions: &actions)
        let pending = connection.inFlight
        connection.inFlight.removeAll()
        for request in pending where request.isAwaited {
            if isStale(request, reason) {
                request.rewind()
                route(request)
                continue
            }
            let verdict = FailureVerdict(request)
            if let failure = request.failure {
                request.resolve(.failure(failure.error(outcome: verdict.when(failure))))
            } else {
                request.resolve(.failure(reason.with(outcome: verdict.whenInterrupted)))
            }
        }
        performActions()
    }

    /// Keeps why a borrower has lost its connection until it asks for it again. Most never do, so only the last ones are kept.
    private func remember(_ reason: PostgresError, forHolderOf lease: Lease) {
        if lossReasons.count >= 256 { lossReasons.removeFirst() }
        lossReasons.append((lease, reason))
    }

    /// The error for a request of a borrower whose connection has gone.
    func lossError(for lease: Lease) -> PostgresError {
        lossReasons.last { $0.lease == lease }?.reason.with(outcome: .notSent)
            ?? PostgresError(.connectionLost, outcome: .notSent, message: "The connection is no longer lent to this caller.")
    }

    /// Whether a request met a connection that was dead already and may be sent again unseen: it changes nothing, and it is the first time.
    private func isStale(_ request: Request, _ reason: PostgresError) -> Bool {
        guard reason.kind == .connectionLost, closeDeadline == nil, request.attempts == 0, !request.isInTransaction else { return false }
        guard let sentAt = request.sentAt, now - sentAt < Self.staleWindow else { return false }
        if let failure = request.failure, !failure.isFatal { return false }
        switch request.loan {
        case .once: return request.isRead
        case .begin: return request.role == .begin
        case .within, .end: return false
        }
    }
}
