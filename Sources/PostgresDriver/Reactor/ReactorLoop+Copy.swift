import CLibpq
import DequeModule
import Synchronization

/// Takes the steps of a COPY to the server.
///
/// libpq knows no COPY in pipeline mode, so the connection leaves that mode for the time of a COPY and enters it again afterwards. At most one step is
/// under way. Anything else that is asked of the connection meanwhile is refused.
extension ReactorLoop {
    /// Takes one step. It is answered when the server awaits data, when the data has been written, or when the server has said what came of it.
    func sendCopy(_ step: CopyStep, of request: Request, on connection: ServerConnection) {
        let libpq = connection.libpq
        request.isInTransaction = connection.copy?.isInTransaction ?? !libpq.isOutsideTransaction
        let isSent: Bool
        switch (step, connection.copy?.phase) {
        case (.begin(let sql), nil) where connection.inFlight.isEmpty:
            connection.copy = ServerConnection.Copy(phase: .starting, isInTransaction: request.isInTransaction)
            isSent = libpq.exitPipelineMode() && libpq.sendSimple(sql)
            gauges.statementsSent.add(1, ordering: .relaxed)
        case (.data(let bytes), .open) where connection.inFlight.isEmpty:
            isSent = libpq.putCopyData(bytes)
        case (.end(let bytes), .open) where connection.inFlight.isEmpty:
            connection.copy?.phase = .ending
            isSent = libpq.putCopyData(bytes) && libpq.putCopyEnd(failure: nil)
        case (.fail, .open) where connection.inFlight.isEmpty:
            isSent = failCopy(connection)
        default:
            refuseDuringCopy(request, on: connection)
            return
        }
        guard isSent else {
            // Without its end nothing of a COPY can take effect.
            let error = PostgresError(.connectionLost, outcome: .failedCertain, message: "The data could not be handed to the connection.")
            drop(connection, error)
            request.resolve(.failure(error))
            return
        }
        request.sentAt = now
        connection.append(request)
        if let sql = request.sql { connection.use?.sql = sql }
        flush(connection)
        // What the server said while it was sent data may have arrived already, and then the socket shows nothing more.
        readCopy(connection)
    }

    /// Refuses what cannot be sent because of a COPY under way, or a COPY because of something else under way.
    func refuseDuringCopy(_ request: Request, on connection: ServerConnection) {
        let error = PostgresError(
            .protocolViolation, outcome: .notSent, message: "A COPY and another statement cannot run at the same time on one connection.")
        if case .within = request.loan {
            request.resolve(.failure(error))
            return
        }
        // Whoever asked has no right to the connection any more and would leave it as it is.
        drop(connection, error.with(outcome: .failedCertain))
        request.resolve(.failure(error))
    }

    /// Looks at what has arrived on a connection with a COPY under way.
    func readCopy(_ connection: ServerConnection) {
        // The server may say something while it is sent data. An error is found at the end: until then it reads on and throws away.
        guard connection.copy?.phase != .open else {
            answerWrittenData(connection)
            return
        }
        while let request = connection.inFlight.first, !connection.libpq.isBusy {
            guard let result = connection.libpq.nextResult() else {
                finishCopy(request, on: connection)
                return
            }
            switch result.status {
            case PGRES_COPY_IN:
                guard connection.copy?.phase == .starting else {
                    drop(connection, .protocolViolation("The server asked for data after their end.", outcome: .outcomeUnknown))
                    return
                }
                openCopy(request, on: connection)
                if connection.copy?.phase == .open { return }
            case PGRES_COMMAND_OK:
                request.result = result
            case PGRES_COPY_OUT, PGRES_COPY_BOTH:
                drop(connection, .protocolViolation("A COPY was begun in the wrong direction.", outcome: .failedCertain))
                return
            default:
                if request.failure == nil { request.failure = ServerFailure(result) }
            }
        }
    }

    /// The server awaits data.
    private func openCopy(_ request: Request, on connection: ServerConnection) {
        guard request.isAwaited else {
            // Its caller has gone; the answer to this is what the cleaning waits for.
            if failCopy(connection) {
                flush(connection)
            } else {
                drop(connection, PostgresError(.connectionLost, outcome: .failedCertain, message: "The COPY could not be given up."))
            }
            return
        }
        connection.copy?.phase = .open
        connection.inFlight.removeFirst()
        guard case .begin(let purpose) = request.loan else {
            request.resolve(.success(Reply()))
            return
        }
        request.resolve(.success(Reply(lease: makeLease(connection, for: purpose), serverVersion: connection.libpq.serverVersion)))
    }

    /// Tells the server that nothing more comes and that what came does not count.
    private func failCopy(_ connection: ServerConnection) -> Bool {
        connection.copy?.phase = .ending
        return connection.libpq.putCopyEnd(failure: "The client gave up.")
    }

    /// Answers a step with data once the socket has taken all of it, so that no more than one chunk ever waits in memory.
    private func answerWrittenData(_ connection: ServerConnection) {
        guard connection.copy?.phase == .open, !connection.isWatchedForWriting, let request = connection.inFlight.popFirst() else { return }
        request.resolve(.success(Reply()))
    }

    /// The server has said everything: the connection is as it was before.
    private func finishCopy(_ request: Request, on connection: ServerConnection) {
        connection.inFlight.removeFirst()
        connection.copy = nil
        if !connection.libpq.enterPipelineMode() { connection.mustClose = true }
        if let failure = request.failure {
            if failure.makesConnectionUseless { connection.mustClose = true }
            request.resolve(.failure(failure.error(outcome: FailureVerdict(request).when(failure))))
            if failure.isFatal {
                drop(connection, failure.error(outcome: .outcomeUnknown))
                return
            }
        } else {
            request.resolve(.success(Reply(result: request.result)))
        }
        settle(connection, after: request)
    }
}
