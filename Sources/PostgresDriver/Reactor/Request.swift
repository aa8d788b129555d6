import Synchronization

/// One piece of work for a connection, from the task that awaits it to the answer at its Sync.
///
/// `@unchecked Sendable` is true because the constants are values, the continuation is set before the request is posted, and everything after
/// "reactor only" is touched by the reactor's thread alone once it has been posted; posting goes through a lock.
final class Request: @unchecked Sendable {
    /// What is sent.
    enum Work {
        /// A statement that is prepared once on each connection.
        case statement(StatementShape, ParameterBuffer)
        /// One statement as text, without parameters and not kept prepared.
        case text(String)
        /// Asks what a statement's parameters and columns are, without running it.
        case describe(sql: String, parameterOIDs: [UInt32])
        /// One step of a COPY to the server.
        case copy(CopyStep)
        /// Nothing: only a connection is wanted.
        case nothing
    }

    /// How the request stands to the loan of a connection.
    enum Loan {
        /// Any connection, for this request alone.
        case once
        /// Any connection, which stays lent after success.
        case begin(Lease.Purpose)
        /// The connection of a lease.
        case within(Lease)
        /// The connection of a lease, which ends with the answer.
        case end(Lease)
    }

    /// What the statement means for a transaction, which decides what a failure means.
    enum Role {
        case statement
        case begin
        case commit
        case rollback
        /// The reactor's own statements between two uses of a connection.
        case cleaning
    }

    let work: Work
    /// The shape of a prepared statement; nil for other work.
    let shape: StatementShape?
    let loan: Loan
    let role: Role
    let isRead: Bool
    /// What is set for the statement, which is a transaction by itself, ahead of it.
    let settings: TransactionSettings?
    let deadline: MonotonicTime

    init(
        _ work: Work, loan: Loan, role: Role = .statement, isRead: Bool = false, settings: TransactionSettings? = nil, deadline: MonotonicTime
    ) {
        self.work = work
        if case .statement(let shape, _) = work { self.shape = shape } else { shape = nil }
        self.loan = loan
        self.role = role
        self.isRead = isRead
        self.settings = settings
        self.deadline = deadline
        // Settings hold until the Sync, so nothing of anybody else may come before it.
        runsAlone = settings != nil
    }

    /// Resumed exactly once, by the reactor, or by the poster if the reactor no longer takes requests. Set before the request is posted, and looked at
    /// by the reactor only after it has come in.
    private var continuation: CheckedContinuation<Result<Reply, PostgresError>, Never>?

    /// Whether a caller waits for the answer. Looking at the continuation itself would count a reference to it up and down.
    private(set) var isAwaited = false

    /// Set before the continuation is resumed and read after it, which orders the reactor's last touch of the request before the caller's next one in a way
    /// that ThreadSanitizer can see, too.
    let isResolved = Atomic(false)

    // MARK: Reactor only

    /// Whether the request has come in. Before that its continuation may be in the hands of the caller's thread.
    var isSubmitted = false
    /// The number under which it waits for a connection.
    var waiter: Int?
    /// Since when it has waited for a connection, in whichever queue.
    var waitsSince: MonotonicTime?
    /// Whether it waits for the end of the turn to be sent on a lane.
    var isQueuedForLane = false
    /// The connection that it was given to.
    var connection: ConnectionID?
    /// Whether a Sync follows it. Reads on a lane share one, which follows the last of them.
    var hasSync = true
    /// Whether it shares a Sync with others, so that their failure can keep it from running.
    var isShared = false
    /// Whether it did not run because one before it under the same Sync had failed.
    var wasSkipped = false
    /// Whether it must not share a Sync (again).
    var runsAlone: Bool
    /// Whether it must have a connection for itself, because it was behind one that had stuck.
    var avoidsLanes = false
    /// The prepared statement's name under which it was sent, nil if it has none.
    var preparedName: String?
    /// The prepared statement's name under which its settings were sent, nil if it has none.
    var settingsName: String?
    /// Whether the caller has gone, before or after the request came in.
    var isAbandoned = false
    /// What libpq will answer before the statement's own result.
    var preludes = Preludes()
    /// Whether a transaction was open when it was sent.
    var isInTransaction = false
    /// Whether nothing else was under way on its connection when it was sent.
    var isAloneOnConnection = false
    /// Whether the statement had been prepared before this request.
    var usedPreparedStatement = false
    var sentAt: MonotonicTime?
    /// Whether it has been counted as sent; what the library itself sends again is not counted twice.
    var isCounted = false
    var attempts = 0
    /// How often it met a prepared statement that was out of date.
    var timesPreparedAgain = 0
    var result: ResultHandle?
    var failure: ServerFailure?

