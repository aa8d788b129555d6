/// Who takes part in a run, and who of them in which comparison.
struct Lineup: Sendable {
    /// The workers that could be started.
    let workers: [WorkerSetup.Kind: Worker]
    /// PostgreSQL's own program, if there is one.
    let pgbench: PgbenchContender?
    let instruments: Instruments
    /// How many connections a pipeline on plain libpq is spread over.
    let rawConnections: Int

    /// Those who can do some loads, all at once.
    func contenders(for loads: [Load]) throws -> [any Contender] {
        let tasks = loads.reduce(0) { $0 + $1.tasks }
        let workloads = try loads.map { try Workloads.named($0.workload) }
        var contenders: [any Contender] = []
        func add(_ kind: WorkerSetup.Kind, _ name: String, _ detail: String, _ manner: Manner = .usual) {
            guard let worker = workers[kind] else { return }
            contenders.append(WorkerContender(name: name, detail: detail, worker: worker, manner: manner, instruments: instruments))
        }

        func addPythonPools() {
            add(.asyncpg, "asyncpg", "Python, pool without session reset")
            add(.psycopg, "psycopg", "Python, pool without session reset")
        }
        switch (workloads.count, loads[0].workload) {
        case (1, NotificationsForMany.code):
            add(.rawLibpq, "raw libpq", "COPY, binary", .copy)
            add(.rawLibpq, "raw libpq", "the same statement, unnest", .blocking)
            add(.library, PeerResult.library, PeerResult.libraryDetail)
            add(.asyncpg, "asyncpg", "Python, COPY by copy_records_to_table", .copy)
            add(.asyncpg, "asyncpg", "Python, executemany", .executeMany)
            add(.psycopg, "psycopg", "Python, COPY, binary", .copy)
        case (1, AllNotifications.code):
            add(.rawLibpq, "raw libpq", "single-row mode", .singleRows)
            add(.library, PeerResult.library, PeerResult.libraryDetail)
            add(.asyncpg, "asyncpg", "Python, cursor, 1000 rows at once")
            add(.psycopg, "psycopg", "Python, stream")
        case (1, _):
            let connections = "\(min(rawConnections, tasks)) connections"
            if tasks == 1 {
                add(.rawLibpq, "raw libpq", "blocking, 1 connection", .blocking)
            } else {
                add(.rawLibpq, "raw libpq", "Sync each, \(connections)", .syncEach)
                if workloads[0].isRead { add(.rawLibpq, "raw libpq", "one Sync per 8, \(connections)", .syncPerEight) }
            }
            if loads[0].workload == TeamByID.code, let pgbench { contenders.append(pgbench) }
            add(.library, PeerResult.library, PeerResult.libraryDetail)
            add(.inMemory, "in-memory store", "public API, no server")
            addPythonPools()
        default:
            // Not in memory: nothing suspends there, so the tasks of one load would leave none of the processors to those of another.
            add(.rawLibpq, "raw libpq", "Sync each, 2 × \(rawConnections) connections", .syncEach)
            add(.library, PeerResult.library, PeerResult.libraryDetail)
            add(.libraryWithoutMultiplexing, PeerResult.library, "multiplexing off: one statement per connection, one queue")
            addPythonPools()
        }
        return contenders
    }
}
