import DequeModule

/// Shares connections: short autocommit statements of many callers go over a few lanes, one behind the other.
///
/// Reads share a Sync, and those that did not run because one before them failed are sent again. Every write has a Sync of its own and is answered
/// only there, so no caller's failure reaches another one.
extension ReactorLoop {
    /// The number of statements for which one lane is enough.
    private static let statementsPerLane = 16

    /// Sends a request on its way: to a lane if it is short and may be there, to a connection of its own otherwise.
    func route(_ request: Request) {
        guard case .once = request.loan else {
            acquire(for: request, as: .exclusive)
            return
        }
        if pool.laneLimit > 0, !request.avoidsLanes, let shape = request.shape, shape.isShareable, times.isShort(shape.id),
            request.isRead || settings.connection.route == .direct
        {
            request.isQueuedForLane = true
            queue.append(request)
        } else {
            acquire(for: request, as: .slow)
        }
    }

    /// Puts what has come in since the last turn on the lanes, and what waited for one. A lane for which nothing is left is a free connection again.
    func dispatch() {
        sendQueued()
        for lane in lanes where lane.inFlight.isEmpty {
            endLane(lane)
            giveBack(lane)
        }
    }

    private func sendQueued() {
        if pool.isClosing {
            for request in queue { request.resolve(.failure(.clientClosed)) }
            queue.removeAll()
        }
        while !queue.isEmpty || pool.hasLaneWaiters {
            let count = queue.count + pool.laneWaiterCount
            let underWay = lanes.reduce(0) { $0 + $1.inFlight.count }
            pool.wantLanes((underWay + count + Self.statementsPerLane - 1) / Self.statementsPerLane, now: now, actions: &actions)
            performActions()

            let open = lanes.filter { accepts($0) }.sorted { $0.inFlight.count < $1.inFlight.count }
            guard !open.isEmpty else {
                queueUp()
                return
            }
            let used = open.prefix(max(1, min(open.count, (count + Self.statementsPerLane - 1) / Self.statementsPerLane)))
            let share = (count + used.count - 1) / used.count
            for lane in used {
                let room = settings.pool.multiplexing.laneDepth - lane.inFlight.count
                send(takeQueued(min(share, room)), on: lane)
            }
        }
    }

    /// The next requests for a lane: first those that wait already.
    private func takeQueued(_ count: Int) -> [Request] {
        var taken: [Request] = []
        taken.reserveCapacity(count)
        while taken.count < count, let waiter = pool.takeLaneWaiter() {
            if let request = waiting.removeValue(forKey: waiter) {
                request.waiter = nil
                taken.append(request)
            }
        }
        let rest = queue.prefix(count - taken.count)
        queue.removeFirst(rest.count)
        for request in rest where request.isAwaited {
            request.isQueuedForLane = false
            guard request.deadline > now else {
                request.resolve(
                    .failure(PostgresError(.deadlineExceeded, outcome: .notSent, message: "The call's deadline passed before anything was sent.")))
                continue
            }
            taken.append(request)
        }
        return taken
    }

    /// No lane has room: what is short waits for one, unless all of them have stuck.
    private func queueUp() {
        let haveAllStuck = lanes.count >= pool.laneLimit && lanes.allSatisfy { $0.lane?.isStalled ?? true }
        var requests = queue
        queue.removeAll()
        while haveAllStuck, let waiter = pool.takeLaneWaiter() {
            if let request = waiting.removeValue(forKey: waiter) {
                request.waiter = nil
                requests.append(request)
            }
        }
        for request in requests where request.isAwaited {
            request.isQueuedForLane = false
            acquire(for: request, as: haveAllStuck ? .slow : .lane)
        }
    }

    private func accepts(_ lane: ServerConnection) -> Bool {
        guard let state = lane.lane, !state.isStalled, !lane.mustClose, lane.inFlight.count < settings.pool.multiplexing.laneDepth else {
            return false
        }
        return lane.libpq.isUsable && !pool.isExpired(lane.id, now: now)
    }

    // MARK: - The life of a lane

