import Synchronization

/// Puts requests on the wire.
extension ReactorLoop {
    /// Sends a request on a connection that is lent for it.
    func send(_ request: Request, on connection: ServerConnection) {
        let libpq = connection.libpq
        request.connection = connection.id
        if case .nothing = request.work {
            answerWithLease(request, on: connection)
            return
        }
        guard libpq.isUsable else {
            drop(connection, PostgresError(.connectionLost, outcome: .notSent, message: "The connection had broken before anything was sent."))
            resend(request)
            return
        }
        if case .copy(let step) = request.work {
            sendCopy(step, of: request, on: connection)
            return
        }
        guard connection.copy == nil else {
            refuseDuringCopy(request, on: connection)
            return
        }
        request.isInTransaction = willBeInTransaction(connection)
        guard write(request, on: connection), libpq.sendSync() else {
            // Without its Sync nothing of the request can take effect.
            drop(connection, PostgresError(.connectionLost, outcome: .notSent, message: "The statement could not be handed to the connection."))
            request.resolve(
                .failure(PostgresError(.connectionLost, outcome: .notSent, message: "The statement could not be handed to the connection.")))
            return
        }
        request.sentAt = now
        request.isAloneOnConnection = connection.inFlight.allSatisfy { $0.role == .cleaning }
        connection.append(request)
        connection.use?.sql = request.sql ?? connection.use?.sql
        count(request)
        flush(connection)
    }

    /// Counts a caller's statement when it is sent for the first time.
    func count(_ request: Request) {
        guard request.role == .statement, !request.isCounted else { return }
        request.isCounted = true
        gauges.statementsSent.add(1, ordering: .relaxed)
    }

    /// Whether the next request will certainly find a transaction open. libpq knows that only while nothing is under way; otherwise it is as it was for
    /// the request before, unless that one may end the transaction.
    private func willBeInTransaction(_ connection: ServerConnection) -> Bool {
        guard let last = connection.inFlight.last else { return !connection.libpq.isOutsideTransaction }
        return last.isInTransaction && !last.mayEndTransaction
    }

    /// Finds another connection for a request of which nothing was sent, or gives up.
    func resend(_ request: Request) {
        request.rewind()
        switch request.loan {
        case .once, .begin:
            if request.attempts <= 3, request.isAwaited, closeDeadline == nil {
                route(request)
                return
            }
        case .within, .end:
            break
        }
        request.resolve(.failure(PostgresError(.connectionLost, outcome: .notSent, message: "The connection had broken before anything was sent.")))
    }

    /// Writes what the socket takes, and watches it for writing as long as something remains. Reading goes on meanwhile: a server that waits for
    /// us to read would otherwise wait for ever, and we for it.
    func flush(_ connection: ServerConnection) {
        let state = connection.libpq.flush()
        guard state >= 0 else {
            // The socket may be gone, and then nothing would ever be reported for it.
            inbox.post(.serve(connection.id))
            return
        }
        let remains = state == 1
        guard remains != connection.isWatchedForWriting else { return }
        connection.isWatchedForWriting = remains
        poller.watch(slot: connection.id.slot, descriptor: connection.libpq.socket, forWriting: remains)
    }

    private func answerWithLease(_ request: Request, on connection: ServerConnection) {
        guard case .begin(let purpose) = request.loan, request.isAwaited else {
            giveBack(connection)
            return
        }
        request.resolve(.success(Reply(lease: makeLease(connection, for: purpose), serverVersion: connection.libpq.serverVersion)))
    }

    /// Lends a connection beyond one request.
    func makeLease(_ connection: ServerConnection, for purpose: Lease.Purpose) -> Lease {
        leases += 1
        let lease = Lease(connection: connection.id, number: leases)
        connection.lease = lease
        if case .session = purpose { connection.mustClose = true }
        return lease
    }

    /// Hands a request's messages to libpq, without the Sync that ends them.
    func write(_ request: Request, on connection: ServerConnection) -> Bool {
        let libpq = connection.libpq
        if let settings = request.settings, !write(settings, of: request, on: connection) { return false }
        switch request.work {
        case .statement(let shape, let parameters):
            guard settings.connection.keepsPreparedStatements else {
                return (try? libpq.sendUnnamed(sql: shape.sql, parameters: parameters)) ?? false
            }
            let name: String
            if let known = connection.prepared.name(of: shape.id) {
                request.usedPreparedStatement = true
                name = known
            } else {
                name = connection.prepared.nameForPreparing(shape.preparedName)
                for obsolete in connection.prepared.takeObsolete() {
                    guard libpq.sendText("DEALLOCATE \"\(obsolete)\"") else { return false }
                    request.preludes.obsolete.append(obsolete)
                }
                request.preludes.isPreparing = true
                guard libpq.sendPrepare(name: name, sql: shape.sql, parameterOIDs: shape.parameterOIDs) else { return false }
                // What is sent behind this, also for others, can use it.
                connection.prepared.insert(shape.id, name: name)
            }
            request.preparedName = name
            return (try? libpq.sendPrepared(name: name, parameters: parameters)) ?? false
        case .text(let sql):
            return libpq.sendText(sql)
        case .describe(let sql, let parameterOIDs):
            request.preludes.isPreparing = true
            return libpq.sendPrepare(name: "", sql: sql, parameterOIDs: parameterOIDs) && libpq.sendDescribe(name: "")
        case .copy, .nothing:
            return true
        }
    }

    /// Hands the statement to libpq that makes a request's settings. Until the next Sync they belong to the transaction that the request is.
    private func write(_ settings: TransactionSettings, of request: Request, on connection: ServerConnection) -> Bool {
        let libpq = connection.libpq
        request.preludes.isSetting = true
        guard self.settings.connection.keepsPreparedStatements else {
            return (try? libpq.sendUnnamed(sql: settings.shape.sql, parameters: settings.parameters)) ?? false
        }
        let name: String
        if let known = connection.prepared.name(of: settings.shape.id) {
            request.usedPreparedStatement = true
            name = known
        } else {
            name = connection.prepared.nameForPreparing(settings.shape.preparedName)
            request.preludes.isPreparingSettings = true
            guard libpq.sendPrepare(name: name, sql: settings.shape.sql, parameterOIDs: settings.shape.parameterOIDs) else { return false }
            connection.prepared.insert(settings.shape.id, name: name)
        }
        request.settingsName = name
        return (try? libpq.sendPrepared(name: name, parameters: settings.parameters)) ?? false
    }
}
