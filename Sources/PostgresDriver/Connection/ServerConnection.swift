import DequeModule

/// One open connection as the reactor sees it: what is under way on it, and for whom.
///
/// It belongs to the reactor's thread.
final class ServerConnection {
    /// The time after a caller has gone: the server is asked to stop, the answers are thrown away, and one more exchange must come back clean.
    struct Cleaning {
        let deadline: MonotonicTime
        /// Whether a cancel request is under way; until its end it may hit whatever runs.
        var isCancelPending: Bool
        /// Whether an exchange after the end of all that has come back clean.
        var isVerified = false
    }

    let id: ConnectionID
    let libpq: LibpqConnection

    /// The requests that were sent and not yet answered, in that order.
    var inFlight: Deque<Request> = []

    /// The lease that the connection is under, if it is lent for more than one request.
    var lease: Lease?

    /// What the connection will not be used after: an unclean session, a server that lost its role.
    var mustClose = false

    var cleaning: Cleaning?
    var prepared: PreparedStatementCache
    var isWatchedForWriting = false

    /// Whether TLS stands between libpq and the socket. It may hold data back that the socket no longer shows.
    let isEncrypted: Bool

    /// When the connection was last looked at.
    var lastServed = MonotonicTime(nanoseconds: .min)

    init(id: ConnectionID, libpq: LibpqConnection, preparedStatements: Int) {
        self.id = id
        self.libpq = libpq
        isEncrypted = libpq.isEncrypted
        prepared = PreparedStatementCache(capacity: preparedStatements)
    }

    /// When the connection is looked at although its socket shows nothing.
    var nextLook: MonotonicTime {
        isEncrypted && !inFlight.isEmpty ? max(lastServed, inFlight[0].sentAt ?? lastServed) + Self.lookInterval : .distantFuture
    }

    /// The longest time that data may lie in the TLS layer.
    private static let lookInterval: Int64 = 10_000_000

    /// Whether the connection can be lent to anybody as it is.
    var isClean: Bool {
        inFlight.isEmpty && !mustClose && cleaning == nil && libpq.isUsable && libpq.isOutsideTransaction
    }
}