    /// A connection becomes a lane.
    func beginLane(_ id: ConnectionID) {
        guard let connection = connections[id.slot], connection.id == id else { return }
        connection.lane = LaneState(progressAt: now)
        connection.use = ConnectionUse(since: now)
        lanes.append(connection)
        // A statement that waits for a lock would hold up all that are sent behind it. It gives up soon, and runs again on a connection of its own.
        if settings.connection.route == .direct, !connection.hasLaneSettings {
            connection.hasLaneSettings = true
            let patience = max(1, settings.pool.multiplexing.stallTimeout.clampedNanoseconds / 2_000_000)
            set("SET lock_timeout TO \(patience)", on: connection)
        }
        // Whoever waits for the lane is served at the end of the turn.
    }

    /// Undoes what a lane has set, ahead of whatever is sent next.
    func leaveLaneSettings(_ connection: ServerConnection) {
        guard connection.hasLaneSettings else { return }
        connection.hasLaneSettings = false
        set("RESET lock_timeout", on: connection)
    }

    /// Sends a statement of the reactor's own, for which nobody waits. Should it fail, the connection is closed after its use.
    private func set(_ sql: String, on connection: ServerConnection) {
        let request = Request(.text(sql), loan: .within(Lease(connection: connection.id, number: 0)), role: .cleaning, deadline: .distantFuture)
        request.isSubmitted = true
        request.connection = connection.id
        guard connection.libpq.isUsable, write(request, on: connection), connection.libpq.sendSync() else {
            connection.mustClose = true
            return
        }
        request.sentAt = now
        connection.append(request)
    }

    /// A connection is a lane no longer.
    func endLane(_ connection: ServerConnection) {
        connection.lane = nil
        lanes.removeAll { $0 === connection }
    }

    /// A Sync has come back on a lane. One on which nothing is under way is a free connection again.
    func laneGotOn(_ connection: ServerConnection) {
        connection.lane?.progressAt = now
        connection.lane?.isStalled = false
        guard connection.inFlight.isEmpty else { return }
        endLane(connection)
        giveBack(connection)
    }

    // MARK: - Sending

    private func send(_ requests: [Request], on lane: ServerConnection) {
        if lane.inFlight.isEmpty { lane.lane?.progressAt = now }
        var unsynced: [Request] = []
        for (index, request) in requests.enumerated() {
            request.connection = lane.id
            request.isInTransaction = false
            request.hasSync = false
            request.isShared = request.isRead && !request.runsAlone
            let endsBatch = !request.isShared || unsynced.count + 1 >= settings.pool.multiplexing.readsPerSync
            guard request.isShared || unsynced.isEmpty || sync(&unsynced, on: lane), write(request, on: lane) else {
                laneBroke(lane, unsynced + requests[index...])
                return
            }
            lane.append(request)
            lane.use?.sql = request.sql
            unsynced.append(request)
            count(request)
            guard !endsBatch || sync(&unsynced, on: lane) else {
                laneBroke(lane, unsynced + requests[(index + 1)...])
                return
            }
        }
        guard unsynced.isEmpty || sync(&unsynced, on: lane) else {
            laneBroke(lane, unsynced)
            return
        }
        flush(lane)
    }

    /// Ends a batch: only now it is sent.
    private func sync(_ batch: inout [Request], on lane: ServerConnection) -> Bool {
        guard lane.libpq.sendSync() else { return false }
        for request in batch { request.sentAt = now }
        batch.last?.hasSync = true
        batch.removeAll(keepingCapacity: true)
        return true
    }

    /// Without their Sync the last ones cannot take effect: they are sent elsewhere. What had been sent before is told by its own rules.
    private func laneBroke(_ lane: ServerConnection, _ unsent: [Request]) {
        lane.inFlight.removeAll { request in unsent.contains { $0 === request } }
        drop(lane, PostgresError(.connectionLost, outcome: .notSent, message: "The connection had broken before anything was sent."))
        for request in unsent { resend(request) }
    }

    // MARK: - Receiving

