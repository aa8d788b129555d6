/// One connection of a pool during its life; a slot that is used again gets another generation, so a late event never hits the wrong connection.
struct ConnectionID: Hashable, Sendable {
    let slot: Int
    let generation: Int
}

/// What the owner of a ``PoolState`` has to do next.
enum PoolAction: Equatable {
    /// Open a connection.
    case connect(ConnectionID)
    /// Forget an attempt to connect; whatever comes of it is thrown away.
    case abandon(ConnectionID)
    /// Hand an open connection to a caller that waited.
    case lend(ConnectionID, to: Int)
    /// Use an open connection as a lane.
    case lendLane(ConnectionID)
    /// Tell a caller that waited that it gets none.
    case refuse(Int, PoolRefusal)
    /// Close an open connection that nobody uses.
    case close(ConnectionID)
}

/// What a connection is lent for.
enum LoanKind: Equatable {
    /// One caller's work, for as long as it takes: a transaction, a session, a stream.
    case exclusive
    /// One autocommit statement that takes long, or of which nothing is known. Only so many run at once.
    case slow
    /// Short autocommit statements of any number of callers.
    case lane
}

/// Why a caller gets no connection.
enum PoolRefusal: Equatable {
    /// As many wait as may.
    case tooManyWaiters
    /// The pool's own limit for waiting has passed.
    case acquireTimeout
    /// The caller's deadline has passed.
    case callDeadline
    /// Attempts to connect fail for a reason that waiting does not cure, or did so until the caller's time ended.
    case connectFailed
    /// The pool is closed.
    case closed
}

/// The answer to a caller that wants a connection.
enum PoolAnswer: Equatable {
    /// Take this one.
    case lend(ConnectionID)
    /// Wait under this number.
    case wait(Int)
    /// There is none.
    case refuse(PoolRefusal)
}

/// What an attempt to connect that failed says about the next one.
enum ConnectFailureKind: Equatable {
    /// It may work soon: refused, starting up, too many connections, no answer, name not found.
    case transient
    /// It will not work until somebody changes something: credentials, database name, certificate, configuration.
    case permanent
}
