import CLibpq

/// Stops what the server does on a connection that is given up, and closes the connection then.
///
/// While a server works on a statement it does not notice that nobody is there any more. A request to stop that arrives before the statement has begun
/// stops nothing, so it is repeated until the server has answered. All that has a limit, also when a request is stuck on its way. It blocks and
/// therefore runs on a helper thread.
struct LastCancel: Sendable {
    private enum Sending {
        case possible, underWay, failed
    }

    private let libpq: LibpqConnection
    private let cancel: CancelRequest
    private let senders: HelperThreads
    private let deadline: MonotonicTime
    private let sending = Lock(Sending.possible)

    /// The longest time that a connection stays open after it was given up.
    private static let patience: Int64 = 1_000_000_000

    /// The pause before the first repetition; each further one is twice as long, up to the longest.
    private static let firstPause: Int64 = 20_000_000
    private static let longestPause: Int64 = 320_000_000

    /// From now on the connection is nobody else's.
    ///
    /// - Parameters:
    ///   - libpq: The connection.
    ///   - cancel: The request to stop what the server does there.
    ///   - senders: The threads for the requests themselves, which may be stuck for as long as the network likes.
    init(_ libpq: LibpqConnection, _ cancel: CancelRequest, sentBy senders: HelperThreads) {
        self.libpq = libpq
        self.cancel = cancel
        self.senders = senders
        deadline = .now() + Self.patience
    }

    func run() {
        var pause = Self.firstPause
        while send(), !isAnswered(by: min(deadline, .now() + pause)), .now() < deadline {
            pause = min(2 * pause, Self.longestPause)
        }
        libpq.close()
    }

    /// Has a request sent unless one is under way; false if none can be sent.
    private func send() -> Bool {
        let isFree: Bool? = sending.withLock { sending in
            switch sending {
            case .possible:
                sending = .underWay
                return true
            case .underWay: return false
            case .failed: return nil
            }
        }
        guard let isFree else { return false }
        guard isFree else { return true }
        return senders.run { [cancel, sending] in
            let isSent = cancel.send()
            sending.withLock { $0 = isSent ? .possible : .failed }
        }
    }

    /// Throws away what comes; true when nothing more will come, or when the server waits for us.
    private func isAnswered(by limit: MonotonicTime) -> Bool {
        var ends = 0
        while libpq.consumeInput() {
            while !libpq.isBusy {
                if let result = libpq.nextResult() {
                    ends = 0
                    if [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(result.status) { return true }
                } else {
                    // One ends a statement's results. A second one means that libpq waits for nothing.
                    ends += 1
                    if ends == 2 { return true }
                }
            }
            guard Platform.wait(for: libpq.socket, writable: false, until: limit) else { return false }
        }
        // It broke, and nobody will ever know.
        return true
    }
}