    /// The SQL that is sent, without parameters.
    var sql: String? {
        switch work {
        case .statement(let shape, _): shape.sql
        case .text(let sql), .describe(let sql, _): sql
        case .copy(.begin(let sql)): sql
        case .copy, .nothing: nil
        }
    }

    /// Whether a transaction that was open when it was sent may be over after it. Nobody knows what a text from outside does.
    var mayEndTransaction: Bool {
        switch role {
        case .commit, .rollback, .cleaning: return true
        case .begin: return false
        case .statement:
            // A text that is known to read is our own.
            if case .text = work { return !isRead }
            return false
        }
    }

    /// Says who waits for the answer.
    func expectAnswer(_ continuation: CheckedContinuation<Result<Reply, PostgresError>, Never>) {
        self.continuation = continuation
        isAwaited = true
    }

    /// Gives the answer to the caller, if it still waits.
    func resolve(_ reply: Result<Reply, PostgresError>) {
        guard let continuation else { return }
        self.continuation = nil
        isAwaited = false
        isResolved.store(true, ordering: .releasing)
        continuation.resume(returning: reply)
    }

    /// What stays behind on a connection when the request itself is sent elsewhere: the same answers come, and nobody waits for them.
    func leaveBehind() -> Request {
        let rest = Request(work, loan: loan, role: role, isRead: isRead, settings: settings, deadline: deadline)
        rest.isSubmitted = true
        rest.isAbandoned = true
        rest.connection = connection
        rest.hasSync = hasSync
        rest.isShared = isShared
        rest.wasSkipped = wasSkipped
        rest.preparedName = preparedName
        rest.settingsName = settingsName
        rest.preludes = preludes
        rest.usedPreparedStatement = usedPreparedStatement
        rest.sentAt = sentAt
        rest.failure = failure
        return rest
    }

    /// Makes the request as it was before it was sent, for another attempt.
    func rewind() {
        waiter = nil
        waitsSince = nil
        connection = nil
        preludes = Preludes()
        usedPreparedStatement = false
        preparedName = nil
        settingsName = nil
        hasSync = true
        isShared = false
        wasSkipped = false
        isQueuedForLane = false
        sentAt = nil
        result = nil
        failure = nil
        attempts += 1
    }
}

/// The answers that precede a statement's own: to its settings, to closing old prepared statements and to preparing this one, in this order. When none is
/// left, the next answer is the statement's.
struct Preludes {
    /// Whether the statement that makes the settings is prepared first.
    var isPreparingSettings = false
    /// Whether settings are made then.
    var isSetting = false
    /// The names of the old statements that are closed first and whose answers have not come.
    var obsolete: [String] = []
    /// Whether the statement is prepared then.
    var isPreparing = false

    /// Whether the next answer is the statement's.
    var isEmpty: Bool { !isPreparingSettings && !isSetting && obsolete.isEmpty && !isPreparing }
}

/// What a request gives back.
struct Reply: Sendable {
    /// The statement's result, if it was one.
    var result: ResultHandle?
    /// The lease that has begun, if one was asked for.
    var lease: Lease?
    /// The server's version as a number (150018 is 15.18).
    var serverVersion: Int32 = 0
}

/// The right to use one connection until it is given back. A lease that has ended is recognized by its number.
struct Lease: Hashable, Sendable {
    /// What a connection is lent for.
    enum Purpose: Sendable {
        /// One transaction; the connection is clean when it has ended.
        case transaction
        /// Whatever the borrower likes; the connection is closed afterwards.
        case session
    }

    let connection: ConnectionID
    let number: Int
}
