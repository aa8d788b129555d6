import CLibpq

/// One `PGconn`, with the calls that the driver makes on it.
///
/// `@unchecked Sendable` is true because only one thread uses it at a time: the helper thread that opens it hands it to the reactor's thread through
/// a lock and never looks at it again, and so does the reactor's thread with one that a helper thread is to close.
@safe
final class LibpqConnection: @unchecked Sendable {
    private var pointer: OpaquePointer?

    /// The server's last words, if it has ended the session while nothing was under way.
    private(set) var farewell: ServerFailure?

    /// Takes ownership of a `PGconn`.
    @unsafe
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
        // libpq's own receiver prints to standard error. It is called only within calls on this connection, which end before this object does.
        let receiver: PQnoticeReceiver = { context, notice in
            guard let context = unsafe context, let notice = unsafe notice else { return }
            let connection = unsafe Unmanaged<LibpqConnection>.fromOpaque(context).takeUnretainedValue()
            unsafe connection.note(notice)
        }
        unsafe PQsetNoticeReceiver(pointer, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        close()
    }

    /// Says good-bye to the server and closes the socket. A second call does nothing.
    func close() {
        guard let pointer = unsafe pointer else { return }
        unsafe PQfinish(pointer)
        unsafe self.pointer = nil
    }

    /// Looks at what the server says beside its answers. Only a farewell counts: libpq takes an error that comes while nothing is under way for a notice.
    @unsafe
    private func note(_ notice: OpaquePointer) {
        let failure = unsafe ServerFailure(notice: notice)
        if failure.isFatal, !failure.sqlState.isEmpty { farewell = failure }
    }

    // MARK: State

    var isUsable: Bool { unsafe PQstatus(pointer) == CONNECTION_OK }
    var socket: Int32 { unsafe PQsocket(pointer) }
    var backendPID: Int32 { unsafe PQbackendPID(pointer) }
    var serverVersion: Int32 { unsafe PQserverVersion(pointer) }
    var isEncrypted: Bool { unsafe PQsslInUse(pointer) != 0 }

    /// A setting of the session as the server, or a pooler before it, has last reported it; nil if it is none that is reported.
    func reportedSetting(_ name: String) -> String? {
        guard let text = unsafe PQparameterStatus(pointer, name) else { return nil }
        return unsafe String(cString: text)
    }

    /// Whether no transaction is open, as of the last Sync.
    var isOutsideTransaction: Bool { unsafe PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// libpq's last message about this connection; may name hosts and roles.
    var errorMessage: String {
        guard let text = unsafe PQerrorMessage(pointer) else { return "" }
        return unsafe String(cString: text)
    }

    // MARK: Opening (helper thread)

    /// Where opening stands, after one more step.
    enum OpeningStep {
        case wantsRead
        case wantsWrite
        case done
        case failed
    }

    /// Makes error messages carry their SQLSTATE, which libpq offers in no other way while a connection is being opened.
    func useVerboseErrors() {
        unsafe _ = PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
    }

    /// Whether opening has got as far as TLS.
    var isStartingTLS: Bool { unsafe PQstatus(pointer) == CONNECTION_SSL_STARTUP }

    /// One more step of opening; the socket may be another one afterwards.
    func continueOpening() -> OpeningStep {
        switch unsafe PQconnectPoll(pointer) {
        case PGRES_POLLING_OK: .done
        case PGRES_POLLING_READING: .wantsRead
        case PGRES_POLLING_WRITING: .wantsWrite
        default: .failed
        }
    }

    /// Makes no call block from now on.
    func makeNonblocking() -> Bool { unsafe PQsetnonblocking(pointer, 1) == 0 }

    /// Lets several requests be under way at once.
    func enterPipelineMode() -> Bool { unsafe PQenterPipelineMode(pointer) == 1 }

    /// Sends text by the simple protocol, before pipeline mode.
    func sendSimple(_ sql: String) -> Bool { unsafe PQsendQuery(pointer, sql) == 1 }

    // MARK: Sending

    func sendPrepare(name: String, sql: String, parameterOIDs: [UInt32]) -> Bool {
        unsafe parameterOIDs.withUnsafeBufferPointer { oids in
            unsafe PQsendPrepare(pointer, name, sql, Int32(oids.count), oids.baseAddress) == 1
        }
    }

    func sendPrepared(name: String, parameters: ParameterBuffer) throws(PostgresError) -> Bool {
        try unsafe parameters.withLibpqArrays { count, _, values, lengths, formats throws(PostgresError) in
            // Passed as it is, the text would be copied into memory of its own at every call.
            unsafe name.withCString { name in unsafe PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1 }
        }
    }

    /// Prepares, binds and runs a statement without keeping it.
    func sendUnnamed(sql: String, parameters: ParameterBuffer) throws(PostgresError) -> Bool {
        try unsafe parameters.withLibpqArrays { count, types, values, lengths, formats throws(PostgresError) in
            unsafe sql.withCString { sql in unsafe PQsendQueryParams(pointer, sql, count, types, values, lengths, formats, 1) == 1 }
        }
    }

    func sendText(_ sql: String) -> Bool {
        unsafe PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1) == 1
    }

