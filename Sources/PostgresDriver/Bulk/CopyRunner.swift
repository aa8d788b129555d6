/// Feeds rows to a COPY, one chunk at a time.
///
/// The next chunk is made when the socket has taken the last one, so a server that is slow slows the producer down and memory stays bounded. The limit
/// of a call counts for each step; the producer's own time is not limited.
struct CopyRunner {
    /// Takes a step that the calling task's cancellation may interrupt, after which the connection is closed.
    let perform: (CopyStep) async throws(PostgresError) -> Reply
    /// Takes a step that cannot be interrupted: the one that decides.
    let performToTheEnd: (CopyStep) async throws(PostgresError) -> Reply

    /// Sends all rows that an iterator gives.
    ///
    /// - Returns: The number of rows that the server has taken.
    func run<Rows: AsyncIteratorProtocol>(
        columns: ColumnList, rows: inout Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        var encoder = CopyEncoder(columns: columns)
        do {
            try await feed(&rows, into: &encoder, write: write)
        } catch {
            await giveUp()
            throw error
        }
        let reply = try await performToTheEnd(.end(encoder.finish()))
        return reply.result?.commandTag.affectedRows ?? encoder.rowCount
    }

    private func feed<Rows: AsyncIteratorProtocol>(
        _ rows: inout Rows, into encoder: inout CopyEncoder, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws {
        while let row = try await rows.next(isolation: #isolation) {
            if let chunk = try Self.encode(row, into: &encoder, write: write) { _ = try await perform(.data(chunk)) }
        }
        // A producer may end early because of it, and what is only a part must not be taken for the whole.
        if Task.isCancelled { throw PostgresError(.cancelled, outcome: .failedCertain, message: "The calling task was cancelled.") }
    }

    // Together with the asynchronous loop in one function, the optimizer of Swift 6.3.1 crashes.
    @inline(never)
    private static func encode<Row>(
        _ row: Row, into encoder: inout CopyEncoder, write: (Row, inout CopyRow) throws -> Void
    ) throws -> [UInt8]? {
        try encoder.append { copied in try write(row, &copied) }
        return encoder.fullChunk()
    }

    /// Ends the COPY without effect: the server answers with an error, as it was asked to. If the connection is lost, there is no effect either.
    private func giveUp() async {
        do throws(PostgresError) {
            _ = try await performToTheEnd(.fail)
        } catch {}
    }

    /// The statement that begins a COPY.
    static func sql(table: StaticString, columns: ColumnList) -> String {
        "COPY \"\(table)\" (\(columns.sql)) FROM STDIN (FORMAT binary)"
    }
}

extension PostgresClient {
    /// Writes rows into a table by COPY in binary format: all of them or, when it throws, none.
    ///
    /// The rows are asked for one by one while they are being sent, so there may be any number of them. One connection of the pool is lent meanwhile.
    /// Nothing converts the values; see ``CopyEncoder``. A constraint that refuses a row refuses all. The server's own limit for a statement, if it has
    /// one, counts for the whole.
    ///
    /// - Parameters:
    ///   - table: The table's name, unquoted.
    ///   - columns: The columns that are written; the others get their defaults.
    ///   - rows: What to write.
    ///   - write: Writes every column of one row, from left to right.
    /// - Returns: The number of rows.
    /// - Throws: What `rows` and `write` throw, in which case nothing was written; ``PostgresError`` if the server refuses. If the answer to the end
    ///   was lost, its outcome is unknown.
    @discardableResult
    package func copy<Rows: AsyncSequence>(
        into table: StaticString, columns: ColumnList, rows: Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        var iterator = rows.makeAsyncIterator()
        return try await copy(into: table, columns: columns, from: &iterator, write: write)
    }

    /// Writes rows that are there already into a table by COPY; otherwise as the form for asynchronous sequences.
    @discardableResult
    package func copy<Rows: Sequence>(
        into table: StaticString, columns: ColumnList, rows: Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        var iterator = ListIterator(base: rows.makeIterator())
        return try await copy(into: table, columns: columns, from: &iterator, write: write)
    }

    private func copy<Rows: AsyncIteratorProtocol>(
        into table: StaticString, columns: ColumnList, from rows: inout Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        // A COPY begins only where nothing is under way, so the settings of a lane are undone first.
        let clean = Request(.text("RESET lock_timeout"), loan: .begin(.transaction), role: .begin, deadline: limits.deadline)
        guard let lease = try await reactor.perform(clean).lease else {
            throw PostgresError.protocolViolation("No connection was lent.", outcome: .notSent)
        }
        do throws(PostgresError) {
            let begin = CopyStep.begin(CopyRunner.sql(table: table, columns: columns))
            _ = try await reactor.perform(Request(begin, loan: .within(lease), deadline: limits.deadline))
        } catch {
            reactor.end(lease)
            throw error
        }
        let runner = CopyRunner { [reactor, limits] step throws(PostgresError) in
            try await reactor.perform(Request(step, loan: .within(lease), deadline: limits.deadline))
        } performToTheEnd: { [reactor, limits] step throws(PostgresError) in
            try await reactor.performToTheEnd(Request(step, loan: .end(lease), deadline: limits.deadline))
        }
        return try await runner.run(columns: columns, rows: &rows, write: write)
    }
}

extension PostgresTransaction {
    /// Writes rows into a table by COPY as a part of the transaction; see the client's method of this name.
    ///
    /// Nothing else can run in the transaction meanwhile. As with every statement, a failure aborts the transaction or the savepoint that it happened in.
    @discardableResult
    package func copy<Rows: AsyncSequence>(
        into table: StaticString, columns: ColumnList, rows: Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        var iterator = rows.makeAsyncIterator()
        return try await copy(into: table, columns: columns, from: &iterator, write: write)
    }

    /// Writes rows that are there already into a table by COPY as a part of the transaction.
    @discardableResult
    package func copy<Rows: Sequence>(
        into table: StaticString, columns: ColumnList, rows: Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        var iterator = ListIterator(base: rows.makeIterator())
        return try await copy(into: table, columns: columns, from: &iterator, write: write)
    }

    private func copy<Rows: AsyncIteratorProtocol>(
        into table: StaticString, columns: ColumnList, from rows: inout Rows, write: (Rows.Element, inout CopyRow) throws -> Void
    ) async throws -> Int {
        _ = try await perform(.begin(CopyRunner.sql(table: table, columns: columns)))
        let runner = CopyRunner { step throws(PostgresError) in
            try await self.perform(step)
        } performToTheEnd: { step throws(PostgresError) in
            try await self.performToTheEnd(step)
        }
        return try await runner.run(columns: columns, rows: &rows, write: write)
    }
}

/// Goes over rows that are there already as if they had to be waited for.
private struct ListIterator<Base: IteratorProtocol>: AsyncIteratorProtocol {
    var base: Base

    mutating func next(isolation actor: isolated (any Actor)?) async -> Base.Element? {
        base.next()
    }
}

extension Request {
    /// A request for one step of a COPY. Only its end can have taken effect without our knowing; what beginning it meets is a connection that had
    /// broken before.
    convenience init(_ step: CopyStep, loan: Loan, deadline: MonotonicTime) {
        switch step {
        case .begin: self.init(.copy(step), loan: loan, role: .begin, deadline: deadline)
        case .data, .fail: self.init(.copy(step), loan: loan, isRead: true, deadline: deadline)
        case .end: self.init(.copy(step), loan: loan, deadline: deadline)
        }
    }
}
