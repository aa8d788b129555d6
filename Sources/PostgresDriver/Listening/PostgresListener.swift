import CLibpq
package import Logging

/// Listens on a channel, on a connection of its own beside the pool.
///
/// One thread opens the connection, waits on it and opens the next one when it breaks, with growing pauses. A connection on which nothing is said is
/// asked for a sign of life now and then, since neither a server that stands still nor a network that swallows everything ends a connection.
///
/// What was said while there was no connection is lost, so what is said can only wake somebody up who then looks for himself.
package final class PostgresListener: Sendable {
    private struct State {
        var isStopped = false
        var isInterrupted = false
        /// The thread opens a connection, which may take its time, or has ended: nobody waits for it.
        var needsNoWaiting = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let connection: ConnectionConfiguration
    private let channel: String
    private let logger: Logger
    private let deliver: @Sendable (ListenerEvent) -> Void
    private let wake: (reading: Int32, writing: Int32)
    private let state = Lock(State())
    private let logThread = HelperThreads(name: "pg-log", limit: 1)

    /// How long nothing may be said before the server is asked for a sign of life, and how long its answer may take.
    private static let silence: Int64 = 10_000_000_000
    private static let answerTime: Int64 = 5_000_000_000

    /// Starts to listen. It goes on until ``stop()`` or ``close()`` is called.
    ///
    /// - Parameters:
    ///   - channel: The channel's name; it must not contain a quotation mark.
    ///   - connection: Where the server is. A pooler in transaction mode has no session to listen in.
    ///   - deliver: Called on the listener's thread with each event, in order. It must not block.
    /// - Throws: ``PostgresError`` of kind `configuration` behind a pooler, and when the system has no descriptor or thread to give.
    package init(
        on channel: String, of connection: ConnectionConfiguration, logger: Logger, deliver: @escaping @Sendable (ListenerEvent) -> Void
    ) throws(PostgresError) {
        guard connection.route == .direct else {
            throw .configuration("Nobody can listen behind a pooler in transaction mode: connect to the server directly for that.")
        }
        self.connection = try connection.validated()
        self.channel = channel
        self.logger = logger
        self.deliver = deliver
        guard let wake = Platform.makePipe() else { throw .configuration("The system has no file descriptors left.") }
        self.wake = wake
        guard Platform.startThread(named: "pg-listen", { self.run() }) else {
            Platform.close(wake.reading)
            Platform.close(wake.writing)
            throw .configuration("The system has no threads left.")
        }
    }

    /// Ends listening soon, without waiting for it.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            if !state.hasEnded { Platform.signal(wake.writing) }
        }
    }

    /// Ends listening. Returns when the connection is closed; one that is just being opened is closed as soon as it is there.
    package func close() async {
        stop()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isWaiting = state.withLock { state in
                guard !state.needsNoWaiting else { return false }
                state.closers.append(continuation)
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }

    /// Gives the connection up as if it had broken, for tests of what follows.
    package func interrupt() {
        state.withLock { state in
            state.isInterrupted = true
            if !state.hasEnded { Platform.signal(wake.writing) }
        }
    }

    // MARK: - The thread

    private func run() {
        var poller = Poller(wakeDescriptor: wake.reading, slots: 1)
        var backoff = ListenerBackoff(seed: .random(in: .min ... .max))
        var isAnnounced = false
        while beginOpening() {
            let opened = Connector(configuration: connection, deadline: .now() + connection.connectTimeout).connect()
            let isWanted = endOpening()
            switch opened {
            case .success(let libpq):
                if isWanted { report(use(libpq, &poller, &backoff, &isAnnounced), &isAnnounced) }
                libpq.close()
            case .failure(let failure):
                report(failure.error, &isAnnounced)
            }
            pause(backoff.next(), &poller)
        }
        end()
    }

    /// False when it is time to end.
    private func beginOpening() -> Bool {
        state.withLock { state in
            state.isInterrupted = false
            if !state.isStopped { state.needsNoWaiting = true }
            return !state.isStopped
        }
    }

    private func endOpening() -> Bool {
        state.withLock { state in
            state.needsNoWaiting = false
            return !state.isStopped
        }
    }

    private func end() {
        let closers = state.withLock { state in
            state.hasEnded = true
            state.needsNoWaiting = true
            // Inside the lock, so that nobody writes to a descriptor that is somebody else's by now.
            Platform.close(wake.reading)
            Platform.close(wake.writing)
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private func report(_ reason: PostgresError, _ isAnnounced: inout Bool) {
        guard !isStopped else { return }
        // An outage is told once, not with every attempt, and from another thread: a log handler that blocks must not hold up who listens.
        let level: Logger.Level = isAnnounced ? .debug : .warning
        isAnnounced = true
        if logger.logLevel <= level, logThread.waitingJobs < 100 {
            _ = logThread.run { [logger] in logger.log(level: level, "listening connection lost", metadata: ["error": "\(reason)"]) }
        }
        deliver(.lost(reason))
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }
    private var mustLeave: Bool { state.withLock { $0.isStopped || $0.isInterrupted } }

    // MARK: - One connection

    /// Listens until the connection breaks or is no longer wanted, and says why it ended.
    private func use(
        _ libpq: LibpqConnection, _ poller: inout Poller, _ backoff: inout ListenerBackoff, _ isAnnounced: inout Bool
    ) -> PostgresError {
        poller.watch(slot: 0, descriptor: libpq.socket, forWriting: false)
        defer { poller.forget(slot: 0) }
        guard libpq.exitPipelineMode() else { return broken }
        if let failure = ask(libpq, &poller) { return failure }
        backoff.reset()
        isAnnounced = false
        deliver(.listening)
        return listen(on: libpq, &poller)
    }

    private func listen(on libpq: LibpqConnection, _ poller: inout Poller) -> PostgresError {
        var nextQuestion = MonotonicTime.now() + Self.silence
        while true {
            wait(until: nextQuestion, &poller)
            if mustLeave { return broken }
            if let failure = receive(libpq) { return failure }
            guard nextQuestion <= .now() else { continue }
            if let failure = ask(libpq, &poller) { return failure }
            nextQuestion = .now() + Self.silence
        }
    }

    /// Asks the server to let this session listen; once it does, that changes nothing and shows that the server is there.
    private func ask(_ libpq: LibpqConnection, _ poller: inout Poller) -> PostgresError? {
        let deadline = MonotonicTime.now() + Self.answerTime
        guard libpq.sendSimple("LISTEN \"\(channel)\"") else { return broken }
        // A statement this short fits into the socket at once unless the other side has stopped reading.
        while libpq.flush() == 1 {
            guard deadline > .now(), !mustLeave else { return silent }
            _ = Platform.wait(for: libpq.socket, writable: true, until: min(deadline, .now() + 100_000_000))
        }
        var failure: PostgresError?
        while true {
            while libpq.isBusy {
                guard deadline > .now() else { return silent }
                wait(until: deadline, &poller)
                if mustLeave { return broken }
                if let failure = receive(libpq) { return failure }
            }
            guard let result = libpq.nextResult() else { return failure ?? (libpq.isUsable ? nil : broken) }
            if result.status != PGRES_COMMAND_OK { failure = ServerFailure(result).error(outcome: .notSent) }
        }
    }

    /// Reads what has arrived and passes on what was said; an error when the connection has broken.
    private func receive(_ libpq: LibpqConnection) -> PostgresError? {
        var isAlive = libpq.consumeInput { deliver(.notified($0)) }
        // Under TLS the rest of a record may have stayed behind, and a farewell comes together with the end of the stream.
        if isAlive { isAlive = libpq.consumeInput { deliver(.notified($0)) } }
        if let farewell = libpq.farewell { return farewell.error(outcome: .notSent) }
        return isAlive && libpq.isUsable ? nil : broken
    }

    private func wait(until deadline: MonotonicTime, _ poller: inout Poller) {
        let remaining = max(0, deadline - .now())
        poller.wait(milliseconds: Int32(min((remaining + 999_999) / 1_000_000, 60_000)))
        if poller.isWoken { Platform.drain(wake.reading) }
    }

    private func pause(_ nanoseconds: Int64, _ poller: inout Poller) {
        let end = MonotonicTime.now() + nanoseconds
        while !isStopped, end > .now() { wait(until: end, &poller) }
    }

    private var broken: PostgresError {
        PostgresError(.connectionLost, outcome: .notSent, message: "The listening connection broke.")
    }

    private var silent: PostgresError {
        PostgresError(.connectionLost, outcome: .notSent, message: "The server did not answer on the listening connection.")
    }
}