    /// All answers of a request that shares its Sync have come. A read that succeeded is told at once, since nothing can undo it.
    func sharedAnswerIsComplete(_ request: Request, on connection: ServerConnection) {
        if let shape = request.shape, !request.wasSkipped { connection.lane?.answered.append(shape.id) }
        if request.failure == nil, !request.wasSkipped { request.resolve(.success(Reply(result: request.result))) }
        guard !request.hasSync else { return }
        connection.inFlight.removeFirst()
        endShared(request, on: connection)
    }

    /// A request that shares its Sync leaves the lane.
    func endShared(_ request: Request, on connection: ServerConnection) {
        guard request.isAwaited else { return }
        if let failure = request.failure {
            if failure.makesConnectionUseless { connection.mustClose = true }
            if preparesAgain(request, after: failure, on: connection) || runsElsewhere(request, after: failure, on: connection) { return }
            request.resolve(.failure(failure.error(outcome: FailureVerdict(request).when(failure))))
            if failure.isFatal { drop(connection, failure.error(outcome: .outcomeUnknown)) }
        } else if request.wasSkipped {
            request.rewind()
            request.attempts -= 1
            request.runsAlone = true
            route(request)
        }
    }

    /// Sends a statement again that had to wait for a lock and could not do so on a lane. It has certainly not happened.
    func runsElsewhere(_ request: Request, after failure: ServerFailure, on connection: ServerConnection) -> Bool {
        guard connection.lane != nil, failure.sqlState == SQLState.lockNotAvailable, request.isAwaited else { return false }
        request.rewind()
        request.avoidsLanes = true
        route(request)
        return true
    }

    /// Learns from an answer how long its statement takes. What has just become short need not wait for a connection of its own any more.
    func noteServiceTime(of request: Request, on connection: ServerConnection) {
        guard request.role == .statement, request.failure == nil, !request.wasSkipped, let shape = request.shape,
            let sentAt = request.sentAt
        else {
            connection.lane?.answered.removeAll(keepingCapacity: true)
            return
        }
        if let lane = connection.lane {
            let answered = request.isShared ? lane.answered : [shape.id]
            let wasIdle = lane.progressAt <= sentAt
            let elapsed = max(0, now - max(lane.progressAt, sentAt) - (wasIdle ? times.roundTrip : 0)) / Int64(max(1, answered.count))
            for shape in answered { times.note(shape, elapsed) }
            connection.lane?.answered.removeAll(keepingCapacity: true)
        } else if request.isAloneOnConnection, shape.isShareable, !request.isInTransaction {
            guard times.note(shape.id, alone: now - sentAt), pool.laneLimit > 0 else { return }
            for (waiter, request) in waiting.sorted(by: { $0.key < $1.key }) {
                guard case .once = request.loan, request.shape?.id == shape.id, pool.cancelWaiter(waiter) else {
                    continue
                }
                waiting[waiter] = nil
                request.waiter = nil
                route(request)
            }
        }
    }

    // MARK: - Lanes that get stuck

    /// When a lane has to be looked at because it may have got stuck.
    func stallTime(of connection: ServerConnection) -> MonotonicTime {
        guard let lane = connection.lane, !lane.isStalled, !connection.inFlight.isEmpty else { return .distantFuture }
        return lane.progressAt + settings.pool.multiplexing.stallTimeout
    }

    /// Looks after lanes on which nothing moves: nothing more is sent there, and reads behind the one that has stuck are sent elsewhere.
    func checkLanes() {
        for connection in lanes where stallTime(of: connection) <= now {
            connection.lane?.isStalled = true
            for index in connection.inFlight.indices.dropFirst() {
                let request = connection.inFlight[index]
                guard request.isRead, request.isAwaited else { continue }
                connection.inFlight[index] = request.leaveBehind()
                request.rewind()
                request.avoidsLanes = true
                route(request)
            }
            connection.renewEarliestDeadline()
            cleanIfDeserted(connection)
        }
    }

    /// A cancel request hits whatever runs, so on a lane it is sent only when nothing under way has a caller any more.
    func cleanIfDeserted(_ connection: ServerConnection) {
        guard connection.lane?.isStalled == true, connection.inFlight.allSatisfy({ !$0.isAwaited }) else { return }
        endLane(connection)
        beginCleaning(connection, cancelling: true)
    }
}
