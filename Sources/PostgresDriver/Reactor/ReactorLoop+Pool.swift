import Logging
import Synchronization

/// Does what the pool decides.
extension ReactorLoop {
    /// Finds a connection for a request, now or later.
    func acquire(for request: Request, as kind: LoanKind) {
        // Whoever is sent from one queue to another does not wait all over again.
        let arrival = request.waitsSince ?? now
        request.waitsSince = arrival
        defer { gauges.connectionsAsked.add(1, ordering: .relaxed) }
        switch pool.acquire(kind, since: arrival, deadline: request.deadline, now: now, actions: &actions) {
        case .lend(let id):
            start(request, on: id)
        case .wait(let waiter):
            request.waiter = waiter
            waiting[waiter] = request
        case .refuse(let refusal):
            request.resolve(.failure(error(for: refusal)))
        }
        performActions()
    }

    /// Empties the list of actions. What they cause is appended and done as well, by the outermost call.
    func performActions() {
        guard !actions.isEmpty, !isPerformingActions else { return }
        isPerformingActions = true
        defer { isPerformingActions = false }
        var index = 0
        while index < actions.count {
            let action = actions[index]
            index += 1
            perform(action)
        }
        actions.removeAll(keepingCapacity: true)
    }

    private func perform(_ action: PoolAction) {
        switch action {
        case .connect(let id):
            openConnection(id)
        case .abandon(let id):
            attempts[id] = nil
        case .lend(let id, let waiter):
            if let request = waiting.removeValue(forKey: waiter) { start(request, on: id) }
        case .lendLane(let id):
            beginLane(id)
        case .refuse(let waiter, let refusal):
            waiting.removeValue(forKey: waiter)?.resolve(.failure(error(for: refusal)))
        case .close(let id):
            if let connection = connections[id.slot], connection.id == id { close(connection) }
        }
    }

    private func start(_ request: Request, on id: ConnectionID) {
        guard let connection = connections[id.slot], connection.id == id else { return }
        request.waiter = nil
        request.connection = id
        connection.use = ConnectionUse(since: now)
        leaveLaneSettings(connection)
        send(request, on: connection)
    }

    /// A connection that was lent is free again: into the pool if it is as it should be, cleaned or closed otherwise.
    func giveBack(_ connection: ServerConnection) {
        connection.lease = nil
        connection.use = nil
        if connection.libpq.isUsable, !connection.mustClose, !connection.libpq.isOutsideTransaction {
            beginCleaning(connection, cancelling: false)
            return
        }
        pool.release(connection.id, isReusable: connection.isClean, now: now, actions: &actions)
        performActions()
    }

    // MARK: - Opening and closing

    private func openConnection(_ id: ConnectionID) {
        let deadline = now + settings.connection.connectTimeout
        attempts[id] = deadline
        let connector = Connector(configuration: settings.connection, deadline: deadline)
        let started = connectThreads.run { [inbox] in
            switch connector.connect() {
            case .success(let libpq):
                if !inbox.post(.connected(id, libpq)) { libpq.close() }
            case .failure(let failure):
                inbox.post(.connectFailed(id, failure))
            }
        }
        if !started {
            let error = PostgresError(.connectionFailed, outcome: .notSent, message: "The system has no threads left to connect with.")
            inbox.post(.connectFailed(id, ConnectFailure(error: error, kind: .transient)))
        }
    }

    /// A helper thread has opened a connection, perhaps too late.
    func connected(_ id: ConnectionID, _ libpq: LibpqConnection) {
        attempts[id] = nil
        guard pool.connected(id, now: now, actions: &actions) else {
            libpq.close()
            return
        }
        connections[id.slot] = ServerConnection(id: id, libpq: libpq, preparedStatements: settings.pool.preparedStatements)
        lastConnectError = nil
        poller.watch(slot: id.slot, descriptor: libpq.socket, forWriting: false)
        note(.debug, "connection opened", ["backend": "\(libpq.backendPID)"])
        performActions()
    }

    /// A helper thread could not open a connection, or its time is up.
    func connectFailed(_ id: ConnectionID, _ failure: ConnectFailure) {
        guard attempts.removeValue(forKey: id) != nil else { return }
        // An outage is told once, not with every attempt.
        note(lastConnectError == nil ? .warning : .debug, "connection failed", ["error": "\(failure.error)"])
        lastConnectError = failure.error
        pool.connectFailed(id, failure.kind, now: now, actions: &actions)
        performActions()
    }

    /// Writes to the log, from another thread: a log handler that blocks must not hold up the connections. What does not fit any more is left out.
    func note(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) {
        guard settings.logger.logLevel <= level, logThread.waitingJobs < 1_000 else { return }
        _ = logThread.run { [logger = settings.logger] in logger.log(level: level, message, metadata: metadata) }
    }

    /// Closes a connection that the pool has let go of.
    func close(_ connection: ServerConnection) {
        forget(connection)
        connection.libpq.close()
    }

    /// Looks at a connection no more, which somebody closes.
    func forget(_ connection: ServerConnection) {
        note(.debug, "connection closed", ["backend": "\(connection.libpq.backendPID)"])
        poller.forget(slot: connection.id.slot)
        connections[connection.id.slot] = nil
    }

    /// What the pool's connections are doing, for a caller who could not have one.
    private var description: PoolDescription { PoolDescription(pool.snapshot, connections.compactMap { $0?.use }, now: now) }

    private func error(for refusal: PoolRefusal) -> PostgresError {
        switch refusal {
        case .tooManyWaiters:
            PostgresError(
                .poolExhausted, outcome: .notSent,
                message: "Every connection is busy, and as many callers as allowed wait already: \(description).")
        case .acquireTimeout:
            PostgresError(
                .acquireTimeout, outcome: .notSent,
                message: "No connection became free within \(settings.pool.acquireTimeout): \(description).")
        case .callDeadline:
            PostgresError(
                .deadlineExceeded, outcome: .notSent, message: "The call's deadline passed before a connection was free: \(description).")
        case .connectFailed:
            lastConnectError ?? PostgresError(.connectionFailed, outcome: .notSent, message: "No connection could be opened.")
        case .closed:
            .clientClosed
        }
    }
}
