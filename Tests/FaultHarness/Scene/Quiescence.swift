package import PostgresDriver

/// What must be as before when a fault test has ended: nothing leased, nothing waiting, nothing left on the server or in this process.
///
/// ```swift
/// let quiescence = try await Quiescence.begin(administrator)
/// …
/// #expect(await quiescence.findings(for: client).isEmpty)
/// await client.close()
/// #expect(await quiescence.findingsAfterClosing(client.connection.applicationName).isEmpty)
/// ```
package struct Quiescence: Sendable {
    /// By how much this process may have grown when the client is closed.
    package struct Slack: Sendable {
        /// Descriptors.
        package var descriptors = 0
        /// Threads; Swift's own threads may become more.
        package var threads = 6
        /// Memory.
        package var mebibytes = 96.0

        package init() {}
    }

    private let administrator: Administrator
    private let before: ProcessUsage?
    private let slack: Slack
    private let patience: Duration

    /// Notes what the process holds before there is a client.
    ///
    /// - Parameter patience: The longest time until everything must be quiet, each time that it is looked at.
    package static func begin(
        _ administrator: Administrator, slack: Slack = Slack(), patience: Duration = .seconds(5)
    ) async throws -> Quiescence {
        // What the runtime opens once and keeps must not look like a leak: its timers, the administrator's connection.
        try await Task.sleep(for: .nanoseconds(1), clock: .continuous)
        try await Task.sleep(for: .nanoseconds(1), clock: .suspending)
        _ = try await administrator.rows(Statement<Int32>("SELECT 1"))
        return Quiescence(administrator: administrator, before: ProcessUsage.now, slack: slack, patience: patience)
    }

    /// What is not quiet about a client that nobody uses any more, after some time in which it may become so.
    package func findings(for client: PostgresClient) async -> [String] {
        let application = client.connection.applicationName
        return await untilEmpty {
            var findings = Self.findings(in: client.poolSnapshot)
            let sessions = try await administrator.sessions(of: application)
            let open = client.poolSnapshot.open
            if sessions.count != open { findings.append("\(sessions.count) sessions on the server, \(open) in the pool") }
            let inTransaction = sessions.count(where: \.isInTransaction)
            if inTransaction > 0 { findings.append("\(inTransaction) sessions in a transaction") }
            findings += try await lockFindings()
            if findings.isEmpty { findings = try await preparedStatementFindings(of: client) }
            return findings
        }
    }

    /// What a closed client has left on the server or in this process, after some time in which it may go.
    package func findingsAfterClosing(_ application: String) async -> [String] {
        await untilEmpty {
            var findings: [String] = []
            let sessions = try await administrator.sessions(of: application).count
            if sessions > 0 { findings.append("\(sessions) sessions on the server after closing") }
            findings += try await lockFindings()
            return findings + usageFindings()
        }
    }

    private static func findings(in pool: PoolSnapshot) -> [String] {
        var findings: [String] = []
        if pool.inUse > 0 { findings.append("\(pool.inUse) connections leased") }
        if pool.waiting > 0 { findings.append("\(pool.waiting) callers waiting") }
        if pool.connecting > 0 { findings.append("\(pool.connecting) connections being opened") }
        return findings
    }

    private func lockFindings() async throws -> [String] {
        let locks = try await administrator.advisoryLocks()
        return locks > 0 ? ["\(locks) advisory locks"] : []
    }

    /// Looks into every idle session at once, since a session's statements are visible to nobody else.
    private func preparedStatementFindings(of client: PostgresClient) async throws -> [String] {
        let sessions = client.poolSnapshot.idle
        guard sessions > 0 else { return [] }
        let bound = client.pool.preparedStatements
        let meeting = Meeting(of: sessions)
        let counts = await withTaskGroup(of: Int?.self, returning: [Int].self) { group in
            for _ in 0..<sessions {
                group.addTask {
                    let count = try? await client.withTransaction { transaction in
                        let count = try await transaction.run(Statement<Int>("SELECT count(*) FROM \"pg_prepared_statements\"")).rows.first
                        await meeting.arrive()
                        return count
                    }
                    // Who got no session must not hold the others up. Who has been there comes a second time, which does no harm.
                    await meeting.arrive()
                    return count ?? nil
                }
            }
            return await group.reduce(into: []) { counts, count in counts += count.map { [$0] } ?? [] }
        }
        // The count itself is one statement, which is there before an old one is pushed out.
        return counts.filter { $0 > bound + 1 }.map { "\($0) prepared statements on a connection, more than \(bound)" }
    }

    private func usageFindings() -> [String] {
        guard let before, let now = ProcessUsage.now else { return [] }
        var findings: [String] = []
        if now.descriptors > before.descriptors + slack.descriptors {
            findings.append("\(now.descriptors) descriptors after \(before.descriptors)")
        }
        if now.threads > before.threads + slack.threads { findings.append("\(now.threads) threads after \(before.threads)") }
        if now.residentMebibytes > before.residentMebibytes + slack.mebibytes {
            findings.append("\(Int(now.residentMebibytes)) MiB after \(Int(before.residentMebibytes)) MiB")
        }
        return findings
    }

    private func untilEmpty(_ look: () async throws -> [String]) async -> [String] {
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                let findings = try await look()
                if findings.isEmpty || ContinuousClock.now > deadline { return findings }
            } catch {
                return ["the look failed: \(error)"]
            }
        }
    }
}
