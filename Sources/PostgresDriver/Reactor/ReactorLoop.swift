import DequeModule
import Logging
import Synchronization

/// The reactor's thread: waits, looks at the sockets, does what was asked, watches the time.
///
/// Everything here belongs to that one thread. Sockets are looked at before new requests, so a connection that the server has closed while it was
/// idle is found before anything is sent on it.
final class ReactorLoop {
    let settings: ReactorSettings
    let inbox: Inbox
    let gauges: ReactorGauges
    let connectThreads: HelperThreads
    let cancelThreads: HelperThreads
    let stopThreads: HelperThreads
    let logThread = HelperThreads(name: "pg-log", limit: 1)

    var pool: PoolState
    var poller: Poller
    var now = MonotonicTime.now()

    /// The open connections by slot.
    var connections: [ServerConnection?]
    /// When attempts to connect are given up, by slot.
    var attempts: [ConnectionID: MonotonicTime] = [:]
    /// The requests that wait for a connection, by the number under which they wait.
    var waiting: [Int: Request] = [:]
    /// The connections that are shared at present.
    var lanes: [ServerConnection] = []
    /// The short statements that go onto a lane at the end of the turn.
    var queue: [Request] = []
    /// How long statements take.
    var times: ServiceTimes
    /// What the pool wants done.
    var actions: [PoolAction] = []
    var isPerformingActions = false
    /// Why the last attempt to connect failed.
    var lastConnectError: PostgresError?
    /// Why the last borrowers that lost their connection lost it.
    var lossReasons: [(lease: Lease, reason: PostgresError)] = []

    private var commands: [Command] = []
    var leases = 0
    var closeDeadline: MonotonicTime?
    var closers: [CheckedContinuation<Void, Never>] = []
    /// How many connections are closed by helper threads as soon as the server has stopped.
    var connectionsStopping = 0

    /// How long a client waits for these after it has given up all work.
    private static let stoppingPatience: Int64 = 500_000_000

    init(_ settings: ReactorSettings, inbox: Inbox, gauges: ReactorGauges) {
        self.settings = settings
        self.inbox = inbox
        self.gauges = gauges
        let slots = settings.pool.maxConnections
        pool = PoolState(settings.pool, processors: settings.processors, seed: settings.seed)
        times = ServiceTimes(shortStatement: settings.pool.multiplexing.shortStatement)
        poller = Poller(wakeDescriptor: inbox.wakeDescriptor, slots: slots)
        connections = Array(repeating: nil, count: slots)
        connectThreads = HelperThreads(name: "pg-connect", limit: min(slots, 8))
        cancelThreads = HelperThreads(name: "pg-cancel", limit: min(slots, 8))
        stopThreads = HelperThreads(name: "pg-stop", limit: min(slots, 8))
    }

    /// Runs until the client is closed and everything is given back.
    func run() {
        pool.tick(now: now, actions: &actions)
        performActions()
        while !isFinished { turn() }
        finish()
    }

    /// Waits until there is something to do, and does all of it.
    func turn() {
        let milliseconds = inbox.prepareToSleep() ? sleepMilliseconds() : 0
        poller.wait(milliseconds: milliseconds)
        inbox.take(&commands)
        now = .now()
        if poller.isWoken { Platform.drain(inbox.wakeDescriptor) }
        for slot in poller.slots {
            guard let connection = connections[slot], poller.isReady(slot: slot) || connection.nextLook <= now else { continue }
            serve(connection)
        }
        for command in commands { handle(command) }
        commands.removeAll(keepingCapacity: true)
        checkTime()
        dispatch()
        gauges.snapshot.withLock { $0 = pool.snapshot }
    }

    private var isFinished: Bool {
        guard pool.isDrained, let lastMoment else { return false }
        return connectionsStopping == 0 || lastMoment <= now
    }

    /// When a client that is being closed waits for nothing any more.
    private var lastMoment: MonotonicTime? {
        closeDeadline.map { $0 + Self.stoppingPatience }
    }

    /// Tells everybody who came too late, and those who wait for the end.
    private func finish() {
        for command in inbox.close() {
            switch command {
            case .submit(let request): request.resolve(.failure(.clientClosed))
            case .close(_, let continuation): if let continuation { closers.append(continuation) }
            case .connected(_, let libpq): libpq.close()
            case .abandon, .endLease, .connectFailed, .cancelSent, .stopped, .serve: continue
            }
        }
        gauges.snapshot.withLock { $0 = pool.snapshot }
        for closer in closers { closer.resume() }
    }

    // MARK: - Commands

