import CLibpq

/// Takes answers off the wire.
extension ReactorLoop {
    /// The most results that are looked at for one connection before the others get their turn.
    private static let resultsPerTurn = 4096

    /// How often a statement is prepared again before its caller is told: once for each lane and some more.
    private static let mostPreparations = 16

    /// A socket is ready: writes and reads what there is, and ends the connection if it has broken.
    func serve(_ connection: ServerConnection) {
        connection.lastServed = now
        if connection.isWatchedForWriting { flush(connection) }
        var isAlive = connection.libpq.consumeInput()
        // On an idle connection a farewell comes together with the end of the stream, which the next read shows. Under TLS the rest of a record may
        // have stayed behind.
        if isAlive, connection.inFlight.isEmpty || connection.isEncrypted { isAlive = connection.libpq.consumeInput() }
        if connection.copy == nil { readResults(connection) } else { readCopy(connection) }
        guard connections[connection.id.slot] === connection else { return }
        if let farewell = connection.libpq.farewell {
            // What is sent now would never be looked at, even if the end of the stream is still on its way.
            drop(connection, farewell.error(outcome: .outcomeUnknown))
        } else if !isAlive || !connection.libpq.isUsable {
            drop(connection, PostgresError(.connectionLost, outcome: .outcomeUnknown, message: "The connection broke."))
        }
    }

    /// Looks at the results that have arrived completely and finishes the requests whose Sync is among them.
    private func readResults(_ connection: ServerConnection) {
        let libpq = connection.libpq
        for _ in 0..<Self.resultsPerTurn {
            guard let request = connection.inFlight.first, !libpq.isBusy else { return }
            guard let result = libpq.nextResult() else {
                // Nil ends the results of one step. Without a result before it, it means that libpq waits for nothing although we do: what was under way
                // when a connection broke ends like that.
                guard connection.stepHasResult else {
                    drop(
                        connection,
                        libpq.isUsable
                            ? .protocolViolation("The server ended its answer too early.", outcome: .outcomeUnknown)
                            : PostgresError(.connectionLost, outcome: .outcomeUnknown, message: "The connection broke."))
                    return
                }
                connection.stepHasResult = false
                advance(request, on: connection)
                guard connections[connection.id.slot] === connection else { return }
                continue
            }
            connection.stepHasResult = result.status != PGRES_PIPELINE_SYNC
            if result.status == PGRES_PIPELINE_SYNC {
                finish(connection)
                guard connections[connection.id.slot] === connection else { return }
            } else if !take(result, for: request, on: connection) {
                drop(connection, .protocolViolation("A COPY was begun where none is allowed.", outcome: .outcomeUnknown))
                return
            }
        }
        // So many results without an end: look again in the next turn, for which there need not be new input.
        inbox.post(.serve(connection.id))
    }

    /// One statement's results have ended: the next ones belong to the next step of the request, or to the next request.
    private func advance(_ request: Request, on connection: ServerConnection) {
        if request.preludes.isPreparingSettings {
            request.preludes.isPreparingSettings = false
            if request.failure != nil || request.wasSkipped, let settings = request.settings, let name = request.settingsName {
                connection.prepared.preparingFailed(settings.shape.id, name: name)
            }
        } else if request.preludes.isSetting {
            request.preludes.isSetting = false
        } else if !request.preludes.obsolete.isEmpty {
            let name = request.preludes.obsolete.removeFirst()
            // A transaction that has failed closes nothing: then it is tried again later. What the server does not know is gone already.
            let isUnknown = request.failure?.sqlState == SQLState.invalidStatementName
            if request.failure != nil || request.wasSkipped, !isUnknown { connection.prepared.returnObsolete(name) }
        } else if request.preludes.isPreparing {
            request.preludes.isPreparing = false
            if request.failure != nil || request.wasSkipped, let shape = request.shape, let name = request.preparedName {
                connection.prepared.preparingFailed(shape.id, name: name)
            }
        } else if request.isShared {
            sharedAnswerIsComplete(request, on: connection)
        }
    }

    /// Keeps what a result says; false if it is one that this connection cannot go on from.
    private func take(_ result: ResultHandle, for request: Request, on connection: ServerConnection) -> Bool {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            if request.preludes.isEmpty { request.result = result }
            return true
        case PGRES_PIPELINE_ABORTED:
            request.wasSkipped = true
            return true
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            return false
        default:
            // The first failure is the cause. One may follow a statement's success: constraints that are checked at the Sync.
            if request.failure == nil { request.failure = ServerFailure(result) }
            return true
        }
    }

    /// The Sync of the oldest request has come: only now its answer is certain.
    private func finish(_ connection: ServerConnection) {
        let request = connection.inFlight.removeFirst()
        noteServiceTime(of: request, on: connection)
        if request.isShared {
            endShared(request, on: connection)
            guard connections[connection.id.slot] === connection else { return }
        } else {
            guard end(request, on: connection) else { return }
        }
        if request.role == .cleaning { noteCleaningStep(connection, failed: request.failure != nil) }
        settle(connection, after: request)
    }

    /// Tells a request's caller what came of it; false if the connection is spoken for already.
    private func end(_ request: Request, on connection: ServerConnection) -> Bool {
        if let failure = request.failure {
            if failure.makesConnectionUseless { connection.mustClose = true }
            if preparesAgain(request, after: failure, on: connection) { return connection.lane != nil }
            if runsElsewhere(request, after: failure, on: connection) { return true }
            request.resolve(.failure(failure.error(outcome: FailureVerdict(request).when(failure))))
            if failure.isFatal {
                // The caller takes the connection for lost and will not give it back, even if libpq or a proxy kept it open.
                drop(connection, failure.error(outcome: .outcomeUnknown))
                return false
            }
        } else if request.role == .commit, request.result?.commandTag.command != "COMMIT" {
            request.resolve(
                .failure(
                    PostgresError(
                        .transactionRolledBack, outcome: .failedCertain,
                        message: "The transaction was rolled back: one of its statements had failed before the commit.")))
        } else if case .begin(let purpose) = request.loan, request.isAwaited {
            let lease = makeLease(connection, for: purpose)
            request.resolve(.success(Reply(result: request.result, lease: lease, serverVersion: connection.libpq.serverVersion)))
            return false
        } else {
            request.resolve(.success(Reply(result: request.result)))
        }
        return true
    }

    /// What happens to the connection once a request is answered.
    func settle(_ connection: ServerConnection, after request: Request) {
        guard connection.cleaning == nil else {
            continueCleaning(connection)
            return
        }
        guard connection.lane == nil else {
            laneGotOn(connection)
            return
        }
        switch request.loan {
        case .once, .begin, .end:
            giveBack(connection)
        case .within:
            break
        }
    }

    /// Sends a statement again that the server knows no more or in another form; in a transaction only the whole of it can be repeated.
    func preparesAgain(_ request: Request, after failure: ServerFailure, on connection: ServerConnection) -> Bool {
        guard request.usedPreparedStatement, failure.asksToPrepareAgain, let shape = request.shape else { return false }
        if failure.sqlState == SQLState.invalidStatementName {
            connection.prepared.forgetAll()
        } else {
            connection.prepared.forget(shape.id)
        }
        // It may meet another old one on the connection that it is sent to next, so once is not enough.
        guard !request.isInTransaction, request.timesPreparedAgain < Self.mostPreparations, request.isAwaited, connection.cleaning == nil
        else { return false }
        request.rewind()
        request.attempts -= 1
        request.timesPreparedAgain += 1
        if connection.lane == nil {
            send(request, on: connection)
        } else {
            request.runsAlone = true
            route(request)
        }
        return true
    }
}
