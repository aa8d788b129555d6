import CLibpq

/// Stops what the server does on a connection that is given up, and closes the connection then.
///
/// While a server works on a statement it does not notice that nobody is there any more. A request to stop that arrives before the statement has begun
/// stops nothing, so it is repeated until the server has answered or the time is up. It blocks and therefore runs on a helper thread.
struct LastCancel: Sendable {
    private let libpq: LibpqConnection
    private let cancel: CancelRequest
    private let deadline: MonotonicTime

    /// The pause before the first repetition; each further one is twice as long, up to the longest.
    private static let firstPause: Int64 = 20_000_000
    private static let longestPause: Int64 = 320_000_000

    /// Nil if there is no memory for it. From now on the connection is nobody else's.
    init?(_ libpq: LibpqConnection, until deadline: MonotonicTime) {
        guard let cancel = libpq.cancelRequest() else { return nil }
        self.libpq = libpq
        self.cancel = cancel
        self.deadline = deadline
    }

    func run() {
        var pause = Self.firstPause
        repeat {
            cancel.send()
            if isAnswered(by: min(deadline, .now() + pause)) { break }
            pause = min(2 * pause, Self.longestPause)
        } while .now() < deadline
        libpq.close()
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