    func sendDescribe(name: String) -> Bool { unsafe PQsendDescribePrepared(pointer, name) == 1 }

    /// Leaves the mode in which several requests can be under way; none may be.
    func exitPipelineMode() -> Bool { unsafe PQexitPipelineMode(pointer) == 1 }

    /// Takes data for a COPY under way. They are written by ``flush()``.
    func putCopyData(_ bytes: [UInt8]) -> Bool {
        guard let count = Int32(exactly: bytes.count) else { return false }
        return unsafe bytes.withUnsafeBytes { buffer in
            unsafe PQputCopyData(pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), count) == 1
        }
    }

    /// Ends a COPY under way; with a failure, the server undoes it and answers with an error that quotes this text.
    func putCopyEnd(failure: String?) -> Bool { unsafe PQputCopyEnd(pointer, failure) == 1 }

    /// Ends a request: what was sent since the last Sync succeeds or fails together. Also writes what the socket takes.
    func sendSync() -> Bool { unsafe PQpipelineSync(pointer) == 1 }

    /// Writes what the socket takes: 0 if all is written, 1 if some remains, -1 if the connection failed.
    func flush() -> Int32 { unsafe PQflush(pointer) }

    // MARK: Receiving

    /// Reads what has arrived; false if the connection failed. What had arrived before can be looked at in either case.
    ///
    /// - Parameter hear: Called with what was said on the channels that the session listens on.
    func consumeInput(_ hear: (String) -> Void = { _ in }) -> Bool {
        let isAlive = unsafe PQconsumeInput(pointer) == 1
        while let notification = unsafe PQnotifies(pointer) {
            hear(unsafe String(cString: notification.pointee.extra))
            unsafe PQfreemem(notification)
        }
        return isAlive
    }

    /// Whether the next result has not arrived completely.
    var isBusy: Bool { unsafe PQisBusy(pointer) != 0 }

    /// The next result, or nil at the end of one statement's results. Call it only when not busy: it would block.
    func nextResult() -> ResultHandle? {
        guard let result = unsafe PQgetResult(pointer) else { return nil }
        return unsafe ResultHandle(owning: result)
    }

    /// What is needed to ask the server to cancel what this connection is doing; nil if there is no memory for it.
    func cancelRequest() -> CancelRequest? {
        guard let cancel = unsafe PQgetCancel(pointer) else { return nil }
        return unsafe CancelRequest(owning: cancel)
    }
}

/// A request to cancel whatever one server process is doing at the time of its arrival.
///
/// `@unchecked Sendable` is true because libpq promises that a `PGcancel` may be used by another thread than its connection, and only one job uses it at
/// a time.
@safe
final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    @unsafe
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQfreeCancel(pointer)
    }

    /// Opens a connection of its own, sends the request and waits until the server has closed it. Blocks.
    ///
    /// - Returns: Whether the request could be sent. That says nothing about whether it has stopped anything.
    @discardableResult
    func send() -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            unsafe PQcancel(pointer, buffer.baseAddress, 256) == 1
        }
    }
}