    func handle(_ command: Command) {
        switch command {
        case .submit(let request): submit(request)
        case .abandon(let request):
            abandon(request, .cancelled, "The calling task was cancelled.")
        case .endLease(let lease): end(lease)
        case .connected(let id, let libpq): connected(id, libpq)
        case .connectFailed(let id, let failure): connectFailed(id, failure)
        case .cancelSent(let id): cancelSent(id)
        case .stopped: connectionsStopping -= 1
        case .serve(let id):
            if let connection = connections[id.slot], connection.id == id { serve(connection) }
        case .close(let deadline, let continuation):
            if let continuation { closers.append(continuation) }
            // What should have ended long ago ends now, and what still waits for the server is counted from here.
            closeDeadline = min(closeDeadline ?? .distantFuture, max(deadline, .now()))
            pool.close(actions: &actions)
            performActions()
        }
    }

    private func submit(_ request: Request) {
        request.isSubmitted = true
        if request.isAbandoned {
            request.resolve(.failure(PostgresError(.cancelled, outcome: .notSent, message: "The calling task was cancelled.")))
            return
        }
        switch request.loan {
        case .once, .begin:
            route(request)
        case .within(let lease), .end(let lease):
            guard let connection = connection(under: lease) else {
                request.resolve(.failure(lossError(for: lease)))
                return
            }
            if request.deadline <= now, request.role == .statement || request.role == .commit {
                // What undoes a transaction or a part of it is sent all the same, since without it the rest could be committed.
                request.resolve(
                    .failure(PostgresError(.deadlineExceeded, outcome: .notSent, message: "The call's deadline passed before anything was sent.")))
                return
            }
            // What came behind the end would run outside of the transaction that it was meant for.
            if case .end = request.loan { connection.lease = nil }
            send(request, on: connection)
        }
    }

    /// The connection that a lease is for, if it still is.
    func connection(under lease: Lease) -> ServerConnection? {
        guard let connection = connections[lease.connection.slot], connection.lease == lease else { return nil }
        return connection
    }

    private func end(_ lease: Lease) {
        guard let connection = connection(under: lease) else { return }
        connection.lease = nil
        if connection.inFlight.isEmpty, connection.copy == nil {
            giveBack(connection)
        } else {
            drop(
                connection,
                PostgresError(.connectionLost, outcome: .failedCertain, message: "The connection was given back before its answers had come."),
                stopping: true)
        }
    }

    // MARK: - Time

    func sleepMilliseconds() -> Int32 {
        var next = pool.nextTick
        for connection in connections {
            guard let connection else { continue }
            if let cleaning = connection.cleaning { next = min(next, min(cleaning.deadline, cleaning.nextCancel)) }
            next = min(next, connection.nextLook)
            next = min(next, connection.earliestDeadline)
            next = min(next, stallTime(of: connection))
        }
        for deadline in attempts.values { next = min(next, deadline) }
        if let closeDeadline, let lastMoment { next = min(next, pool.isDrained ? lastMoment : closeDeadline) }
        guard next < .distantFuture else { return -1 }
        let remaining = next - .now()
        return remaining <= 0 ? 0 : Int32(min((remaining + 999_999) / 1_000_000, 60_000))
    }

    private func checkTime() {
        for connection in connections {
            guard let connection else { continue }
            if let cleaning = connection.cleaning, cleaning.deadline <= now {
                drop(
                    connection, PostgresError(.connectionLost, outcome: .failedCertain, message: "The connection did not become clean in time."),
                    stopping: true)
                continue
            }
            cancelAgain(connection)
            guard connections[connection.id.slot] === connection else { continue }
            guard connection.earliestDeadline <= now else { continue }
            for request in connection.inFlight where request.deadline <= now && request.isAwaited {
                abandon(request, .deadlineExceeded, "The call's deadline passed.")
                if connection.cleaning != nil { break }
            }
            connection.renewEarliestDeadline()
        }
        checkLanes()
        for (id, deadline) in attempts where deadline <= now {
            let error = PostgresError(
                .connectionFailed, outcome: .notSent, message: "No connection could be opened within \(settings.connection.connectTimeout).")
            connectFailed(id, ConnectFailure(error: error, kind: .transient))
        }
        if now >= pool.nextTick {
            pool.tick(now: now, actions: &actions)
            performActions()
        }
        if let closeDeadline, closeDeadline <= now { dropEverything() }
    }

    private func dropEverything() {
        for connection in connections {
            guard let connection else { continue }
            drop(
                connection, PostgresError(.closed, outcome: .failedCertain, message: "The client was closed before the answer had come."),
                stopping: true)
        }
    }
}
