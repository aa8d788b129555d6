/// Reads a statement's rows on a connection of the pool, by a cursor in a transaction of its own that may only read.
///
/// A cursor instead of libpq's single-row mode: the server sends only what was asked for, so memory is bounded without a socket that nobody reads;
/// one result for each chunk takes less of the client's time than one for each row; and a stream that is given up between two chunks has nothing to
/// cancel. From the second chunk on the next one is fetched while the rows of the last are being used, which hides the way to the server.
final class PoolCursor<Output: Sendable>: RowChunkSource {
    private enum State {
        case new
        case begun(Lease)
        case open(PooledReading)
        case ended
    }

    private let reactor: Reactor
    private let limits: ClientLimits
    private let statement: Statement<Output>
    private let settings: TransactionSettings?
    private let state = Lock(State.new)

    init(_ statement: Statement<Output>, settings: TransactionSettings?, reactor: Reactor, limits: ClientLimits) {
        self.settings = settings
        self.reactor = reactor
        self.limits = limits
        self.statement = statement
    }

    deinit {
        switch state.withLock({ $0 }) {
        case .new, .ended: break
        case .begun(let lease): reactor.end(lease)
        case .open(let reading):
            if let next = reading.next {
                // Somebody else ends the lease, since what is under way must have come to its end first.
                Task { [reactor] in
                    next.cancel()
                    _ = await next.value
                    reactor.end(reading.lease)
                }
            } else {
                reactor.end(reading.lease)
            }
        }
    }

    func next() async throws(PostgresError) -> RowSource? {
        switch state.withLock({ $0 }) {
        case .new: try await nextChunk(of: open())
        case .open(let reading): try await nextChunk(of: reading)
        case .begun, .ended: nil
        }
    }

    private func open() async throws(PostgresError) -> PooledReading {
        let begin = TransactionOptions(isReadOnly: true).beginStatement
        let reply = try await reactor.perform(Request(.text(begin), loan: .begin(.transaction), role: .begin, deadline: limits.deadline))
        guard let lease = reply.lease else { throw .protocolViolation("No connection was lent.", outcome: .notSent) }
        state.withLock { $0 = .begun(lease) }
        let transaction = PostgresTransaction(reactor: reactor, limits: limits, lease: lease)
        if let settings { try await transaction.apply(settings) }
        // Otherwise the server would choose the plan that is quickest for the first tenth of the rows.
        _ = try await reactor.perform(
            Request(.text("SET LOCAL cursor_tuple_fraction = 1"), loan: .within(lease), role: .begin, deadline: limits.deadline))
        return PooledReading(lease: lease, transaction: transaction, cursor: try await transaction.openCursor(for: statement))
    }

    private func nextChunk(of reading: PooledReading) async throws(PostgresError) -> RowSource {
        var reading = reading
        state.withLock { $0 = .open(reading) }
        let chunk = try await reading.fetched()
        reading.next = nil
        if chunk.rowCount == reading.size.rows {
            reading.size.note(rows: chunk.rowCount, memory: chunk.memorySize)
            reading.fullChunks += 1
            if reading.fullChunks > 1 { reading.next = Task { [reading] in await reading.fetch() } }
            state.withLock { $0 = .open(reading) }
        } else {
            state.withLock { $0 = .ended }
            await end(reading.lease)
        }
        return .result(chunk)
    }

    /// Ends the transaction, which has read everything: a failure is of no interest, since the connection is closed then.
    private func end(_ lease: Lease) async {
        let deadline = MonotonicTime.now() + limits.cleaningTimeout
        _ = try? await reactor.performToTheEnd(Request(.text("COMMIT"), loan: .end(lease), role: .rollback, deadline: deadline))
    }
}

/// An open cursor, and how far it was read.
private struct PooledReading {
    let lease: Lease
    let transaction: PostgresTransaction
    let cursor: OpenCursors.Cursor
    var fullChunks = 0
    /// How many rows the next chunk has, which may be under way already.
    var size = ChunkSize()
    /// The chunk that is being fetched in advance.
    var next: Task<Result<ResultHandle, PostgresError>, Never>?

    /// The next chunk, which may be under way already.
    func fetched() async throws(PostgresError) -> ResultHandle {
        // What is there already would hide it.
        guard !Task.isCancelled else { throw PostgresError(.cancelled, outcome: .notSent, message: "The calling task was cancelled.") }
        guard let next else { return try await fetch().get() }
        let result = await withTaskCancellationHandler {
            await next.value
        } onCancel: {
            next.cancel()
        }
        return try result.get()
    }

    func fetch() async -> Result<ResultHandle, PostgresError> {
        do throws(PostgresError) {
            return .success(try await transaction.fetch(size.rows, from: cursor))
        } catch {
            return .failure(error)
        }
    }
}

extension PostgresClient {
    /// Reads the rows of a statement as they are asked for; see ``RowStream``.
    ///
    /// The rows are those that the statement sees when the first one is asked for. The statement must not write. One connection of the pool is lent
    /// from then to the last row or to the end of the iteration.
    ///
    /// - Parameters:
    ///   - statement: What to read.
    ///   - settings: What is set for the transaction in which it is read.
    package func stream<Output>(_ statement: Statement<Output>, with settings: TransactionSettings? = nil) -> RowStream<Output> {
        RowStream(statement) { [reactor, limits] in PoolCursor(statement, settings: settings, reactor: reactor, limits: limits) }
    }
}
