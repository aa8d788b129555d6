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
        /// How many such requests have come to their end.
        var cancels = 0
        /// When the server is asked again if it still goes on.
        var nextCancel = MonotonicTime.distantFuture
        /// Whether an exchange after the end of all that has come back clean.
        var isVerified = false
    }

    let id: ConnectionID
    let libpq: LibpqConnection

    /// The requests that were sent and not yet answered, in that order.
    var inFlight: Deque<Request> = []

    /// What the connection is as a lane, while it is one.
    var lane: LaneState?

    /// Whether a result of the present step (closing, preparing, running) of the oldest request has come.
    var stepHasResult = false

    /// Whether the session has the settings of a lane, which have to be undone before it is lent to one caller.
    var hasLaneSettings = false

    /// No request under way has to be given up before this moment.
    var earliestDeadline = MonotonicTime.distantFuture

    /// Since when the connection is lent, and what for; for whoever wonders where all connections have gone.
    var use: ConnectionUse?

    /// The lease that the connection is under, if it is lent for more than one request.
    var lease: Lease?

    /// What the connection will not be used after: an unclean session, a server that lost its role.
    var mustClose = false

    var cleaning: Cleaning?

    /// The COPY under way, if there is one.
    var copy: Copy?

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

    /// Adds a request to those under way.
    func append(_ request: Request) {
        inFlight.append(request)
        if request.isAwaited { earliestDeadline = min(earliestDeadline, request.deadline) }
    }

    /// Looks again when the next request under way has to be given up. One whose caller has gone asks for nothing any more.
    func renewEarliestDeadline() {
        earliestDeadline = .distantFuture
        for request in inFlight where request.isAwaited { earliestDeadline = min(earliestDeadline, request.deadline) }
    }

    /// Whether the connection can be lent to anybody as it is.
    var isClean: Bool {
        inFlight.isEmpty && !mustClose && cleaning == nil && libpq.isUsable && libpq.isOutsideTransaction
    }
}

/// A connection that short statements of many callers share.
struct LaneState {
    /// When the lane last got on: something was answered, or the first statement was sent.
    var progressAt: MonotonicTime
    /// Whether it has not got on for so long that nothing more is sent on it.
    var isStalled = false
    /// The statements answered since the last Sync, for which the time is shared out.
    var answered: [Int] = []
}

/// What a connection is lent for.
struct ConnectionUse {
    let since: MonotonicTime
    /// The SQL of the statement that runs or ran last, without parameters; nil before the first.
    var sql: String?
}
